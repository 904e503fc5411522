import { type Filter, JqSyntaxError, type Pattern } from './syntax.ts';
import { type Token, tokenize } from './tokens.ts';

interface Reader {
  readonly tokens: readonly Token[];
  at: number;
}

const IDENTITY: Filter = { kind: 'identity' };

export function parseJq(text: string): Filter {
  const reader: Reader = { tokens: tokenize(text), at: 0 };
  if (reader.tokens.length === 0) return IDENTITY;
  const filter = parsePipe(reader);
  if (reader.at < reader.tokens.length) unexpected(reader);
  return filter;
}

const peek = (reader: Reader): Token | undefined => reader.tokens[reader.at];
const textOf = (token: Token | undefined): string | undefined => (token && token.kind !== 'string' ? token.text : undefined);
const is = (reader: Reader, text: string): boolean => textOf(peek(reader)) === text;

function accept(reader: Reader, text: string): boolean {
  if (!is(reader, text)) return false;
  reader.at++;
  return true;
}

function unexpected(reader: Reader): never {
  const token = peek(reader);
  if (!token) throw new JqSyntaxError('syntax error, unexpected end of file');
  throw new JqSyntaxError(
    `syntax error, unexpected ${token.kind === 'string' ? 'QQSTRING_START' : token.kind === 'name' ? 'IDENT' : token.kind === 'field' ? 'FIELD' : token.kind === 'number' ? 'LITERAL' : `'${token.text}'`}`,
  );
}

function expect(reader: Reader, text: string): void {
  if (!accept(reader, text)) unexpected(reader);
}

function parsePipe(reader: Reader): Filter {
  if (accept(reader, 'def')) return parseDefinition(reader);
  const left = parseComma(reader);
  if (accept(reader, 'as')) {
    const pattern = parsePattern(reader);
    expect(reader, '|');
    return { kind: 'bind', source: left, pattern, body: parsePipe(reader) };
  }
  return accept(reader, '|') ? { kind: 'pipe', left, right: parsePipe(reader) } : left;
}

function parseDefinition(reader: Reader): Filter {
  const name = takeName(reader);
  const params: string[] = [];
  if (accept(reader, '(')) {
    do {
      const token = peek(reader);
      reader.at++;
      params.push(textOf(token) ?? '');
    } while (accept(reader, ';'));
    expect(reader, ')');
  }
  expect(reader, ':');
  const body = parsePipe(reader);
  expect(reader, ';');
  return { kind: 'define', name, params, body, rest: reader.at < reader.tokens.length ? parsePipe(reader) : IDENTITY };
}

function takeName(reader: Reader): string {
  const token = peek(reader);
  if (token?.kind !== 'name') return unexpected(reader);
  reader.at++;
  return token.text;
}

function parseComma(reader: Reader): Filter {
  let left = parseAssignment(reader);
  while (accept(reader, ',')) left = { kind: 'comma', left, right: parseAssignment(reader) };
  return left;
}

const ASSIGNMENTS = ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='];

function parseAssignment(reader: Reader): Filter {
  const left = parseAlternative(reader);
  const operator = ASSIGNMENTS.find((text) => is(reader, text));
  if (!operator) return left;
  reader.at++;
  return { kind: 'assign', operator, left, right: parseAlternative(reader) };
}

function parseAlternative(reader: Reader): Filter {
  const left = parseBinary(reader, 0);
  return accept(reader, '//') ? { kind: 'binary', operator: '//', left, right: parseAlternative(reader) } : left;
}

const LEVELS: readonly (readonly string[])[] = [['or'], ['and'], ['==', '!=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']];

function parseBinary(reader: Reader, level: number): Filter {
  const operators = LEVELS[level];
  if (!operators) return parsePostfix(reader);
  let left = parseBinary(reader, level + 1);
  for (;;) {
    const operator = operators.find((text) => is(reader, text));
    if (!operator) return left;
    reader.at++;
    left = { kind: 'binary', operator, left, right: parseBinary(reader, level + 1) };
  }
}

function parsePostfix(reader: Reader): Filter {
  let filter = parseTerm(reader);
  for (;;) {
    const token = peek(reader);
    if (accept(reader, '?')) filter = { kind: 'try', body: filter, handler: undefined };
    else if (token?.kind === 'field') {
      reader.at++;
      filter = { kind: 'index', of: filter, key: { kind: 'literal', value: token.text.slice(1) } };
    } else if (accept(reader, '[')) filter = parseBrackets(reader, filter);
    else if (is(reader, '.') && followsDot(reader)) {
      reader.at++;
      filter = accept(reader, '[') ? parseBrackets(reader, filter) : { kind: 'index', of: filter, key: parseString(reader, undefined) };
    } else if (accept(reader, 'as')) {
      const pattern = parsePattern(reader);
      expect(reader, '|');
      return { kind: 'bind', source: filter, pattern, body: parsePipe(reader) };
    } else return filter;
  }
}

const followsDot = (reader: Reader): boolean => {
  const next = reader.tokens[reader.at + 1];
  return next?.kind === 'string' || textOf(next) === '[';
};

function parseBrackets(reader: Reader, of: Filter): Filter {
  if (accept(reader, ']')) return { kind: 'iterate', of };
  if (accept(reader, ':')) {
    const to = parsePipe(reader);
    expect(reader, ']');
    return { kind: 'slice', of, from: undefined, to };
  }
  const key = parsePipe(reader);
  if (accept(reader, ':')) {
    const to = is(reader, ']') ? undefined : parsePipe(reader);
    expect(reader, ']');
    return { kind: 'slice', of, from: key, to };
  }
  expect(reader, ']');
  return { kind: 'index', of, key };
}

function parseString(reader: Reader, format: string | undefined): Filter {
  const token = peek(reader);
  if (token?.kind !== 'string') return unexpected(reader);
  reader.at++;
  const parts = token.parts.map((part) => (typeof part === 'string' ? part : parseTokens(part)));
  if (parts.every((part) => typeof part === 'string')) return { kind: 'literal', value: parts.join('') };
  return { kind: 'string', parts, format };
}

function parseTokens(tokens: readonly Token[]): Filter {
  const reader: Reader = { tokens, at: 0 };
  const filter = parsePipe(reader);
  if (reader.at < tokens.length) unexpected(reader);
  return filter;
}

function parseTerm(reader: Reader): Filter {
  const token = peek(reader);
  if (!token) return unexpected(reader);
  if (token.kind === 'string') return parseString(reader, undefined);
  reader.at++;
  switch (token.kind) {
    case 'number':
      return { kind: 'literal', value: Number(token.text) };
    case 'field':
      return { kind: 'index', of: IDENTITY, key: { kind: 'literal', value: token.text.slice(1) } };
    case 'variable':
      return { kind: 'variable', name: token.text.slice(1) };
    case 'format':
      return peek(reader)?.kind === 'string' ? parseString(reader, token.text) : { kind: 'format', name: token.text };
    case 'name':
      return parseWord(reader, token.text);
    default:
      return parseSymbol(reader, token.text);
  }
}

function parseSymbol(reader: Reader, text: string): Filter {
  switch (text) {
    case '.':
      if (peek(reader)?.kind === 'string') return { kind: 'index', of: IDENTITY, key: parseString(reader, undefined) };
      return IDENTITY;
    case '..':
      return { kind: 'recurse' };
    case '(': {
      const inner = parsePipe(reader);
      expect(reader, ')');
      return inner;
    }
    case '[': {
      if (accept(reader, ']')) return { kind: 'array', body: undefined };
      const body = parsePipe(reader);
      expect(reader, ']');
      return { kind: 'array', body };
    }
    case '{':
      return parseObject(reader);
    case '-':
      return { kind: 'negate', body: parsePostfix(reader) };
    default:
      reader.at--;
      return unexpected(reader);
  }
}

function parseObject(reader: Reader): Filter {
  const entries: { key: Filter; value: Filter }[] = [];
  while (!accept(reader, '}')) {
    entries.push(parseEntry(reader));
    if (!is(reader, '}')) expect(reader, ',');
  }
  return { kind: 'object', entries };
}

function parseEntry(reader: Reader): { key: Filter; value: Filter } {
  const token = peek(reader);
  if (token?.kind === 'variable') {
    reader.at++;
    return { key: { kind: 'literal', value: token.text.slice(1) }, value: { kind: 'variable', name: token.text.slice(1) } };
  }
  let key: Filter;
  if (accept(reader, '(')) {
    key = parsePipe(reader);
    expect(reader, ')');
  } else if (token?.kind === 'name' || token?.kind === 'number') {
    reader.at++;
    key = { kind: 'literal', value: token.text };
  } else if (token?.kind === 'format') {
    reader.at++;
    key = parseString(reader, token.text);
  } else key = parseString(reader, undefined);
  if (!accept(reader, ':')) return { key, value: { kind: 'index', of: IDENTITY, key } };
  return { key, value: parseObjectValue(reader) };
}

/** Values are joined by `|` but not by `,`. */
function parseObjectValue(reader: Reader): Filter {
  const left = parseAlternative(reader);
  return accept(reader, '|') ? { kind: 'pipe', left, right: parseObjectValue(reader) } : left;
}

function parseWord(reader: Reader, name: string): Filter {
  switch (name) {
    case 'if':
      return parseIf(reader);
    case 'try': {
      const body = parsePostfix(reader);
      return { kind: 'try', body, handler: accept(reader, 'catch') ? parsePostfix(reader) : undefined };
    }
    case 'reduce':
    case 'foreach':
      return parseFold(reader, name);
    case 'def':
      return parseDefinition(reader);
    case 'true':
    case 'false':
      return { kind: 'literal', value: name === 'true' };
    case 'null':
      return { kind: 'literal', value: null };
    default: {
      const args: Filter[] = [];
      if (accept(reader, '(')) {
        do args.push(parsePipe(reader));
        while (accept(reader, ';'));
        expect(reader, ')');
      }
      return { kind: 'call', name, args };
    }
  }
}

function parseIf(reader: Reader): Filter {
  const condition = parsePipe(reader);
  expect(reader, 'then');
  const then = parsePipe(reader);
  if (accept(reader, 'elif')) return { kind: 'if', condition, then, otherwise: parseIf(reader) };
  const otherwise = accept(reader, 'else') ? parsePipe(reader) : undefined;
  expect(reader, 'end');
  return { kind: 'if', condition, then, otherwise };
}

function parseFold(reader: Reader, kind: 'reduce' | 'foreach'): Filter {
  const source = parsePostfixWithoutBinding(reader);
  expect(reader, 'as');
  const pattern = parsePattern(reader);
  expect(reader, '(');
  const initial = parsePipe(reader);
  expect(reader, ';');
  const update = parsePipe(reader);
  const extract = kind === 'foreach' && accept(reader, ';') ? parsePipe(reader) : undefined;
  expect(reader, ')');
  return kind === 'reduce' ? { kind, source, pattern, initial, update } : { kind, source, pattern, initial, update, extract };
}

function parsePostfixWithoutBinding(reader: Reader): Filter {
  const end = reader.tokens.findIndex((token, i) => i >= reader.at && textOf(token) === 'as');
  if (end < 0) return unexpected(reader);
  const filter = parseTokens(reader.tokens.slice(reader.at, end));
  reader.at = end;
  return filter;
}

function parsePattern(reader: Reader): Pattern {
  const token = peek(reader);
  if (token?.kind === 'variable') {
    reader.at++;
    return { kind: 'name', name: token.text.slice(1) };
  }
  if (accept(reader, '[')) {
    const items: Pattern[] = [];
    do items.push(parsePattern(reader));
    while (accept(reader, ','));
    expect(reader, ']');
    return { kind: 'array', items };
  }
  expect(reader, '{');
  const entries: { key: Filter; pattern: Pattern }[] = [];
  do {
    const key = peek(reader);
    if (key?.kind === 'variable') {
      reader.at++;
      entries.push({ key: { kind: 'literal', value: key.text.slice(1) }, pattern: { kind: 'name', name: key.text.slice(1) } });
      continue;
    }
    const name: Filter = key?.kind === 'name' ? { kind: 'literal', value: takeName(reader) } : parseString(reader, undefined);
    expect(reader, ':');
    entries.push({ key: name, pattern: parsePattern(reader) });
  } while (accept(reader, ','));
  expect(reader, '}');
  return { kind: 'object', entries };
}
