import { AwkError, type Expression } from './syntax.ts';
import type { Token } from './tokens.ts';

export interface Reader {
  readonly tokens: readonly Token[];
  at: number;
  /** Within `print …` a bare `>` redirects. */
  noGreater: boolean;
  noIn: boolean;
}

export const peek = (reader: Reader): Token | undefined => reader.tokens[reader.at];
export const isOperator = (reader: Reader, text: string): boolean => peek(reader)?.kind === 'operator' && peek(reader)?.text === text;
export const isWord = (reader: Reader, text: string): boolean =>
  (peek(reader)?.kind === 'name' || peek(reader)?.kind === 'function') && peek(reader)?.text === text;

export function accept(reader: Reader, text: string): boolean {
  if (!isOperator(reader, text) && !isWord(reader, text)) return false;
  reader.at++;
  return true;
}

export function expect(reader: Reader, text: string): void {
  if (!accept(reader, text)) throw new AwkError(`syntax error at or near ${peek(reader)?.text ?? 'end of file'}`);
}

export function skipNewlines(reader: Reader): void {
  while (peek(reader)?.kind === 'newline') reader.at++;
}

const ASSIGN = ['=', '+=', '-=', '*=', '/=', '%=', '^=', '**='];
const isTarget = ({ kind }: Expression): boolean => kind === 'variable' || kind === 'field' || kind === 'element';

export function parseExpression(reader: Reader): Expression {
  const left = parseTernary(reader);
  const operator = ASSIGN.find((text) => isOperator(reader, text));
  if (!operator || !isTarget(left)) return left;
  reader.at++;
  skipNewlines(reader);
  return { kind: 'assign', operator: operator === '**=' ? '^=' : operator, target: left, value: parseExpression(reader) };
}

function parseTernary(reader: Reader): Expression {
  const test = parseBinary(reader, 0);
  if (!accept(reader, '?')) return test;
  skipNewlines(reader);
  const then = parseExpression(reader);
  skipNewlines(reader);
  expect(reader, ':');
  skipNewlines(reader);
  return { kind: 'condition', test, then, otherwise: parseExpression(reader) };
}

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['in'],
  ['~', '!~'],
  ['<', '<=', '==', '!=', '>', '>='],
  ['concatenate'],
  ['+', '-'],
  ['*', '/', '%'],
];

function parseBinary(reader: Reader, level: number): Expression {
  const operators = LEVELS[level];
  if (!operators) return parseUnary(reader);
  if (operators[0] === 'concatenate') return parseConcatenation(reader, level);
  let left = parseBinary(reader, level + 1);
  for (;;) {
    if (operators[0] === 'in') {
      if (reader.noIn || !accept(reader, 'in')) return left;
      left = { kind: 'in', keys: left.kind === 'group' ? left.items : [left], array: takeName(reader) };
      continue;
    }
    const operator = operators.find((text) => isOperator(reader, text) && !(text === '>' && reader.noGreater));
    if (!operator) return level === 4 ? pipeGetline(reader, left) : left;
    reader.at++;
    skipNewlines(reader);
    left = { kind: 'binary', operator, left, right: parseBinary(reader, level + 1) };
  }
}

function pipeGetline(reader: Reader, command: Expression): Expression {
  if (!isOperator(reader, '|') || reader.tokens[reader.at + 1]?.text !== 'getline') return command;
  reader.at += 2;
  return pipeGetline(reader, { kind: 'getline', target: optionalTarget(reader), file: undefined, command });
}

function takeName(reader: Reader): string {
  const token = peek(reader);
  reader.at++;
  return token?.text ?? '';
}

function parseConcatenation(reader: Reader, level: number): Expression {
  let left = parseBinary(reader, level + 1);
  while (startsOperand(reader)) left = { kind: 'binary', operator: ' ', left, right: parseBinary(reader, level + 1) };
  return left;
}

function startsOperand(reader: Reader): boolean {
  const token = peek(reader);
  if (!token || token.kind === 'newline') return false;
  if (token.kind === 'name') return token.text !== 'in';
  return token.kind !== 'operator' || ['$', '!', '(', '-', '+', '++', '--'].includes(token.text);
}

function parseUnary(reader: Reader): Expression {
  for (const operator of ['!', '-', '+']) {
    if (accept(reader, operator)) return { kind: 'unary', operator, of: parseUnary(reader) };
  }
  return parsePower(reader);
}

function parsePower(reader: Reader): Expression {
  const base = parsePostfix(reader);
  if (!accept(reader, '^') && !accept(reader, '**')) return base;
  return { kind: 'binary', operator: '^', left: base, right: parseUnary(reader) };
}

function parsePostfix(reader: Reader): Expression {
  for (const [text, by] of [
    ['++', 1],
    ['--', -1],
  ] as const) {
    if (accept(reader, text)) return { kind: 'step', target: parsePrimary(reader), by, prefix: true };
  }
  const of = parsePrimary(reader);
  if (!isTarget(of)) return of;
  if (accept(reader, '++')) return { kind: 'step', target: of, by: 1, prefix: false };
  if (accept(reader, '--')) return { kind: 'step', target: of, by: -1, prefix: false };
  return of;
}

function optionalTarget(reader: Reader): Expression | undefined {
  const token = peek(reader);
  return token?.kind === 'name' || isOperator(reader, '$') ? parsePrimary(reader) : undefined;
}

function parsePrimary(reader: Reader): Expression {
  const token = peek(reader);
  if (!token) throw new AwkError('syntax error at or near end of file');
  reader.at++;
  switch (token.kind) {
    case 'number':
      return { kind: 'number', value: Number(token.text) };
    case 'string':
      return { kind: 'string', value: token.text };
    case 'regex':
      return { kind: 'regex', source: token.text };
    case 'function':
      return { kind: 'call', name: token.text, args: parseArguments(reader) };
    case 'name':
      return parseNamed(reader, token.text);
    default:
      return parseSymbol(reader, token.text);
  }
}

function parseNamed(reader: Reader, name: string): Expression {
  if (name === 'getline') {
    const target = optionalTarget(reader);
    return { kind: 'getline', target, file: accept(reader, '<') ? parsePrimary(reader) : undefined, command: undefined };
  }
  if (name === 'length') return { kind: 'call', name, args: [] };
  if (!accept(reader, '[')) return { kind: 'variable', name };
  const keys = parseList(reader, ']');
  return { kind: 'element', array: name, keys };
}

function parseSymbol(reader: Reader, text: string): Expression {
  if (text === '$') return { kind: 'field', index: parsePostfixOfField(reader) };
  if (text === '-' || text === '+' || text === '!') return { kind: 'unary', operator: text, of: parsePrimary(reader) };
  if (text !== '(') throw new AwkError(`syntax error at or near ${text}`);
  const { noGreater, noIn } = reader;
  reader.noGreater = false;
  reader.noIn = false;
  const items = parseList(reader, ')');
  reader.noGreater = noGreater;
  reader.noIn = noIn;
  return { kind: 'group', items };
}

const parsePostfixOfField = (reader: Reader): Expression =>
  isOperator(reader, '++') || isOperator(reader, '--') ? parsePostfix(reader) : parsePrimary(reader);

function parseArguments(reader: Reader): Expression[] {
  expect(reader, '(');
  const { noGreater, noIn } = reader;
  reader.noGreater = false;
  reader.noIn = false;
  const args = parseList(reader, ')');
  reader.noGreater = noGreater;
  reader.noIn = noIn;
  return args;
}

export function parseList(reader: Reader, close: string): Expression[] {
  const items: Expression[] = [];
  skipNewlines(reader);
  while (!accept(reader, close)) {
    items.push(parseExpression(reader));
    skipNewlines(reader);
    if (!isOperator(reader, close)) expect(reader, ',');
    skipNewlines(reader);
  }
  return items;
}
