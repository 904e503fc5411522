import { type LabelOperator, type LabelRequirement, requirement, type Selector, SelectorError, sortRequirements } from './labels.ts';
import { isQualifiedName } from './names.ts';

type TokenKind = ')' | ',' | '!' | '==' | '=' | '>' | 'in' | '<' | '!=' | 'notin' | '(' | 'identifier' | 'end' | 'error';

interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const SYMBOLS: readonly TokenKind[] = ['==', '!=', '=', '!', '(', ')', ',', '>', '<'];
const OPERATORS: ReadonlyMap<TokenKind, LabelOperator> = new Map([
  ['in', 'in'],
  ['notin', 'notin'],
  ['=', '='],
  ['==', '=='],
  ['!=', '!='],
  ['>', 'gt'],
  ['<', 'lt'],
]);

/** Reads `app=web,tier in (a, b),!legacy`; throws SelectorError in upstream's words. */
export function parseSelector(text: string): Selector {
  const tokens = new Tokens(scan(text));
  const requirements: LabelRequirement[] = [];
  for (;;) {
    const { kind, text: found } = tokens.peek();
    if (kind === 'end') break;
    if (kind !== 'identifier' && kind !== '!') throw new SelectorError(`found '${found}', expected: !, identifier, or 'end of string'`);
    requirements.push(readRequirement(tokens));
    const next = tokens.take();
    if (next.kind === 'end') break;
    if (next.kind !== ',') throw new SelectorError(`found '${next.text}', expected: ',' or 'end of string'`);
    const after = tokens.peek();
    if (after.kind !== 'identifier' && after.kind !== '!') throw new SelectorError(`found '${after.text}', expected: identifier after ','`);
  }
  return sortRequirements(requirements);
}

function scan(text: string): Token[] {
  const tokens: Token[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const token = scanOne(rest);
    tokens.push(token);
    rest = rest.slice(token.text.length).trimStart();
  }
  return [...tokens, { kind: 'end', text: '' }];
}

function scanOne(rest: string): Token {
  const symbol = SYMBOLS.find((s) => rest.startsWith(s));
  if (symbol) return { kind: symbol, text: symbol };
  const word = /^[^=!(),<>\s]+/.exec(rest)?.[0] ?? rest;
  return { kind: word === 'in' || word === 'notin' ? word : 'identifier', text: word };
}

class Tokens {
  #at = 0;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** `in` and `notin` are words like any other except where an operator stands. */
  peek(): Token {
    const token = this.#tokens[this.#at] ?? { kind: 'end', text: '' };
    return token.kind === 'in' || token.kind === 'notin' ? { kind: 'identifier', text: token.text } : token;
  }

  take(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  takeOperator(): Token {
    return this.#tokens[this.#at++] ?? { kind: 'end', text: '' };
  }
}

function readRequirement(tokens: Tokens): LabelRequirement {
  try {
    return readKeyAndRest(tokens);
  } catch (error) {
    if (error instanceof SelectorError) throw new SelectorError(`unable to parse requirement: ${error.message}`);
    throw error;
  }
}

function readKeyAndRest(tokens: Tokens): LabelRequirement {
  const negated = tokens.peek().kind === '!';
  if (negated) tokens.take();
  const key = tokens.take();
  if (key.kind !== 'identifier') throw new SelectorError(`found '${key.text}', expected: identifier`);
  const findings = isQualifiedName(key.text);
  if (findings.length > 0) throw new SelectorError(`<nil>: Invalid value: ${JSON.stringify(key.text)}: ${findings.join('; ')}`);
  const { kind } = tokens.peek();
  if (negated) return requirement(key.text, '!', []);
  if (kind === 'end' || kind === ',') return requirement(key.text, 'exists', []);
  const found = tokens.takeOperator();
  const operator = OPERATORS.get(found.kind);
  if (!operator) throw new SelectorError(`found '${found.text}', expected: in, notin, =, ==, !=, gt, lt`);
  const values = operator === 'in' || operator === 'notin' ? readSet(tokens) : [readExactValue(tokens)];
  return requirement(key.text, operator, values);
}

function readExactValue(tokens: Tokens): string {
  const { kind } = tokens.peek();
  if (kind === 'end' || kind === ',') return '';
  const value = tokens.take();
  if (value.kind !== 'identifier') throw new SelectorError(`found '${value.text}', expected: identifier`);
  return value.text;
}

function readSet(tokens: Tokens): string[] {
  const open = tokens.take();
  if (open.kind !== '(') throw new SelectorError(`found '${open.text}' expected: '('`);
  const first = tokens.peek();
  if (first.kind === ')') {
    tokens.take();
    return [''];
  }
  if (first.kind !== 'identifier' && first.kind !== ',') throw new SelectorError(`found '${first.text}', expected: ',', ')' or identifier`);
  const values = readIdentifiers(tokens);
  tokens.take();
  return [...values].sort();
}

/** Commas without a word between them stand for the empty value. */
function readIdentifiers(tokens: Tokens): Set<string> {
  const values = new Set<string>();
  for (;;) {
    const token = tokens.take();
    const next = tokens.peek();
    if (token.kind === 'identifier') {
      values.add(token.text);
      if (next.kind === ')') return values;
      if (next.kind !== ',') throw new SelectorError(`found '${next.text}', expected: ',' or ')'`);
    } else if (token.kind === ',') {
      if (values.size === 0 || next.kind === ')' || next.kind === ',') values.add('');
      if (next.kind === ')') return values;
    } else {
      throw new SelectorError(`found '${token.text}', expected: ',', or identifier`);
    }
  }
}
