import type { Expression } from './ast.ts';
import { decodeNumber, type Token } from './lexer.ts';
import { expandMacro } from './macros.ts';
import { parseList, parseMap, parseStruct } from './parse-literals.ts';
import { type Parsing, requireShort } from './parser.ts';
import { BOOL, BYTES, DOUBLE, INT, NULL, primitive, STRING } from './types.ts';
import { CelError, CelUint, type CelValue } from './values.ts';

const RESERVED = new Set([
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
]);

export function parseUnary(parsing: Parsing): Expression {
  const { tokens } = parsing;
  tokens.syncToStart();
  const sign = tokens.accept('!') ?? tokens.accept('-');
  if (!sign) return parseMember(parsing);
  const following = tokens.peek();
  if (sign.text === '-' && following.kind === 'number') return parseMember(parsing, sign);
  let count = 1;
  while (tokens.accept(sign.text)) count += 1;
  const operand = parseMember(parsing);
  return count % 2 === 0 ? operand : { op: 'call', at: sign.at, name: sign.text === '!' ? '!_' : '-_', args: [operand] };
}

function parseMember(parsing: Parsing, minus?: Token): Expression {
  const { tokens } = parsing;
  let found = minus ? literal(parsing, tokens.next(), minus) : parsePrimary(parsing);
  for (let links = 0; ; links += 1) {
    requireShort(parsing, links);
    if (tokens.is('.')) found = parseSelection(parsing, found);
    else if (tokens.is('[')) {
      const { at } = tokens.next();
      const optional = tokens.accept('?') !== undefined;
      const index = parsing.expression();
      tokens.expect(']');
      found = { op: 'call', at, name: optional ? '_[?_]' : '_[_]', args: [found, index] };
    } else return found;
  }
}

function parseSelection(parsing: Parsing, target: Expression): Expression {
  const { tokens } = parsing;
  const { at } = tokens.next();
  const optional = tokens.accept('?') !== undefined;
  const name = tokens.next();
  if (name.kind !== 'identifier') return tokens.stop(name, `no viable alternative at input '.${name.kind === 'end' ? '' : name.text}'`);
  const field = name.text.replaceAll('`', '');
  const open = optional ? undefined : tokens.accept('(');
  if (!open) return { op: 'select', at, target, field, test: false, optional };
  return expandMacro(tokens, { op: 'call', at: open.at, name: field, target, args: parseArguments(parsing) });
}

/** Up to and with the closing parenthesis. */
function parseArguments(parsing: Parsing): Expression[] {
  const { tokens } = parsing;
  tokens.syncToStart(')');
  if (tokens.accept(')')) return [];
  const args = [parsing.expression()];
  while (tokens.accept(',')) args.push(parsing.expression());
  tokens.expect(')');
  return args;
}

function parsePrimary(parsing: Parsing): Expression {
  const { tokens } = parsing;
  tokens.syncToStart();
  if (tokens.accept('(')) {
    const inner = parsing.expression();
    tokens.expect(')');
    return inner;
  }
  if (tokens.is('[')) return parseList(parsing);
  if (tokens.is('{')) return parseMap(parsing);
  tokens.accept('.');
  const token = tokens.next();
  if (token.kind === 'number' || token.kind === 'text') return literal(parsing, token);
  if (token.kind !== 'identifier') return tokens.stop(token, `no viable alternative at input '${token.text}'`);
  return parseName(parsing, token);
}

const WORDS: Readonly<Record<string, CelValue>> = { true: true, false: false, null: null };

function parseName(parsing: Parsing, token: Token): Expression {
  const { tokens } = parsing;
  const { at, text } = token;
  if (text in WORDS) return { op: 'literal', at, value: WORDS[text] ?? null, type: text === 'null' ? NULL : BOOL };
  const open = tokens.accept('(');
  if (open) return expandMacro(tokens, { op: 'call', at: open.at, name: text, args: parseArguments(parsing) });
  if (RESERVED.has(text)) tokens.issues.push({ at, message: `Syntax error: reserved identifier: ${text}` });
  const typeName = structName(parsing, text);
  if (typeName) return parseStruct(parsing, typeName);
  return { op: 'identifier', at, name: text };
}

/** `Object.spec{`: names and dots up to a brace; nothing is taken when no brace follows. */
function structName({ tokens }: Parsing, first: string): string | undefined {
  const names = [first];
  let ahead = 0;
  while (tokens.peek(ahead).text === '.' && tokens.peek(ahead + 1).kind === 'identifier') {
    names.push(tokens.peek(ahead + 1).text);
    ahead += 2;
  }
  if (tokens.peek(ahead).text !== '{') return undefined;
  for (let i = 0; i < ahead; i += 1) tokens.next();
  return names.join('.');
}

function literal({ tokens }: Parsing, token: Token, minus?: Token): Expression {
  const at = (minus ?? token).at;
  const value = token.kind === 'number' ? signed(token, minus) : token.value;
  if (value === undefined) {
    tokens.issues.push({ at, message: 'Syntax error: invalid int literal' });
    return { op: 'literal', at, value: 0n, type: INT };
  }
  return { op: 'literal', at, value, type: literalType(value) };
}

function signed({ text }: Token, minus?: Token): CelValue | undefined {
  try {
    const value = decodeNumber(minus ? `-${text}` : text);
    return typeof value === 'bigint' && value === 2n ** 63n ? undefined : value;
  } catch (error) {
    if (error instanceof CelError) return undefined;
    throw error;
  }
}

function literalType(value: CelValue) {
  if (typeof value === 'bigint') return INT;
  if (typeof value === 'number') return DOUBLE;
  if (value instanceof CelUint) return primitive('uint');
  return value instanceof Uint8Array ? BYTES : STRING;
}
