import { PatternError, posixRegex } from './posix-regex.ts';
import { quote } from './quoting.ts';
import { defineUtility, Failure } from './utility.ts';

export const expr = defineUtility({
  names: ['expr'],
  failure: 2,
  usage: 'expr EXPRESSION',
  rewrite: (args) => (args.length === 1 && /^--(help|version)$/.test(args[0] ?? '') ? args : ['--', ...args]),
  async run(u) {
    const words = u.operands[0] === '--' ? u.operands.slice(1) : [...u.operands];
    if (words.length === 0) throw new Failure('missing operand', { usage: true });
    const parser = { words, at: 0 };
    const value = binary(parser, 0);
    if (parser.at < words.length) throw syntax(`unexpected argument ${quote(words[parser.at] ?? '')}`);
    await u.print(`${value}\n`);
    u.status = isNull(value) ? 1 : 0;
  },
});

interface Parser {
  readonly words: readonly string[];
  at: number;
}

const syntax = (message: string): Failure => new Failure(`syntax error: ${message}`);
const isNull = (value: string): boolean => value === '' || /^-?0+$/.test(value);
const isNumber = (value: string): boolean => /^-?\d+$/.test(value);

function integer(value: string): bigint {
  if (!isNumber(value)) throw new Failure('non-integer argument');
  return BigInt(value);
}

function divisor(value: string): bigint {
  const number = integer(value);
  if (number === 0n) throw new Failure('division by zero');
  return number;
}

const compare = (a: string, b: string): number => (isNumber(a) && isNumber(b) ? Number(BigInt(a) - BigInt(b)) : a < b ? -1 : a > b ? 1 : 0);
const truth = (value: boolean): string => (value ? '1' : '0');

type Operator = (a: string, b: string) => string;

/** From the loosest to the tightest. */
const LEVELS: readonly Readonly<Record<string, Operator>>[] = [
  { '|': (a, b) => (isNull(a) ? (isNull(b) ? '0' : b) : a) },
  { '&': (a, b) => (isNull(a) || isNull(b) ? '0' : a) },
  {
    '=': (a, b) => truth(compare(a, b) === 0),
    '==': (a, b) => truth(compare(a, b) === 0),
    '!=': (a, b) => truth(compare(a, b) !== 0),
    '<': (a, b) => truth(compare(a, b) < 0),
    '<=': (a, b) => truth(compare(a, b) <= 0),
    '>': (a, b) => truth(compare(a, b) > 0),
    '>=': (a, b) => truth(compare(a, b) >= 0),
  },
  { '+': (a, b) => String(integer(a) + integer(b)), '-': (a, b) => String(integer(a) - integer(b)) },
  {
    '*': (a, b) => String(integer(a) * integer(b)),
    '/': (a, b) => String(integer(a) / divisor(b)),
    '%': (a, b) => String(integer(a) % divisor(b)),
  },
  { ':': match },
];

function binary(parser: Parser, level: number): string {
  const operators = LEVELS[level];
  if (!operators) return operand(parser);
  let left = binary(parser, level + 1);
  for (let apply = operators[parser.words[parser.at] ?? '']; apply; apply = operators[parser.words[parser.at] ?? '']) {
    parser.at++;
    left = apply(left, binary(parser, level + 1));
  }
  return left;
}

function next(parser: Parser): string {
  const word = parser.words[parser.at];
  if (word === undefined) throw syntax(`missing argument after ${quote(parser.words[parser.at - 1] ?? '')}`);
  parser.at++;
  return word;
}

function operand(parser: Parser): string {
  const word = next(parser);
  const more = parser.at < parser.words.length;
  if (word === '(') {
    const value = binary(parser, 0);
    if (parser.words[parser.at] !== ')') throw syntax(`expecting ')' after ${quote(parser.words[parser.at - 1] ?? '')}`);
    parser.at++;
    return value;
  }
  if (word === '+' && more) return next(parser);
  if (word === 'length' && more) return String([...operand(parser)].length);
  if (word === 'match' && more) return match(operand(parser), operand(parser));
  if (word === 'index' && more) {
    const text = operand(parser);
    const set = operand(parser);
    return String([...text].findIndex((character) => set.includes(character)) + 1);
  }
  if (word === 'substr' && more) {
    const text = operand(parser);
    const [from, length] = [Number(operand(parser)), Number(operand(parser))];
    return from >= 1 && length >= 1 ? [...text].slice(from - 1, from - 1 + length).join('') : '';
  }
  return word;
}

/** Anchored at the beginning; the first group, or how much matched. */
function match(text: string, pattern: string): string {
  const grouped = /\\\(/.test(pattern);
  try {
    const found = posixRegex(`^\\(${pattern.replace(/^\^/, '')}\\)`, { extended: false, ignoreCase: false }).exec(text);
    if (grouped) return found?.[2] ?? '';
    return String([...(found?.[0] ?? '')].length);
  } catch (error) {
    if (error instanceof PatternError) throw new Failure(error.message);
    throw error;
  }
}
