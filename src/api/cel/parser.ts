import type { Expression } from './ast.ts';
import type { Issue } from './issues.ts';
import { tokenize } from './lexer.ts';
import { parseUnary } from './parse-member.ts';
import { SyntaxStop, TokenReader } from './token-reader.ts';

const MAX_DEPTH = 250;

/** What parsing needs to go on with: the tokens, and how to parse a whole expression inside. */
export interface Parsing {
  readonly tokens: TokenReader;
  expression(): Expression;
}

export function parse(source: string): { expression: Expression | undefined; issues: readonly Issue[] } {
  const { tokens, issues } = tokenize(source);
  const reader = new TokenReader(tokens, issues);
  let depth = 0;
  const parsing: Parsing = {
    tokens: reader,
    expression: () => {
      depth += 1;
      if (depth > MAX_DEPTH) reader.stop(reader.peek(), `expression recursion limit exceeded: ${MAX_DEPTH}`);
      const found = parseConditional(parsing);
      depth -= 1;
      return found;
    },
  };
  try {
    const expression = parsing.expression();
    reader.end();
    return { expression: issues.length > 0 ? undefined : expression, issues };
  } catch (error) {
    if (error instanceof SyntaxStop) return { expression: undefined, issues };
    throw error;
  }
}

function parseConditional(parsing: Parsing): Expression {
  const { tokens } = parsing;
  const condition = parseBinary(parsing, 0);
  const mark = tokens.accept('?');
  if (!mark) return condition;
  const then = parseBinary(parsing, 0);
  tokens.expect(':');
  return { op: 'call', at: mark.at, name: '_?_:_', args: [condition, then, parsing.expression()] };
}

const MAX_LINKS = 1000;

/** Chains nest as deep as they are long. */
export function requireShort({ tokens }: Parsing, links: number): void {
  if (links > MAX_LINKS) tokens.stop(tokens.peek(), `expression recursion limit exceeded: ${MAX_DEPTH}`);
}

/** From the weakest to the strongest. */
const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['<', '<=', '>=', '>', '==', '!=', 'in'], ['+', '-'], ['*', '/', '%']];

function parseBinary(parsing: Parsing, level: number): Expression {
  const operators = LEVELS[level];
  if (!operators) return parseUnary(parsing);
  let left = parseBinary(parsing, level + 1);
  for (let links = 0; parsing.tokens.is(...operators); links += 1) {
    requireShort(parsing, links);
    const { text, at } = parsing.tokens.next();
    const right = parseBinary(parsing, level + 1);
    left = { op: 'call', at, name: text === 'in' ? '@in' : `_${text}_`, args: [left, right] };
  }
  return left;
}
