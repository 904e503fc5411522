import type { Process, Stat } from '../../machine/index.ts';
import { defineCommand } from '../define-command.ts';
import { quote } from './quoting.ts';

class TestError extends Error {
  override readonly name = 'TestError';
}

/** test(1) for programs that call it without a shell: probes, `find -exec`, `xargs`. */
export const test = defineCommand({
  names: ['test', '['],
  async run(process) {
    const name = process.argv[0]?.endsWith('[') ? '[' : 'test';
    try {
      const args = process.argv.slice(1);
      if (name === '[' && args.pop() !== ']') throw new TestError('missing ‘]’');
      const parser = { process, words: args, at: 0 };
      if (args.length === 0) return 1;
      const result = or(parser);
      if (parser.at < args.length) throw new TestError(`extra argument ${quote(args[parser.at] ?? '')}`);
      return result ? 0 : 1;
    } catch (error) {
      if (!(error instanceof TestError)) throw error;
      await process.error(`${name}: ${error.message}\n`);
      return 2;
    }
  },
});

interface Parser {
  readonly process: Process;
  readonly words: readonly string[];
  at: number;
}

function or(p: Parser): boolean {
  let result = and(p);
  while (p.words[p.at] === '-o') {
    p.at++;
    result = and(p) || result;
  }
  return result;
}

function and(p: Parser): boolean {
  let result = not(p);
  while (p.words[p.at] === '-a') {
    p.at++;
    result = not(p) && result;
  }
  return result;
}

function not(p: Parser): boolean {
  if (p.words[p.at] !== '!' || p.at + 1 >= p.words.length || BINARY[p.words[p.at + 1] ?? '']) return primary(p);
  p.at++;
  return !not(p);
}

function primary(p: Parser): boolean {
  const [first, second, third] = p.words.slice(p.at, p.at + 3);
  if (first === undefined) throw new TestError(`missing argument after ${quote(p.words[p.at - 1] ?? '')}`);
  const binary = second === undefined ? undefined : BINARY[second];
  if (binary && third !== undefined) {
    p.at += 3;
    return binary(first, third, p.process);
  }
  if (first === '(' && second !== undefined) {
    p.at++;
    const result = or(p);
    if (p.words[p.at++] !== ')') throw new TestError('‘)’ expected');
    return result;
  }
  const unary = UNARY[first];
  if (unary && second !== undefined) {
    p.at += 2;
    return unary(second, p.process);
  }
  p.at++;
  if (second !== undefined && p.words.length - p.at === 1 && second !== '-a' && second !== '-o' && second !== ')' && p.at === 1) {
    throw new TestError(`missing argument after ${quote(second)}`);
  }
  return first !== '';
}

function number(text: string): number {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestError(`invalid integer ${quote(text)}`);
  return Number(text);
}

type Binary = (a: string, b: string, process: Process) => boolean;

const BINARY: Readonly<Record<string, Binary>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '-eq': (a, b) => number(a) === number(b),
  '-ne': (a, b) => number(a) !== number(b),
  '-lt': (a, b) => number(a) < number(b),
  '-le': (a, b) => number(a) <= number(b),
  '-gt': (a, b) => number(a) > number(b),
  '-ge': (a, b) => number(a) >= number(b),
  '-nt': (a, b, process) => changed(process, a) > changed(process, b),
  '-ot': (a, b, process) => changed(process, a) < changed(process, b),
  '-ef': (a, b, process) => {
    const [one, other] = [statOf(process, a), statOf(process, b)];
    return one !== undefined && other !== undefined && one.inode === other.inode;
  },
};

type Unary = (word: string, process: Process) => boolean;

const ofType =
  (type: Stat['type']): Unary =>
  (path, process) =>
    statOf(process, path)?.type === type;

const allowed =
  (right: 1 | 2 | 4): Unary =>
  (path, process) => {
    const stat = statOf(process, path);
    if (!stat) return false;
    const { uid, gid, groups } = process.credentials;
    if (uid === 0) return right !== 1 || stat.type === 'directory' || (stat.mode & 0o111) !== 0;
    const shift = stat.uid === uid ? 6 : stat.gid === gid || groups.includes(stat.gid) ? 3 : 0;
    return ((stat.mode >> shift) & right) !== 0;
  };

const isLink: Unary = (path, process) => statOf(process, path, true)?.type === 'symlink';

const UNARY: Readonly<Record<string, Unary>> = {
  '-n': (word) => word !== '',
  '-z': (word) => word === '',
  '-e': (path, process) => statOf(process, path) !== undefined,
  '-f': ofType('file'),
  '-d': ofType('directory'),
  '-p': ofType('fifo'),
  '-S': ofType('socket'),
  '-c': ofType('device'),
  '-b': () => false,
  '-h': isLink,
  '-L': isLink,
  '-s': (path, process) => (statOf(process, path)?.size ?? 0) > 0,
  '-r': allowed(4),
  '-w': allowed(2),
  '-x': allowed(1),
  '-O': (path, process) => statOf(process, path)?.uid === process.credentials.uid,
  '-G': (path, process) => statOf(process, path)?.gid === process.credentials.gid,
  '-t': (fd, { stdin, stdout, stderr }) => [stdin, stdout, stderr][number(fd)]?.tty !== undefined,
};

function statOf(process: Process, path: string, link = false): Stat | undefined {
  const files = process.machine.files.as(process.credentials);
  try {
    return link ? files.lstat(process.path(path)) : files.stat(process.path(path));
  } catch {
    return undefined;
  }
}

const changed = (process: Process, path: string): number => statOf(process, path)?.mtime ?? Number.NEGATIVE_INFINITY;
