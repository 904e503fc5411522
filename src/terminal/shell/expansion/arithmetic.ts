/** Where an expression finds its variables. */
export interface ArithmeticScope {
  get(name: string, index: string | undefined): string;
  set(name: string, index: string | undefined, value: string): void;
}

export class ArithmeticFailure extends Error {
  override readonly name = 'ArithmeticFailure';
}

const MAX_DEPTH = 64;
const TOKEN =
  /\s*(?:(0[xX][0-9a-fA-F]+|\d+#[0-9a-zA-Z@_]+|\d[0-9a-zA-Z_]*)|([A-Za-z_]\w*)|(<<=|>>=|\*\*|\+\+|--|&&|\|\||<<|>>|[-+*/%&|^<>=!]=|[-+*/%&|^<>=!~?:(),[\]])|(\S))/y;

type Token = { readonly kind: 'number' | 'name' | 'sign' | 'end'; readonly text: string; readonly at: number };

/** 64-bit integers, as bash computes. */
export function evaluate(text: string, scope: ArithmeticScope, depth = 0): bigint {
  if (depth > MAX_DEPTH) throw new ArithmeticFailure('expression recursion level exceeded');
  if (text.trim() === '') return 0n;
  return new Evaluation(text, scope, depth).run();
}

const ASSIGN = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=']);
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

interface Reference {
  readonly name: string;
  readonly index: string | undefined;
}

class Evaluation {
  readonly #text: string;
  readonly #scope: ArithmeticScope;
  readonly #depth: number;
  #at = 0;
  /** Inside a branch that is not taken, nothing is assigned and nothing fails. */
  #idle = 0;

  constructor(text: string, scope: ArithmeticScope, depth: number) {
    this.#text = text;
    this.#scope = scope;
    this.#depth = depth;
  }

  run(): bigint {
    const value = this.#comma();
    const rest = this.#peek();
    if (rest.kind !== 'end') this.#fail('syntax error in expression', rest);
    return value;
  }

  #peek(): Token {
    TOKEN.lastIndex = this.#at;
    const found = TOKEN.exec(this.#text);
    if (!found) return { kind: 'end', text: '', at: this.#at };
    const [all, number, name, sign, other] = found;
    const text = number ?? name ?? sign ?? other ?? '';
    return { kind: number ? 'number' : name ? 'name' : 'sign', text, at: this.#at + all.length - text.length };
  }

  #skip(token: Token): void {
    this.#at = token.at + token.text.length;
  }

  #take(...signs: readonly string[]): string | undefined {
    const token = this.#peek();
    if (token.kind !== 'sign' || !signs.includes(token.text)) return undefined;
    this.#skip(token);
    return token.text;
  }

  #fail(message: string, token: Token): never {
    const rest =
      token.kind === 'end'
        ? (this.#text
            .trimEnd()
            .split(/\s+/)
            .pop()
            ?.replace(/^\w+(?=\W)/, '') ?? '')
        : this.#text.slice(token.at);
    throw new ArithmeticFailure(`${this.#text.trimStart()}: ${message} (error token is "${rest || this.#text}")`);
  }

  #comma(): bigint {
    let value = this.#assignment();
    while (this.#take(',')) value = this.#assignment();
    return value;
  }

  #assignment(): bigint {
    const start = this.#at;
    const reference = this.#reference();
    const token = this.#peek();
    if (!reference || token.kind !== 'sign' || !ASSIGN.has(token.text)) {
      this.#at = start;
      return this.#ternary();
    }
    this.#skip(token);
    const right = this.#assignment();
    const value = token.text === '=' ? right : this.#operate(token.text.slice(0, -1), this.#load(reference), right, token);
    return this.#store(reference, value);
  }

  #ternary(): bigint {
    const condition = this.#binary(0);
    if (!this.#take('?')) return condition;
    const yes = this.#maybe(condition !== 0n, () => this.#comma());
    if (!this.#take(':')) this.#fail("`:' expected for conditional expression", this.#peek());
    const no = this.#maybe(condition === 0n, () => this.#ternary());
    return condition !== 0n ? yes : no;
  }

  #maybe(active: boolean, act: () => bigint): bigint {
    if (!active) this.#idle++;
    try {
      return act();
    } finally {
      if (!active) this.#idle--;
    }
  }

  #binary(level: number): bigint {
    const signs = LEVELS[level];
    if (!signs) return this.#power();
    let left = this.#binary(level + 1);
    for (;;) {
      const token = this.#peek();
      const sign = this.#take(...signs);
      if (!sign) return left;
      if (sign === '&&') left = this.#maybe(left !== 0n, () => this.#binary(level + 1)) !== 0n && left !== 0n ? 1n : 0n;
      else if (sign === '||') left = this.#maybe(left === 0n, () => this.#binary(level + 1)) !== 0n || left !== 0n ? 1n : 0n;
      else left = this.#operate(sign, left, this.#binary(level + 1), token);
    }
  }

  #power(): bigint {
    const base = this.#unary();
    if (!this.#take('**')) return base;
    const exponent = this.#power();
    if (exponent < 0n) this.#fail('exponent less than 0', this.#peek());
    let result = 1n;
    let square = base;
    for (let e = exponent; e > 0n; e >>= 1n) {
      if (e & 1n) result = BigInt.asIntN(64, result * square);
      square = BigInt.asIntN(64, square * square);
    }
    return result;
  }

  #unary(): bigint {
    const sign = this.#take('!', '~', '+', '-', '++', '--');
    if (sign === '!') return this.#unary() === 0n ? 1n : 0n;
    if (sign === '~') return ~this.#unary();
    if (sign === '-') return BigInt.asIntN(64, -this.#unary());
    if (sign === '+') return this.#unary();
    if (sign) {
      const reference = this.#reference();
      if (!reference) return this.#unary();
      return this.#store(reference, this.#load(reference) + (sign === '++' ? 1n : -1n));
    }
    return this.#primary();
  }

  #primary(): bigint {
    if (this.#take('(')) {
      const value = this.#comma();
      if (!this.#take(')')) this.#fail("missing `)'", this.#peek());
      return value;
    }
    const reference = this.#reference();
    if (reference) {
      const value = this.#load(reference);
      const sign = this.#take('++', '--');
      if (sign) this.#store(reference, value + (sign === '++' ? 1n : -1n));
      return value;
    }
    const token = this.#peek();
    if (token.kind !== 'number') this.#fail('syntax error: operand expected', token);
    this.#skip(token);
    return this.#number(token);
  }

  #reference(): Reference | undefined {
    const token = this.#peek();
    if (token.kind !== 'name') return undefined;
    this.#skip(token);
    if (this.#text[this.#at] !== '[') return { name: token.text, index: undefined };
    const start = ++this.#at;
    for (let depth = 1; this.#at < this.#text.length; this.#at++) {
      if (this.#text[this.#at] === '[') depth++;
      if (this.#text[this.#at] === ']' && --depth === 0) break;
    }
    return { name: token.text, index: this.#text.slice(start, this.#at++) };
  }

  #load({ name, index }: Reference): bigint {
    const text = this.#scope.get(name, index);
    return /^-?[1-9]\d*$|^0?$/.test(text) ? BigInt.asIntN(64, BigInt(text)) : evaluate(text, this.#scope, this.#depth + 1);
  }

  #store({ name, index }: Reference, value: bigint): bigint {
    const wrapped = BigInt.asIntN(64, value);
    if (this.#idle === 0) this.#scope.set(name, index, String(wrapped));
    return wrapped;
  }

  #operate(sign: string, a: bigint, b: bigint, token: Token): bigint {
    if ((sign === '/' || sign === '%') && b === 0n) {
      if (this.#idle > 0) return 0n;
      const after = this.#text.slice(token.at + token.text.length).trimStart();
      throw new ArithmeticFailure(`${this.#text.trimStart()}: division by 0 (error token is "${after}")`);
    }
    return BigInt.asIntN(64, OPERATIONS[sign]?.(a, b) ?? 0n);
  }

  #number(token: Token): bigint {
    const { text } = token;
    const [, base, digits] = /^(\d+)#(.+)$/.exec(text) ?? [];
    if (base !== undefined && digits !== undefined) return this.#based(token, Number(base), digits);
    if (/^0[xX]/.test(text)) return BigInt(text);
    if (/^0\d*$/.test(text)) return this.#based(token, 8, text);
    if (!/^\d+$/.test(text)) this.#fail('value too great for base', token);
    return BigInt.asIntN(64, BigInt(text));
  }

  #based(token: Token, base: number, digits: string): bigint {
    let value = 0n;
    for (const char of digits) {
      const shown = base <= 36 ? char.toLowerCase() : char;
      const digit = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_'.indexOf(shown);
      if (digit < 0 || digit >= base) this.#fail('value too great for base', token);
      value = value * BigInt(base) + BigInt(digit);
    }
    return BigInt.asIntN(64, value);
  }
}

const truth = (yes: boolean): bigint => (yes ? 1n : 0n);

const OPERATIONS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '&': (a, b) => a & b,
  '==': (a, b) => truth(a === b),
  '!=': (a, b) => truth(a !== b),
  '<=': (a, b) => truth(a <= b),
  '>=': (a, b) => truth(a >= b),
  '<': (a, b) => truth(a < b),
  '>': (a, b) => truth(a > b),
  '<<': (a, b) => a << (b & 63n),
  '>>': (a, b) => a >> (b & 63n),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};
