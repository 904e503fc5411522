import type { Stat } from '../../../machine/index.ts';
import { findGroup } from '../accounts.ts';
import { globRegex } from '../glob.ts';
import { parseMode } from '../mode.ts';
import { posixRegex } from '../posix-regex.ts';
import { Failure, type Invocation } from '../utility.ts';
import { actionOf } from './actions.ts';

export interface Found {
  /** As shown: the start point and the way from it. */
  readonly shown: string;
  readonly path: string;
  readonly name: string;
  readonly stat: Stat;
  readonly depth: number;
  readonly start: string;
}

export interface Walk {
  readonly invocation: Invocation;
  prune: boolean;
  quit: boolean;
}

export type Test = (found: Found, walk: Walk) => boolean | Promise<boolean>;

export interface Expression {
  readonly test: Test;
  readonly minDepth: number;
  readonly maxDepth: number;
  readonly depthFirst: boolean;
  /** Things to run when the walk is over (`-exec … +`). */
  readonly finish: readonly ((walk: Walk) => Promise<void>)[];
}

export interface Reader {
  readonly words: string[];
  readonly invocation: Invocation;
  readonly finish: ((walk: Walk) => Promise<void>)[];
  minDepth: number;
  maxDepth: number;
  depthFirst: boolean;
  acts: boolean;
}

/** `-name x -o -type d -print …`; without an action, everything selected is printed. */
export function parseExpression(invocation: Invocation, words: readonly string[]): Expression {
  const reader: Reader = {
    words: [...words],
    invocation,
    finish: [],
    minDepth: 0,
    maxDepth: Number.POSITIVE_INFINITY,
    depthFirst: false,
    acts: false,
  };
  const parsed = reader.words.length > 0 ? parseOr(reader) : () => true;
  if (reader.words.length > 0) throw new Failure(`invalid expression; you have too many ')'`);
  const print = async ({ shown }: Found) => {
    await invocation.print(`${shown}\n`);
    return true;
  };
  const test: Test = reader.acts ? parsed : async (found, walk) => (await parsed(found, walk)) && print(found);
  return { test, minDepth: reader.minDepth, maxDepth: reader.maxDepth, depthFirst: reader.depthFirst, finish: reader.finish };
}

function parseOr(reader: Reader): Test {
  let left = parseAnd(reader);
  while (reader.words[0] === '-o' || reader.words[0] === '-or') {
    reader.words.shift();
    const [a, b] = [left, parseAnd(reader)];
    left = async (found, walk) => (await a(found, walk)) || b(found, walk);
  }
  return left;
}

function parseAnd(reader: Reader): Test {
  let left = parseNot(reader);
  while (reader.words.length > 0 && !['-o', '-or', ')', ','].includes(reader.words[0] ?? '')) {
    if (reader.words[0] === '-a' || reader.words[0] === '-and') reader.words.shift();
    const [a, b] = [left, parseNot(reader)];
    left = async (found, walk) => (await a(found, walk)) && b(found, walk);
  }
  return left;
}

function parseNot(reader: Reader): Test {
  const word = reader.words.shift();
  if (word === '!' || word === '-not') {
    const inner = parseNot(reader);
    return async (found, walk) => !(await inner(found, walk));
  }
  if (word === '(') {
    const inner = parseOr(reader);
    if (reader.words.shift() !== ')') throw new Failure("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
    return inner;
  }
  if (word === undefined) throw new Failure('invalid expression');
  return primary(reader, word);
}

function argument(reader: Reader, name: string): string {
  const value = reader.words.shift();
  if (value === undefined) throw new Failure(`missing argument to \`${name}'`);
  return value;
}

const TYPES: Readonly<Record<string, string>> = { f: 'file', d: 'directory', l: 'symlink', p: 'fifo', s: 'socket', c: 'device', b: 'block' };

function primary(reader: Reader, word: string): Test {
  const next = () => argument(reader, word);
  switch (word) {
    case '-name':
    case '-iname': {
      const pattern = globRegex(next(), { ignoreCase: word === '-iname' });
      return ({ name }) => pattern.test(name);
    }
    case '-path':
    case '-wholename':
    case '-ipath': {
      const pattern = globRegex(next(), { ignoreCase: word === '-ipath' });
      return ({ shown }) => pattern.test(shown);
    }
    case '-regex':
    case '-iregex': {
      const pattern = posixRegex(next(), { wrap: (source) => `^(?:${source})$`, ignoreCase: word === '-iregex', flags: '' });
      return ({ shown }) => pattern.test(shown);
    }
    case '-type': {
      const types = next().split(',');
      for (const type of types) if (!TYPES[type]) throw new Failure(`Unknown argument to -type: ${type}`);
      return ({ stat }) => types.some((type) => TYPES[type] === stat.type);
    }
    case '-maxdepth':
    case '-mindepth': {
      const value = next();
      if (!/^\d+$/.test(value)) throw new Failure(`Expected a positive decimal integer argument to ${word}, but got ‘${value}’`);
      if (word === '-maxdepth') reader.maxDepth = Number(value);
      else reader.minDepth = Number(value);
      return () => true;
    }
    case '-depth':
      reader.depthFirst = true;
      return () => true;
    case '-true':
    case '-xdev':
    case '-mount':
    case '-noleaf':
    case '-follow':
      return () => true;
    case '-false':
      return () => false;
    default:
      return attributeTest(reader, word, next) ?? actionOf(reader, word, next) ?? unknown(word);
  }
}

function unknown(word: string): never {
  if (word.startsWith('-')) throw new Failure(`unknown predicate \`${word}'`);
  throw new Failure(`paths must precede expression: \`${word}'`);
}

/** `+n` more than, `-n` less than, `n` exactly. */
function compareNumber(text: string, value: number): boolean {
  const wanted = Number(text.replace(/^[-+]/, ''));
  if (text.startsWith('+')) return value > wanted;
  return text.startsWith('-') ? value < wanted : value === wanted;
}

const SIZE_UNITS: Readonly<Record<string, number>> = { c: 1, w: 2, b: 512, k: 1024, M: 1024 ** 2, G: 1024 ** 3 };
const AGE: Readonly<Record<string, number>> = {
  '-mtime': 86_400_000,
  '-mmin': 60_000,
  '-ctime': 86_400_000,
  '-cmin': 60_000,
  '-atime': 86_400_000,
  '-amin': 60_000,
};

function attributeTest({ invocation: u }: Reader, word: string, next: () => string): Test | undefined {
  const age = AGE[word];
  if (age !== undefined) {
    const text = next();
    return ({ stat }) => compareNumber(text, Math.floor((u.process.clock.now() - stat.mtime) / age));
  }
  switch (word) {
    case '-size': {
      const [, amount = '0', unit = 'b'] = /^([-+]?\d+)([cwbkMG]?)$/.exec(next()) ?? [];
      return ({ stat }) => compareNumber(amount, Math.ceil(stat.size / (SIZE_UNITS[unit || 'b'] ?? 512)));
    }
    case '-empty':
      return ({ stat, path }) => (stat.type === 'directory' ? u.files.list(path).length === 0 : stat.type === 'file' && stat.size === 0);
    case '-newer': {
      const reference = u.files.stat(u.process.path(next())).mtime;
      return ({ stat }) => stat.mtime > reference;
    }
    case '-user': {
      const uid = u.process.machine.users.find(next())?.uid;
      return ({ stat }) => stat.uid === uid;
    }
    case '-uid': {
      const text = next();
      return ({ stat }) => compareNumber(text, stat.uid);
    }
    case '-group': {
      const gid = findGroup(u.process.machine, next());
      return ({ stat }) => stat.gid === gid;
    }
    case '-links': {
      const text = next();
      return ({ stat }) => compareNumber(text, stat.links);
    }
    case '-perm':
      return permissionTest(next());
    case '-executable':
      return ({ stat }) => (stat.mode & 0o111) !== 0;
    case '-readable':
    case '-writable':
      return () => true;
    default:
      return undefined;
  }
}

function permissionTest(text: string): Test {
  const wanted = parseMode(text.replace(/^[-/]/, ''), 0, false, 0);
  if (wanted === undefined) throw new Failure(`invalid mode ‘${text}’`);
  if (text.startsWith('-')) return ({ stat }) => (stat.mode & wanted) === wanted;
  if (text.startsWith('/')) return ({ stat }) => wanted === 0 || (stat.mode & wanted) !== 0;
  return ({ stat }) => stat.mode === wanted;
}
