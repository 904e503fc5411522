import type { Issue } from './issues.ts';
import type { Token } from './lexer.ts';

/** Parsing stopped here; what is wrong has been noted. */
export class SyntaxStop extends Error {}

const STARTS = ['[', '{', '(', '.', '-', '!'];
const WORDS = "'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER";

/** What may begin an expression, as the grammar's error messages list it; `closing` may stand there too. */
export function expectedStart(closing?: string): string {
  const signs = STARTS.map((sign) => `'${sign}'`);
  const at = closing === ')' ? 3 : 1;
  const all = closing ? [...signs.slice(0, at), `'${closing}'`, ...signs.slice(at)] : signs;
  return `{${all.join(', ')}, ${WORDS}}`;
}

/** Walks over tokens; recovers from one surplus or one missing token, as the original parser does. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly issues: Issue[];
  #index = 0;

  constructor(tokens: readonly Token[], issues: Issue[]) {
    this.#tokens = tokens;
    this.issues = issues;
  }

  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)];
    if (!token) throw new SyntaxStop();
    return token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#index += 1;
    return token;
  }

  is(...signs: string[]): boolean {
    const { kind, text } = this.peek();
    return (kind === 'sign' || text === 'in') && signs.includes(text);
  }

  accept(sign: string): Token | undefined {
    return this.is(sign) ? this.next() : undefined;
  }

  /** A sign that has to be there. */
  expect(sign: string): Token {
    const token = this.peek();
    if (this.is(sign)) return this.next();
    const after = this.peek(1);
    if (token.kind !== 'end' && after.kind === 'sign' && after.text === sign) {
      this.note(token, `extraneous input '${token.text}' expecting '${sign}'`);
      this.next();
      return this.next();
    }
    if (token.kind === 'end' || token.kind === 'sign') {
      this.note(token, `missing '${sign}' at '${token.text}'`);
      return { ...token, text: sign };
    }
    return this.stop(token, `mismatched input '${token.text}' expecting '${sign}'`);
  }

  /** Nothing may follow. */
  end(): void {
    const token = this.peek();
    if (token.kind === 'end') return;
    const isLone = this.peek(1).kind === 'end';
    this.note(token, `${isLone ? 'extraneous' : 'mismatched'} input '${token.text}' expecting <EOF>`);
  }

  note({ at }: Token, message: string): void {
    this.issues.push({ at, message: `Syntax error: ${message}` });
  }

  stop(token: Token, message: string): never {
    this.note(token, message);
    throw new SyntaxStop();
  }

  /** Drops one surplus token before something that may begin an expression. */
  syncToStart(closing?: string): void {
    const token = this.peek();
    if (this.#starts(token, closing)) return;
    if (token.kind !== 'end' && this.#starts(this.peek(1), closing)) {
      this.note(token, `extraneous input '${token.text}' expecting ${expectedStart(closing)}`);
      this.next();
      return;
    }
    this.stop(token, `mismatched input '${token.text}' expecting ${expectedStart(closing)}`);
  }

  #starts({ kind, text }: Token, closing?: string): boolean {
    if (kind === 'number' || kind === 'text') return true;
    if (kind === 'identifier') return text !== 'in';
    return kind === 'sign' && (STARTS.includes(text) || text === closing);
  }
}
