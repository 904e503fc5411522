import { binaryTest, isBinary, isUnary, NUMBER_TESTS, unaryTest } from '../run/test-operators.ts';
import type { Shell } from '../shell.ts';
import type { Builtin, Builtins } from './builtin.ts';

class TestFailure extends Error {
  override readonly name = 'TestFailure';
}

const test: Builtin = (shell, args, name) => judge(shell, args, name, (text) => shell.complain(text));

/** 0 for true, 1 for false, 2 for what makes no sense. */
export async function judge(shell: Shell, args: readonly string[], name: string, complain: (text: string) => Promise<void>): Promise<number> {
  try {
    if (name !== '[') return decide(shell, args) ? 0 : 1;
    if (args.at(-1) !== ']') throw new TestFailure("missing `]'");
    return decide(shell, args.slice(0, -1)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestFailure)) throw error;
    await complain(`${name}: ${error.message}`);
    return 2;
  }
}

export const testBuiltins: Builtins = { test, '[': test };

/** POSIX decides by the number of arguments; more than four are an expression. */
function decide(shell: Shell, args: readonly string[]): boolean {
  const [a = '', b = '', c = '', d = ''] = args;
  switch (args.length) {
    case 0:
      return false;
    case 1:
      return a !== '';
    case 2:
      if (a === '!') return b === '';
      if (isUnary(a)) return unary(shell, a, b);
      throw new TestFailure(`${a}: unary operator expected`);
    case 3:
      if (isBinary(b)) return binary(shell, a, b, c);
      if (b === '-a') return a !== '' && c !== '';
      if (b === '-o') return a !== '' || c !== '';
      if (a === '!') return !decide(shell, [b, c]);
      if (a === '(' && c === ')') return b !== '';
      throw new TestFailure(`${b}: binary operator expected`);
    case 4:
      if (a === '!') return !decide(shell, [b, c, d]);
      if (a === '(' && d === ')') return decide(shell, [b, c]);
      return new Expression(shell, args).run();
    default:
      return new Expression(shell, args).run();
  }
}

const unary = (shell: Shell, operator: string, operand: string): boolean => unaryTest(shell, operator, operand) ?? false;

function binary(shell: Shell, left: string, operator: string, right: string): boolean {
  if (operator in NUMBER_TESTS) {
    for (const side of [left, right]) if (!/^\s*[-+]?\d+\s*$/.test(side)) throw new TestFailure(`${side}: integer expression expected`);
    return binaryTest(shell, left.trim().replace(/^\+/, ''), operator, right.trim().replace(/^\+/, '')) ?? false;
  }
  return binaryTest(shell, left, operator, right) ?? false;
}

class Expression {
  readonly #shell: Shell;
  readonly #args: readonly string[];
  #at = 0;

  constructor(shell: Shell, args: readonly string[]) {
    this.#shell = shell;
    this.#args = args;
  }

  run(): boolean {
    const value = this.#or();
    if (this.#at < this.#args.length) throw new TestFailure('too many arguments');
    return value;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#take('-o')) value = this.#and() || value;
    return value;
  }

  #and(): boolean {
    let value = this.#primary();
    while (this.#take('-a')) value = this.#primary() && value;
    return value;
  }

  #primary(): boolean {
    if (this.#take('!')) return !this.#primary();
    const [first, second, third] = this.#args.slice(this.#at, this.#at + 3);
    if (first === undefined) throw new TestFailure('argument expected');
    if (second !== undefined && third !== undefined && isBinary(second)) {
      this.#at += 3;
      return binary(this.#shell, first, second, third);
    }
    if (this.#take('(')) {
      const value = this.#or();
      if (!this.#take(')')) throw new TestFailure("`)' expected");
      return value;
    }
    if (isUnary(first) && second !== undefined) {
      this.#at += 2;
      return unary(this.#shell, first, second);
    }
    this.#at++;
    return first !== '';
  }

  #take(word: string): boolean {
    if (this.#args[this.#at] !== word) return false;
    this.#at++;
    return true;
  }
}
