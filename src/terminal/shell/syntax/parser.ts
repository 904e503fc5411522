import type { AndOr, Command, List, ListItem, Pipeline } from './ast.ts';
import { parseCommand, peekReserved } from './commands.ts';
import type { Reader } from './reader.ts';
import { readHeredocs } from './redirects.ts';

/** The next complete command with its line's end; undefined at the end of the text. */
export function parseNext(reader: Reader): List | undefined {
  skipNewlines(reader);
  if (reader.scanner.ended) return undefined;
  const items: ListItem[] = [];
  for (;;) {
    const item = parseItem(reader);
    items.push(item);
    reader.scanner.skipBlanks();
    if (reader.scanner.ended) {
      if (reader.heredocs.length > 0) readHeredocs(reader);
      break;
    }
    if (reader.scanner.char === '\n') {
      newline(reader);
      break;
    }
    if (!separated(reader, item)) throw reader.scanner.unexpected();
  }
  return { kind: 'list', items };
}

/** Commands up to one of these closing words or signs (not consumed), or the end of the text when there are none. */
export function parseList(reader: Reader, closers: readonly string[]): List {
  const items: ListItem[] = [];
  const { scanner } = reader;
  for (;;) {
    skipNewlines(reader);
    if (scanner.ended) {
      if (closers.length > 0) throw closers.includes(')') ? scanner.incomplete(')', scanner.endLine) : scanner.unexpectedEnd();
      break;
    }
    if (closes(reader, closers)) break;
    const item = parseItem(reader);
    items.push(item);
    scanner.skipBlanks();
    if (scanner.ended) continue;
    if (scanner.char === '\n') newline(reader);
    else if (!separated(reader, item) && !closes(reader, closers)) throw scanner.unexpected();
  }
  return { kind: 'list', items };
}

function closes(reader: Reader, closers: readonly string[]): boolean {
  const { scanner } = reader;
  if (scanner.char === ')') return closers.includes(')');
  if (scanner.looking(';;') || scanner.looking(';&')) return closers.includes(';;');
  const word = peekReserved(reader);
  return word !== undefined && closers.includes(word);
}

/** `a && b || c`, with the `;` or `&` after it. */
function parseItem(reader: Reader): ListItem {
  const { scanner } = reader;
  scanner.skipBlanks();
  const start = scanner.at;
  const command = parseAndOr(reader);
  const text = scanner.source.slice(start, scanner.at).trim();
  scanner.skipBlanks();
  const background = scanner.char === '&' && scanner.peek() !== '&';
  if (background) scanner.at++;
  return { command, background, text };
}

function separated({ scanner }: Reader, item: ListItem): boolean {
  if (item.background) return true;
  if (scanner.looking(';;') || scanner.looking(';&')) return false;
  return scanner.take(';');
}

function parseAndOr(reader: Reader): AndOr {
  const first = parsePipeline(reader);
  const rest: { operator: '&&' | '||'; pipeline: Pipeline }[] = [];
  for (;;) {
    reader.scanner.skipBlanks();
    const operator = reader.scanner.take('&&') ? '&&' : reader.scanner.take('||') ? '||' : undefined;
    if (!operator) return { first, rest };
    skipNewlines(reader);
    rest.push({ operator, pipeline: parsePipeline(reader) });
  }
}

function parsePipeline(reader: Reader): Pipeline {
  const { scanner } = reader;
  scanner.skipBlanks();
  const start = scanner.at;
  let negated = false;
  let timed = false;
  for (let word = peekReserved(reader); word === '!' || word === 'time'; word = peekReserved(reader)) {
    scanner.at += word.length;
    if (word === '!') negated = !negated;
    else timed = true;
    scanner.skipBlanks();
    if (timed && scanner.match(/-p(?=\s)/y)) scanner.at += 2;
    scanner.skipBlanks();
  }
  if (negated && (scanner.ended || ';\n'.includes(scanner.char))) return { negated, timed, commands: [], text: '!' };
  const commands: Command[] = [parseCommand(reader)];
  for (;;) {
    scanner.skipBlanks();
    if (scanner.char !== '|' || scanner.peek() === '|') break;
    scanner.at++;
    if (scanner.take('&')) withStderr(commands);
    skipNewlines(reader);
    commands.push(parseCommand(reader));
  }
  return { negated, timed, commands, text: scanner.source.slice(start, scanner.at).trim() };
}

/** `a |& b` is `a 2>&1 | b`. */
function withStderr(commands: Command[]): void {
  const last = commands.pop();
  if (!last) return;
  const both = { operator: '>&' as const, fd: 2, target: { parts: [{ kind: 'text' as const, text: '1' }] } };
  commands.push({ ...last, redirects: [...last.redirects, both] });
}

export function skipNewlines(reader: Reader): void {
  for (;;) {
    reader.scanner.skipBlanks();
    if (reader.scanner.char !== '\n') return;
    newline(reader);
  }
}

function newline(reader: Reader): void {
  reader.scanner.at++;
  if (reader.heredocs.length > 0) readHeredocs(reader);
}
