import type { ParameterOperation, ParameterPart, Word, WordPart } from './ast.ts';
import { emptyWord } from './ast.ts';
import { parseList } from './parser.ts';
import type { Reader } from './reader.ts';
import { isNameStart, NAME } from './scanner.ts';
import { ansiQuotes, doubleQuotes, parseParts } from './words.ts';

const SPECIAL = '@*#?-$!';

/** Whatever begins with `$`; undefined when it is just a dollar. */
export function parseDollar(reader: Reader, inDouble: boolean): WordPart | undefined {
  const { scanner } = reader;
  const next = scanner.peek();
  if (next === '(') return scanner.peek(2) === '(' ? arithmeticOrCommand(reader) : commandSubstitution(reader);
  if (next === '{') return braced(reader, inDouble);
  if (next === '[') return bracketArithmetic(reader);
  if (!inDouble && next === "'") return ansiQuotes(reader);
  if (!inDouble && next === '"') {
    scanner.at++;
    return doubleQuotes(reader);
  }
  const name = bareName(reader, next);
  if (name === undefined) return undefined;
  scanner.at += 1 + name.length;
  return { kind: 'parameter', name, shape: 'value', text: `$${name}` };
}

function bareName({ scanner }: Reader, next: string): string | undefined {
  if (next !== '' && (SPECIAL.includes(next) || /[0-9]/.test(next))) return next;
  if (!isNameStart(next)) return undefined;
  scanner.at++;
  const name = scanner.match(NAME)?.[0];
  scanner.at--;
  return name;
}

function commandSubstitution(reader: Reader): WordPart {
  const { scanner } = reader;
  scanner.at += 2;
  const body = parseList(reader, [')']);
  if (!scanner.take(')')) throw scanner.ended ? scanner.incomplete(')') : scanner.unexpected();
  return { kind: 'command', body };
}

function arithmeticOrCommand(reader: Reader): WordPart {
  const { scanner } = reader;
  const start = scanner.at;
  scanner.at += 3;
  const expression = arithmeticUntil(reader, '))');
  if (expression) return { kind: 'arithmetic', expression };
  scanner.at = start;
  return commandSubstitution(reader);
}

function bracketArithmetic(reader: Reader): WordPart {
  const { scanner } = reader;
  scanner.at += 2;
  const parts = parseParts(reader, (char) => char === ']', true);
  if (!scanner.take(']')) throw scanner.incomplete(']');
  return { kind: 'arithmetic', expression: { parts } };
}

/** An arithmetic expression up to `close` outside of its own parentheses; undefined when the text does not close so. */
export function arithmeticUntil(reader: Reader, close: '))' | ';' | ')'): Word | undefined {
  const { scanner } = reader;
  let depth = 0;
  const parts = parseParts(
    reader,
    (char) => {
      if (depth === 0 && scanner.looking(close)) return true;
      if (char === '(') depth++;
      if (char === ')') depth--;
      return depth < 0;
    },
    true,
  );
  return depth === 0 && scanner.take(close) ? { parts } : undefined;
}

function braced(reader: Reader, inDouble: boolean): WordPart {
  const { scanner } = reader;
  const start = scanner.at;
  scanner.at += 2;
  const head = bracedHead(reader);
  const operation = head && !scanner.looking('}') ? parseOperation(reader, inDouble) : undefined;
  if (!head || !scanner.looking('}')) {
    parseParts(reader, (char) => char === '}', inDouble);
    if (!scanner.take('}')) throw scanner.incomplete('}');
    return { kind: 'parameter', name: '', shape: 'value', operation: { kind: 'bad' }, text: scanner.source.slice(start, scanner.at) };
  }
  scanner.at++;
  return { kind: 'parameter', ...head, ...(operation ? { operation } : {}), text: scanner.source.slice(start, scanner.at) };
}

function bracedHead(reader: Reader): Pick<ParameterPart, 'name' | 'index' | 'shape'> | undefined {
  const { scanner } = reader;
  if (scanner.char === '#' && !'}:%#/^,+=?'.includes(scanner.peek()) && (scanner.peek() !== '-' || scanner.peek(2) === '}')) {
    scanner.at++;
    const rest = nameAndIndex(reader);
    return rest && { ...rest, shape: 'length' };
  }
  if (scanner.char === '!' && /[A-Za-z_0-9@*#]/.test(scanner.peek())) {
    scanner.at++;
    const rest = nameAndIndex(reader);
    if (!rest) return undefined;
    const prefix = /[*@](?=\})/y;
    if (rest.index === undefined && scanner.match(prefix)) {
      scanner.at++;
      return { ...rest, shape: 'names' };
    }
    return { ...rest, shape: rest.index === '@' || rest.index === '*' ? 'keys' : 'indirect' };
  }
  const rest = nameAndIndex(reader);
  return rest && { ...rest, shape: 'value' };
}

function nameAndIndex(reader: Reader): { name: string; index?: Word | '@' | '*' } | undefined {
  const { scanner } = reader;
  const name = scanner.match(/[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-]/y)?.[0];
  if (name === undefined) return undefined;
  scanner.at += name.length;
  if (scanner.char !== '[' || !isNameStart(name)) return { name };
  scanner.at++;
  if (scanner.looking('@]') || scanner.looking('*]')) {
    const index = scanner.next() === '@' ? '@' : '*';
    scanner.at++;
    return { name, index };
  }
  const index = { parts: parseParts(reader, (char) => char === ']', false) };
  return scanner.take(']') ? { name, index } : undefined;
}

function parseOperation(reader: Reader, inDouble: boolean): ParameterOperation | undefined {
  const { scanner } = reader;
  const rest = () => ({ parts: parseParts(reader, (char) => char === '}', inDouble) });
  const pattern = (ends: string) => ({ parts: parseParts(reader, (char) => ends.includes(char), false) });
  const choice = scanner.match(/:?[-=?+]/y)?.[0];
  if (choice) {
    scanner.at += choice.length;
    const kind = ({ '-': 'default', '=': 'assign', '?': 'error', '+': 'alternative' } as const)[choice.slice(-1) as '-' | '=' | '?' | '+'];
    return { kind, orNull: choice.length === 2, word: rest() };
  }
  const trim = scanner.match(/##?|%%?/y)?.[0];
  if (trim) {
    scanner.at += trim.length;
    return { kind: 'trim', side: trim[0] === '#' ? 'prefix' : 'suffix', longest: trim.length === 2, pattern: pattern('}') };
  }
  const casing = scanner.match(/\^\^?|,,?/y)?.[0] as '^' | '^^' | ',' | ',,' | undefined;
  if (casing) {
    scanner.at += casing.length;
    const of = pattern('}');
    return { kind: 'case', operator: casing, ...(of.parts.length > 0 ? { pattern: of } : {}) };
  }
  if (scanner.char === '/') return replacement(reader, pattern);
  if (scanner.take(':')) return slice(reader);
  if (scanner.take('@')) return { kind: 'transform', operator: scanner.next() };
  return undefined;
}

function replacement(reader: Reader, pattern: (ends: string) => Word): ParameterOperation {
  const { scanner } = reader;
  scanner.at++;
  const where = scanner.take('/') ? 'all' : scanner.take('#') ? 'prefix' : scanner.take('%') ? 'suffix' : 'first';
  const from = pattern('/}');
  const to = scanner.take('/') ? pattern('}') : emptyWord;
  return { kind: 'replace', where, pattern: from, replacement: to };
}

function slice(reader: Reader): ParameterOperation {
  const { scanner } = reader;
  let depth = 0;
  const nested = (char: string) => {
    if (char === '(') depth++;
    if (char === ')') depth--;
    return depth === 0;
  };
  const offset = { parts: parseParts(reader, (char) => nested(char) && (char === ':' || char === '}'), true) };
  if (!scanner.take(':')) return { kind: 'slice', offset };
  return { kind: 'slice', offset, length: { parts: parseParts(reader, (char) => char === '}', true) } };
}
