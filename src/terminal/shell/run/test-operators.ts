import type { Stat } from '../../../machine/index.ts';
import type { Shell } from '../shell.ts';

/** What `-f x` and its like say; undefined for an unknown operator. */
export function unaryTest(shell: Shell, operator: string, operand: string): boolean | undefined {
  const direct = DIRECT[operator];
  if (direct) return direct(shell, operand);
  const test = FILE_TESTS[operator];
  if (!test) return undefined;
  const stat = statOf(shell, operand, operator === '-h' || operator === '-L');
  return stat !== undefined && test(stat, shell);
}

const DIRECT: Readonly<Record<string, (shell: Shell, operand: string) => boolean>> = {
  '-n': (_, text) => text !== '',
  '-z': (_, text) => text === '',
  '-v': (shell, name) => isSet(shell, name),
  '-R': (shell, name) => shell.variables.find(name)?.reference === true,
  '-o': (shell, option) => shell.options.has(option),
  '-t': (shell, fd) => shell.fds.get(Number(fd))?.source?.tty !== undefined || shell.fds.get(Number(fd))?.sink?.tty !== undefined,
};

const FILE_TESTS: Readonly<Record<string, (stat: Stat, shell: Shell) => boolean>> = {
  '-a': () => true,
  '-e': () => true,
  '-f': (s) => s.type === 'file',
  '-d': (s) => s.type === 'directory',
  '-h': (s) => s.type === 'symlink',
  '-L': (s) => s.type === 'symlink',
  '-p': (s) => s.type === 'fifo',
  '-S': (s) => s.type === 'socket',
  '-b': () => false,
  '-c': (s) => s.type === 'device',
  '-s': (s) => s.size > 0,
  '-r': (s, shell) => allowed(s, shell, 4),
  '-w': (s, shell) => allowed(s, shell, 2),
  '-x': (s, shell) => allowed(s, shell, 1),
  '-u': (s) => (s.mode & 0o4000) !== 0,
  '-g': (s) => (s.mode & 0o2000) !== 0,
  '-k': (s) => (s.mode & 0o1000) !== 0,
  '-O': (s, shell) => s.uid === shell.process.credentials.uid,
  '-G': (s, shell) => s.gid === shell.process.credentials.gid,
  '-N': () => true,
};

export const isUnary = (operator: string): boolean => operator in DIRECT || operator in FILE_TESTS;

/** What `a = b` and its like say; undefined for an unknown operator. */
export function binaryTest(shell: Shell, left: string, operator: string, right: string): boolean | undefined {
  const text = TEXT_TESTS[operator];
  if (text) return text(left, right);
  const number = NUMBER_TESTS[operator];
  if (number) return number(BigInt(left.trim()), BigInt(right.trim()));
  const file = PAIR_TESTS[operator];
  return file?.(statOf(shell, left), statOf(shell, right));
}

const TEXT_TESTS: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
};

export const NUMBER_TESTS: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

const PAIR_TESTS: Readonly<Record<string, (a: Stat | undefined, b: Stat | undefined) => boolean>> = {
  '-nt': (a, b) => a !== undefined && (b === undefined || a.mtime > b.mtime),
  '-ot': (a, b) => b !== undefined && (a === undefined || a.mtime < b.mtime),
  '-ef': (a, b) => a !== undefined && a.inode === b?.inode,
};

export const isBinary = (operator: string): boolean => operator in TEXT_TESTS || operator in NUMBER_TESTS || operator in PAIR_TESTS;

function isSet(shell: Shell, operand: string): boolean {
  const [, name = '', index] = /^(\w+)(?:\[(.*)\])?$/.exec(operand) ?? [];
  const variable = shell.variables.find(name);
  if (/^\d+$/.test(name)) return shell.positional[Number(name) - 1] !== undefined;
  if (index === undefined) return shell.variables.get(name) !== undefined;
  if (index === '@' || index === '*') return (variable?.list?.size ?? variable?.table?.size ?? 0) > 0;
  return variable?.table?.has(index) ?? variable?.list?.has(Number(index)) ?? false;
}

function statOf(shell: Shell, path: string, link = false): Stat | undefined {
  const { process } = shell;
  if (path === '') return undefined;
  try {
    const files = process.machine.files.as(process.credentials);
    return link ? files.lstat(process.path(path)) : files.stat(process.path(path));
  } catch {
    return undefined;
  }
}

function allowed({ mode, uid, gid, type }: Stat, { process }: Shell, right: 1 | 2 | 4): boolean {
  const who = process.credentials;
  if (who.uid === 0) return right !== 1 || type === 'directory' || (mode & 0o111) !== 0;
  const shift = uid === who.uid ? 6 : gid === who.gid || who.groups.includes(gid) ? 3 : 0;
  return ((mode >> shift) & right) !== 0;
}
