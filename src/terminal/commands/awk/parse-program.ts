import { accept, expect, isOperator, isWord, parseExpression, parseList, peek, type Reader, skipNewlines } from './parse-expression.ts';
import { AwkError, type AwkProgram, type Expression, type Rule, type Statement } from './syntax.ts';
import { tokenize } from './tokens.ts';

export function parseAwk(text: string): AwkProgram {
  const reader: Reader = { tokens: tokenize(text), at: 0, noGreater: false, noIn: false };
  const rules: Rule[] = [];
  const functions = new Map<string, { params: readonly string[]; body: Statement }>();
  for (skipEnds(reader); peek(reader); skipEnds(reader)) {
    if (accept(reader, 'function') || accept(reader, 'func')) {
      const name = peek(reader)?.text ?? '';
      reader.at++;
      expect(reader, '(');
      const params = parseList(reader, ')').map((param) => (param.kind === 'variable' ? param.name : ''));
      skipNewlines(reader);
      functions.set(name, { params, body: parseBlock(reader) });
    } else rules.push(parseRule(reader, rules.length));
  }
  return { rules, functions };
}

function skipEnds(reader: Reader): void {
  while (peek(reader)?.kind === 'newline' || isOperator(reader, ';')) reader.at++;
}

function parseRule(reader: Reader, id: number): Rule {
  if (isOperator(reader, '{')) return { pattern: undefined, until: undefined, body: parseBlock(reader), id };
  for (const pattern of ['BEGIN', 'END'] as const) {
    if (!accept(reader, pattern)) continue;
    skipNewlines(reader);
    return { pattern, until: undefined, body: parseBlock(reader), id };
  }
  const pattern = parseExpression(reader);
  const until = accept(reader, ',') ? parseExpression(reader) : undefined;
  return { pattern, until, body: isOperator(reader, '{') ? parseBlock(reader) : undefined, id };
}

function parseBlock(reader: Reader): Statement {
  expect(reader, '{');
  const body: Statement[] = [];
  for (skipEnds(reader); !accept(reader, '}'); skipEnds(reader)) {
    if (!peek(reader)) throw new AwkError('syntax error at or near end of file');
    body.push(parseStatement(reader));
  }
  return { kind: 'block', body };
}

function parseStatement(reader: Reader): Statement {
  if (isOperator(reader, '{')) return parseBlock(reader);
  if (accept(reader, ';')) return { kind: 'block', body: [] };
  if (isWord(reader, 'if') || isWord(reader, 'while') || isWord(reader, 'for') || isWord(reader, 'do')) return parseControl(reader);
  const statement = parseSimple(reader);
  if (!isOperator(reader, '}') && peek(reader) && peek(reader)?.kind !== 'newline') expect(reader, ';');
  return statement;
}

function body(reader: Reader): Statement {
  skipNewlines(reader);
  return parseStatement(reader);
}

function parseControl(reader: Reader): Statement {
  if (accept(reader, 'if')) {
    const test = parseTest(reader);
    const then = body(reader);
    const before = reader.at;
    skipEnds(reader);
    if (accept(reader, 'else')) return { kind: 'if', test, then, otherwise: body(reader) };
    reader.at = before;
    return { kind: 'if', test, then, otherwise: undefined };
  }
  if (accept(reader, 'while')) return { kind: 'while', test: parseTest(reader), body: body(reader), first: true };
  if (accept(reader, 'do')) {
    const inner = body(reader);
    skipEnds(reader);
    expect(reader, 'while');
    return { kind: 'while', test: parseTest(reader), body: inner, first: false };
  }
  return parseFor(reader);
}

function parseTest(reader: Reader): Expression {
  expect(reader, '(');
  const test = parseExpression(reader);
  expect(reader, ')');
  return test;
}

function parseFor(reader: Reader): Statement {
  expect(reader, 'for');
  expect(reader, '(');
  const [name, word, array, close] = reader.tokens.slice(reader.at, reader.at + 4);
  if (word?.text === 'in' && close?.text === ')' && name && array) {
    reader.at += 4;
    return { kind: 'each', name: name.text, array: array.text, body: body(reader) };
  }
  const start = isOperator(reader, ';') ? undefined : parseSimple(reader);
  expect(reader, ';');
  const test = isOperator(reader, ';') ? undefined : parseExpression(reader);
  expect(reader, ';');
  const step = isOperator(reader, ')') ? undefined : parseSimple(reader);
  expect(reader, ')');
  return { kind: 'for', start, test, step, body: body(reader) };
}

const ends = (reader: Reader): boolean => !peek(reader) || peek(reader)?.kind === 'newline' || isOperator(reader, ';') || isOperator(reader, '}');

function parseSimple(reader: Reader): Statement {
  for (const format of [false, true]) if (accept(reader, format ? 'printf' : 'print')) return parsePrint(reader, format);
  for (const kind of ['next', 'break', 'continue'] as const) if (accept(reader, kind)) return { kind };
  for (const kind of ['exit', 'return'] as const)
    if (accept(reader, kind)) return { kind, value: ends(reader) ? undefined : parseExpression(reader) };
  if (accept(reader, 'delete')) {
    const array = peek(reader)?.text ?? '';
    reader.at++;
    return { kind: 'delete', array, keys: accept(reader, '[') ? parseList(reader, ']') : undefined };
  }
  return { kind: 'expression', value: parseExpression(reader) };
}

function parsePrint(reader: Reader, format: boolean): Statement {
  const args: Expression[] = [];
  reader.noGreater = true;
  while (!ends(reader) && !['>', '>>', '|'].some((text) => isOperator(reader, text))) {
    args.push(parseExpression(reader));
    if (!accept(reader, ',')) break;
    skipNewlines(reader);
  }
  const operator = ['>', '>>', '|'].find((text) => accept(reader, text));
  const into = operator === undefined ? undefined : { operator, target: parseExpression(reader) };
  reader.noGreater = false;
  const [only] = args;
  return { kind: 'print', args: args.length === 1 && only?.kind === 'group' ? only.items : args, format, into };
}
