import type { CaseBranch, Command, IfCommand, List, Word } from './ast.ts';
import { emptyWord } from './ast.ts';
import { functionBody, peekReserved } from './commands.ts';
import { parseCondition } from './conditional.ts';
import { arithmeticUntil } from './dollar.ts';
import { parseList, skipNewlines } from './parser.ts';
import type { Reader } from './reader.ts';
import { parseWord } from './words.ts';

/** A compound command, if one begins here; `word` is the reserved word at the cursor. */
export function parseCompound(reader: Reader, word: string | undefined): Command | undefined {
  const { scanner } = reader;
  if (scanner.looking('((')) {
    const arithmetic = arithmeticCommand(reader);
    if (arithmetic) return arithmetic;
  }
  if (scanner.char === '(') return subshell(reader);
  if (word === undefined) return undefined;
  const start = scanner.at;
  const parse = COMPOUNDS[word];
  if (!parse) return undefined;
  scanner.at += word.length;
  return parse(reader, start);
}

const COMPOUNDS: Readonly<Record<string, (reader: Reader, start: number) => Command>> = {
  '{': (reader) => ({ kind: 'group', body: block(reader, '}'), redirects: [] }),
  '[[': (reader) => ({ kind: 'test', line: reader.scanner.line, expression: parseCondition(reader), redirects: [] }),
  if: parseIf,
  while: (reader) => parseWhile(reader, false),
  until: (reader) => parseWhile(reader, true),
  for: parseFor,
  select: parseFor,
  case: parseCase,
  function: parseFunction,
};

function expect(reader: Reader, word: string): void {
  if (peekReserved(reader) !== word) throw reader.scanner.ended ? reader.scanner.unexpectedEnd() : reader.scanner.unexpected();
  reader.scanner.at += word.length;
}

function filled(reader: Reader, closers: readonly string[]): List {
  const list = parseList(reader, closers);
  if (list.items.length === 0) throw reader.scanner.unexpected();
  return list;
}

function block(reader: Reader, close: string): List {
  const body = filled(reader, [close]);
  expect(reader, close);
  return body;
}

function subshell(reader: Reader): Command {
  reader.scanner.at++;
  const body = filled(reader, [')']);
  if (!reader.scanner.take(')')) throw reader.scanner.unexpected();
  return { kind: 'subshell', body, redirects: [] };
}

function arithmeticCommand(reader: Reader): Command | undefined {
  const { scanner } = reader;
  const start = scanner.at;
  const { line } = scanner;
  scanner.at += 2;
  const expression = arithmeticUntil(reader, '))');
  if (expression) return { kind: 'arithmetic', expression, redirects: [], line };
  scanner.at = start;
  return undefined;
}

function parseIf(reader: Reader): IfCommand {
  const branches: { condition: List; body: List }[] = [];
  for (;;) {
    const condition = filled(reader, ['then']);
    expect(reader, 'then');
    branches.push({ condition, body: filled(reader, ['elif', 'else', 'fi']) });
    const next = peekReserved(reader) ?? '';
    reader.scanner.at += next.length;
    if (next === 'fi') return { kind: 'if', branches, redirects: [] };
    if (next === 'else') return { kind: 'if', branches, otherwise: block(reader, 'fi'), redirects: [] };
  }
}

function parseWhile(reader: Reader, until: boolean): Command {
  const condition = filled(reader, ['do']);
  expect(reader, 'do');
  return { kind: 'while', until, condition, body: block(reader, 'done'), redirects: [] };
}

function parseFor(reader: Reader, start: number): Command {
  const { scanner } = reader;
  const kind = scanner.source.startsWith('select', start) ? 'select' : 'for';
  scanner.skipBlanks();
  if (scanner.take('((')) return parseLoop(reader);
  const name = scanner.match(/[^\s;&|()<>]+/y)?.[0];
  if (name === undefined) throw scanner.unexpected();
  scanner.at += name.length;
  skipNewlines(reader);
  const words = peekReserved(reader) === 'in' ? loopWords(reader) : undefined;
  endOfHeader(reader);
  return { kind, name, ...(words ? { words } : {}), body: loopBody(reader), redirects: [] };
}

function loopWords(reader: Reader): Word[] {
  reader.scanner.at += 2;
  const words: Word[] = [];
  for (;;) {
    reader.scanner.skipBlanks();
    const word = parseWord(reader);
    if (!word) break;
    words.push(word);
  }
  const { char, ended } = reader.scanner;
  if (ended) throw reader.scanner.unexpectedEnd();
  if (char !== ';' && char !== '\n') throw reader.scanner.unexpected();
  return words;
}

function endOfHeader(reader: Reader): void {
  reader.scanner.skipBlanks();
  if (reader.scanner.char === ';' && reader.scanner.peek() !== ';') reader.scanner.at++;
  skipNewlines(reader);
}

function loopBody(reader: Reader): List {
  if (peekReserved(reader) === '{') {
    expect(reader, '{');
    return block(reader, '}');
  }
  expect(reader, 'do');
  return block(reader, 'done');
}

function parseLoop(reader: Reader): Command {
  const part = (close: ';' | '))') => {
    const word = arithmeticUntil(reader, close);
    if (!word) throw reader.scanner.unexpected();
    return word;
  };
  const header = [part(';'), part(';'), part('))')] as const;
  endOfHeader(reader);
  return { kind: 'loop', header, body: loopBody(reader), redirects: [] };
}

function parseCase(reader: Reader): Command {
  const { scanner } = reader;
  scanner.skipBlanks();
  const subject = parseWord(reader);
  if (!subject) throw scanner.unexpected();
  skipNewlines(reader);
  expect(reader, 'in');
  const branches: CaseBranch[] = [];
  for (;;) {
    skipNewlines(reader);
    if (scanner.ended) throw scanner.unexpectedEnd();
    if (peekReserved(reader) === 'esac') break;
    branches.push(caseBranch(reader));
  }
  expect(reader, 'esac');
  return { kind: 'case', subject, branches, redirects: [] };
}

function caseBranch(reader: Reader): CaseBranch {
  const { scanner } = reader;
  scanner.take('(');
  const patterns: Word[] = [];
  do {
    scanner.skipBlanks();
    patterns.push(parseWord(reader) ?? emptyWord);
    scanner.skipBlanks();
  } while (scanner.take('|'));
  if (!scanner.take(')')) throw scanner.unexpected();
  const body = parseList(reader, [';;', 'esac']);
  const next = scanner.take(';;&') ? ';;&' : scanner.take(';;') ? ';;' : scanner.take(';&') ? ';&' : ';;';
  return { patterns, body, next };
}

function parseFunction(reader: Reader, start: number): Command {
  const { scanner } = reader;
  scanner.skipBlanks();
  const name = scanner.match(/[^\s;&|()<>"'\\$`]+/y)?.[0];
  if (!name) throw scanner.unexpected();
  scanner.at += name.length;
  scanner.skipBlanks();
  const parentheses = scanner.match(/\([ \t]*\)/y)?.[0];
  if (parentheses) scanner.at += parentheses.length;
  return functionBody(reader, name, start);
}
