import type { Issue } from './issues.ts';
import { decodeQuoted } from './quoted.ts';
import { CelError, CelUint, type CelValue } from './values.ts';

export interface Token {
  readonly kind: 'identifier' | 'number' | 'text' | 'sign' | 'end';
  /** As written; `<EOF>` at the end. */
  readonly text: string;
  readonly at: number;
  /** Of a literal. */
  readonly value?: CelValue;
}

const SPACE = /(?:[\s\f]|\/\/[^\n]*)+/y;
const QUOTED = /(?:[rR][bB]?|[bB][rR]?)?(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/y;
const RAW = /(?:[rR][bB]?|[bB][rR])(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"[^"\n]*"|'[^'\n]*')/y;
const NUMBER = /0x[0-9a-fA-F]+[uU]?|(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)|\d+[uU]?/y;
const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_]*/y;
const QUOTED_IDENTIFIER = /`[A-Za-z0-9_.\-/ ]+`/y;
const SIGN = /&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()[\]{}]/y;

export function tokenize(source: string): { tokens: Token[]; issues: Issue[] } {
  const tokens: Token[] = [];
  const issues: Issue[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  while (at < source.length) {
    const space = take(SPACE);
    if (space) {
      at += space.length;
      continue;
    }
    const token = tokenAt(take, at, issues);
    if (!token) issues.push({ at, message: `Syntax error: token recognition error at: '${source[at] ?? ''}'` });
    else tokens.push(token);
    at += token?.text.length ?? 1;
  }
  return { tokens: [...tokens, { kind: 'end', text: '<EOF>', at: source.length }], issues };
}

function tokenAt(take: (pattern: RegExp) => string | undefined, at: number, issues: Issue[]): Token | undefined {
  const literal = (kind: 'number' | 'text', text: string, decode: (text: string) => CelValue): Token => {
    try {
      return { kind, text, at, value: decode(text) };
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      issues.push({ at, message: error.message });
      return { kind, text, at, value: null };
    }
  };
  const quoted = take(RAW) ?? take(QUOTED);
  if (quoted) return literal('text', quoted, decodeQuoted);
  const number = take(NUMBER);
  if (number) return literal('number', number, (text) => decodeNumber(text));
  const name = take(IDENTIFIER) ?? take(QUOTED_IDENTIFIER);
  if (name) return { kind: 'identifier', text: name, at };
  const sign = take(SIGN);
  return sign ? { kind: 'sign', text: sign, at } : undefined;
}

const MAX_UINT = 2n ** 64n - 1n;

/** The sign comes with the number: the least int has no positive counterpart. */
export function decodeNumber(text: string): CelValue {
  const negative = text.startsWith('-');
  const digits = text.replace(/^-/, '');
  if (/^\d+$|^0x[0-9a-fA-F]+$/.test(digits)) {
    const value = negative ? -BigInt(digits) : BigInt(digits);
    if (value < -(2n ** 63n) || value > 2n ** 63n) throw new CelError('Syntax error: invalid int literal');
    return value;
  }
  if (/[uU]$/.test(digits)) {
    const value = BigInt(digits.slice(0, -1));
    if (value > MAX_UINT || negative) throw new CelError('Syntax error: invalid uint literal');
    return new CelUint(value);
  }
  return Number(text);
}
