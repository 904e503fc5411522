import { settled } from '../../raw-bytes.ts';
import { ansiString } from './ansi-quotes.ts';
import type { Word, WordPart } from './ast.ts';
import { parseDollar } from './dollar.ts';
import { parseList } from './parser.ts';
import type { Reader } from './reader.ts';
import { createReader } from './reader.ts';

const METACHARACTERS = new Set([...' \t\n;&|()<>']);

/** A word up to the next metacharacter; undefined when there is none. */
export function parseWord(reader: Reader): Word | undefined {
  const parts = parseParts(reader, (char) => METACHARACTERS.has(char), false);
  return parts.length > 0 ? { parts } : undefined;
}

/** Word parts until `ends` says so for an unquoted character; `inDouble` leaves quotes' meaning to double quotes' rules. */
export function parseParts(reader: Reader, ends: (char: string) => boolean, inDouble: boolean): WordPart[] {
  const { scanner } = reader;
  const parts: WordPart[] = [];
  let text = '';
  const push = (part: WordPart) => {
    if (text) parts.push({ kind: 'text', text });
    text = '';
    parts.push(part);
  };
  while (!scanner.ended) {
    const { char } = scanner;
    const substitution = !inDouble && (char === '<' || char === '>') && scanner.peek() === '(';
    if (substitution) {
      push(processSubstitution(reader));
      continue;
    }
    if (ends(char)) {
      const extended = !inDouble && char === '(' && extglobOpens(reader, text);
      if (!extended) break;
      text += extglob(reader);
      continue;
    }
    const part = quotedPart(reader, inDouble);
    if (part === 'nothing') continue;
    if (part) push(part);
    else text += scanner.next();
  }
  if (text) parts.push({ kind: 'text', text });
  return parts;
}

function quotedPart(reader: Reader, inDouble: boolean): WordPart | 'nothing' | undefined {
  const { scanner } = reader;
  const { char } = scanner;
  if (char === '\\') return backslash(reader, inDouble);
  if (char === '$') return parseDollar(reader, inDouble);
  if (char === '`') return backquotes(reader, inDouble);
  if (char === '"' && !inDouble) return doubleQuotes(reader);
  if (char === "'" && !inDouble) return singleQuotes(reader);
  return undefined;
}

function backslash({ scanner }: Reader, inDouble: boolean): WordPart | 'nothing' | undefined {
  const next = scanner.peek();
  if (next === '\n') {
    scanner.at += 2;
    return 'nothing';
  }
  if (next === '') return undefined;
  if (inDouble && !'$`"\\}'.includes(next)) return undefined;
  if (inDouble && next === '}') return undefined;
  scanner.at += 2;
  return { kind: 'quoted', text: next };
}

function singleQuotes({ scanner }: Reader): WordPart {
  const close = scanner.source.indexOf("'", scanner.at + 1);
  if (close < 0) throw scanner.incomplete("'");
  const text = scanner.source.slice(scanner.at + 1, close);
  scanner.at = close + 1;
  return { kind: 'quoted', text };
}

export function doubleQuotes(reader: Reader): WordPart {
  const { scanner } = reader;
  scanner.at++;
  const parts = parseParts(reader, (char) => char === '"', true);
  if (!scanner.take('"')) throw scanner.incomplete('"');
  return { kind: 'double', parts };
}

/** `$'…'` */
export function ansiQuotes({ scanner }: Reader): WordPart {
  scanner.at += 2;
  let raw = '';
  while (!scanner.ended && scanner.char !== "'") raw += scanner.char === '\\' ? scanner.next() + scanner.next() : scanner.next();
  if (!scanner.take("'")) throw scanner.incomplete("'");
  return { kind: 'quoted', text: settled(ansiString(raw)) };
}

function backquotes(reader: Reader, inDouble: boolean): WordPart {
  const { scanner } = reader;
  scanner.at++;
  let raw = '';
  while (!scanner.ended && scanner.char !== '`') {
    const escaped = scanner.char === '\\' && (inDouble ? '$`\\"' : '$`\\').includes(scanner.peek()) && scanner.peek() !== '';
    if (escaped) scanner.at++;
    raw += scanner.next();
  }
  if (!scanner.take('`')) throw scanner.incomplete('`');
  const inner = createReader(raw, reader.aliases, scanner.line);
  return { kind: 'command', body: parseList(inner, []) };
}

function processSubstitution(reader: Reader): WordPart {
  const direction = reader.scanner.next() === '<' ? '<' : '>';
  reader.scanner.at++;
  const body = parseList(reader, [')']);
  if (!reader.scanner.take(')')) throw reader.scanner.ended ? reader.scanner.incomplete(')') : reader.scanner.unexpected();
  return { kind: 'process', direction, body };
}

const extglobOpens = (reader: Reader, text: string): boolean => reader.extglob && /[?*+@!]$/.test(text);

/** The parenthesised part of an extended pattern, verbatim. */
function extglob({ scanner }: Reader): string {
  const start = scanner.at;
  let depth = 0;
  do {
    if (scanner.ended) throw scanner.incomplete(')');
    const char = scanner.next();
    if (char === '(') depth++;
    if (char === ')') depth--;
  } while (depth > 0);
  return scanner.source.slice(start, scanner.at);
}
