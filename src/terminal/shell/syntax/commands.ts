import type { ArrayElement, Assignment, Command, Redirect, Word } from './ast.ts';
import { emptyWord } from './ast.ts';
import { parseCompound } from './compound.ts';
import { skipNewlines } from './parser.ts';
import type { Reader } from './reader.ts';
import { parseRedirect } from './redirects.ts';
import { parseParts, parseWord } from './words.ts';

const RESERVED = new Set([
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  'case',
  'esac',
  'in',
  'function',
  'select',
  '{',
  '}',
  '[[',
  '!',
  'time',
]);
const CLOSING = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}', 'in']);
const PLAIN = /[^\s;&|()<>"'\\$`]+/y;

/** The reserved word at the cursor, not consumed. */
export function peekReserved({ scanner }: Reader): string | undefined {
  const word = scanner.match(PLAIN)?.[0];
  if (word === undefined || !RESERVED.has(word)) return undefined;
  const after = scanner.source[scanner.at + word.length] ?? ' ';
  return /[\s;&|()<>]/.test(after) ? word : undefined;
}

export function parseCommand(reader: Reader): Command {
  const { scanner } = reader;
  scanner.skipBlanks();
  if (scanner.ended || ';&|)\n'.includes(scanner.char)) throw scanner.unexpected();
  expandAlias(reader);
  const word = peekReserved(reader);
  if (word !== undefined && CLOSING.has(word)) throw scanner.unexpected();
  const compound = parseCompound(reader, word);
  if (compound) return { ...compound, redirects: parseRedirects(reader) };
  return functionDefinition(reader) ?? parseSimple(reader);
}

function parseRedirects(reader: Reader): Redirect[] {
  const redirects: Redirect[] = [];
  for (;;) {
    reader.scanner.skipBlanks();
    const redirect = parseRedirect(reader);
    if (!redirect) return redirects;
    redirects.push(redirect);
  }
}

/** `name () { …; }` */
function functionDefinition(reader: Reader): Command | undefined {
  const { scanner } = reader;
  const found = scanner.match(/([^\s;&|()<>"'\\$`=]+)[ \t]*\([ \t]*\)/y);
  if (!found) return undefined;
  const start = scanner.at;
  scanner.at += found[0].length;
  return functionBody(reader, found[1] ?? '', start);
}

export function functionBody(reader: Reader, name: string, start: number): Command {
  skipNewlines(reader);
  if (reader.scanner.ended) throw reader.scanner.unexpectedEnd();
  const compound = parseCompound(reader, peekReserved(reader));
  if (!compound) throw reader.scanner.unexpected();
  const body = { ...compound, redirects: parseRedirects(reader) };
  return { kind: 'function', name, body, text: reader.scanner.source.slice(start, reader.scanner.at), redirects: [] };
}

function parseSimple(reader: Reader): Command {
  const { scanner } = reader;
  const { line } = scanner;
  const assignments: Assignment[] = [];
  const words: Word[] = [];
  const redirects: Redirect[] = [];
  for (;;) {
    scanner.skipBlanks();
    const redirect = parseRedirect(reader);
    if (redirect) {
      redirects.push(redirect);
      continue;
    }
    const declares = isDeclaration(words[0]);
    const assignment = words.length === 0 || declares ? parseAssignment(reader, declares) : undefined;
    if (assignment === 'word') continue;
    if (assignment) {
      if (words.length === 0) assignments.push(assignment);
      else words.push(declared(assignment));
      continue;
    }
    if (words.length === 0 && assignments.length + redirects.length > 0) expandAlias(reader);
    const word = parseWord(reader);
    if (!word) break;
    words.push(word);
  }
  if (scanner.char === '(' && words.length + assignments.length > 0) throw afterParenthesis(reader, words.length);
  if (words.length + assignments.length + redirects.length === 0) throw scanner.unexpected();
  return { kind: 'simple', assignments, words, redirects, line };
}

/** `name (` begins a function: what follows is wrong, not the parenthesis. */
function afterParenthesis({ scanner }: Reader, words: number) {
  if (words !== 1) return scanner.unexpected();
  scanner.at++;
  scanner.skipBlanks();
  return scanner.unexpected();
}

const DECLARATIONS = new Set(['declare', 'typeset', 'local', 'export', 'readonly']);

function isDeclaration(word: Word | undefined): boolean {
  const [first] = word?.parts ?? [];
  return word?.parts.length === 1 && first?.kind === 'text' && DECLARATIONS.has(first.text);
}

/** An assignment among the words of `declare`: its value is not split, and may be an array. */
export interface DeclarationWord extends Word {
  readonly assignment: Assignment;
}

const declared = (assignment: Assignment): DeclarationWord => ({ parts: [], assignment });

function parseAssignment(reader: Reader, _declares: boolean): Assignment | 'word' | undefined {
  const { scanner } = reader;
  const found = scanner.match(/([A-Za-z_][A-Za-z0-9_]*)(\+?=|\[)/y);
  if (!found) return undefined;
  const [all, name = '', sign] = found;
  const start = scanner.at;
  scanner.at += all.length;
  let index: Word | undefined;
  let append = sign === '+=';
  if (sign === '[') {
    index = { parts: parseParts(reader, (char) => char === ']' || char === '\n', false) };
    const operator = scanner.match(/\](\+?)=/y);
    if (!operator) {
      scanner.at = start;
      return undefined;
    }
    scanner.at += operator[0].length;
    append = operator[1] === '+';
  }
  const value = scanner.char === '(' && !index ? arrayElements(reader) : (parseWord(reader) ?? emptyWord);
  return { name, ...(index ? { index } : {}), append, value };
}

function arrayElements(reader: Reader): ArrayElement[] {
  const { scanner } = reader;
  scanner.at++;
  const elements: ArrayElement[] = [];
  for (;;) {
    skipNewlines(reader);
    if (scanner.ended) throw Object.assign(scanner.incomplete(')'), { code: 1 });
    if (scanner.take(')')) return elements;
    const indexed = scanner.char === '[' ? indexedElement(reader) : undefined;
    const value = indexed ? undefined : parseWord(reader);
    if (!indexed && !value) throw scanner.unexpected();
    elements.push(indexed ?? { value: value ?? emptyWord });
  }
}

function indexedElement(reader: Reader): ArrayElement | undefined {
  const { scanner } = reader;
  const start = scanner.at;
  scanner.at++;
  const index = { parts: parseParts(reader, (char) => char === ']' || char === '\n', false) };
  if (scanner.take(']=')) return { index, value: parseWord(reader) ?? emptyWord };
  scanner.at = start;
  return undefined;
}

/** Replaces a leading alias by its text, again and again. */
function expandAlias(reader: Reader): void {
  const { scanner, aliases } = reader;
  if (!aliases) return;
  for (let count = 0; count < 20; count++) {
    const word = scanner.match(PLAIN)?.[0];
    if (word === undefined || !/[\s;&|()<>]|^$/.test(scanner.source[scanner.at + word.length] ?? '')) return;
    reader.expanding = reader.expanding.filter(({ end }) => scanner.at < end);
    const value = aliases(word);
    if (value === undefined || reader.expanding.some(({ name }) => name === word)) return;
    const rest = scanner.source.slice(scanner.at + word.length);
    for (const entry of reader.expanding) entry.end += value.length - word.length;
    reader.expanding.push({ name: word, end: scanner.at + value.length });
    scanner.source = scanner.source.slice(0, scanner.at) + value + rest;
    scanner.skipBlanks();
  }
}
