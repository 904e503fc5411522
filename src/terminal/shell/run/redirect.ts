import { FileError, NetworkError, openSink, openSource, type Sink, type Source, sourceOf } from '../../../machine/index.ts';
import { expandText, expandWords } from '../expansion/expand.ts';
import type { Descriptor, Shell } from '../shell.ts';
import { ShellFailure } from '../signals-of-flow.ts';
import type { Redirect, Word } from '../syntax/ast.ts';

/** Runs `act` with descriptors redirected, and puts them back. */
export async function withRedirects<T>(shell: Shell, redirects: readonly Redirect[], act: () => Promise<T>): Promise<T> {
  if (redirects.length === 0) return act();
  const before = shell.fds;
  shell.fds = new Map(before);
  try {
    await redirect(shell, redirects);
    return await act();
  } catch (error) {
    if (error instanceof RedirectFailure) shell.fds = before;
    throw error;
  } finally {
    shell.fds = before;
  }
}

/** A command whose redirection failed is not run. */
export class RedirectFailure extends ShellFailure {}

/** Redirects for good (`exec`), or until the caller puts the old table back. */
export async function redirect(shell: Shell, redirects: readonly Redirect[]): Promise<void> {
  for (const one of redirects) {
    try {
      await apply(shell, one);
    } catch (error) {
      if (error instanceof FileError) throw new RedirectFailure(`${await shown(shell, one)}: ${error.message}`);
      throw error;
    }
  }
}

const shown = async (shell: Shell, { target }: Redirect): Promise<string> => expandText(shell, target);

async function apply(shell: Shell, { operator, fd, variable, target }: Redirect): Promise<void> {
  const number = variable ? freeDescriptor(shell, variable) : fd;
  switch (operator) {
    case '<<':
    case '<<<': {
      const text = (await expandText(shell, target)) + (operator === '<<<' ? '\n' : '');
      shell.fds.set(number ?? 0, { source: sourceOf(text) });
      return;
    }
    case '<':
      shell.fds.set(number ?? 0, await input(shell, await fileName(shell, target)));
      return;
    case '<>':
      shell.fds.set(number ?? 0, await both(shell, await fileName(shell, target)));
      return;
    case '<&':
    case '>&':
      return duplicate(shell, operator, number, target);
    case '&>':
    case '&>>':
      return outAndError(shell, await output(shell, await fileName(shell, target), operator === '&>>'));
    default:
      shell.fds.set(number ?? 1, await output(shell, await fileName(shell, target), operator === '>>', operator === '>|'));
  }
}

function outAndError(shell: Shell, descriptor: Descriptor): void {
  shell.fds.set(1, descriptor);
  shell.fds.set(2, descriptor);
}

function freeDescriptor(shell: Shell, variable: string): number {
  const given = Number(shell.variables.get(variable) ?? Number.NaN);
  if (shell.fds.has(given)) return given;
  let fd = 10;
  while (shell.fds.has(fd)) fd++;
  shell.variables.set(variable, String(fd));
  return fd;
}

async function duplicate(shell: Shell, operator: '<&' | '>&', fd: number | undefined, target: Word): Promise<void> {
  const text = await expandText(shell, target);
  const number = fd ?? (operator === '<&' ? 0 : 1);
  if (text === '-') {
    shell.fds.delete(number);
    return;
  }
  const [, from, closes] = /^(\d+)(-?)$/.exec(text) ?? [];
  if (from === undefined) {
    if (operator === '>&' && fd === undefined) return outAndError(shell, await output(shell, text, false));
    throw new RedirectFailure(`${text}: ambiguous redirect`);
  }
  const source = shell.fds.get(Number(from));
  if (!source) throw new RedirectFailure(`${from}: Bad file descriptor`);
  shell.fds.set(number, source);
  if (closes) shell.fds.delete(Number(from));
}

async function fileName(shell: Shell, target: Word): Promise<string> {
  const words = await expandWords(shell, [target]);
  const [only, ...others] = words;
  if (only === undefined || others.length > 0) throw new RedirectFailure(`${sourceOfWord(target)}: ambiguous redirect`);
  return only;
}

const sourceOfWord = (word: Word): string => word.parts.map((p) => ('text' in p ? p.text : '')).join('');

export const openForReadingIn = async (shell: Shell, target: Word): Promise<Source> => {
  const path = await fileName(shell, target);
  try {
    return (await input(shell, path)).source ?? sourceOf('');
  } catch (error) {
    if (error instanceof FileError) throw new ShellFailure(`${path}: ${error.message}`);
    throw error;
  }
};

const NETWORK = /^\/dev\/(tcp|udp)\/([^/]+)\/(\d+)$/;

async function input(shell: Shell, path: string): Promise<Descriptor> {
  if (NETWORK.test(path)) return both(shell, path);
  const standard = inherited(shell, path);
  return standard ?? { source: openSource(shell.process, path) };
}

async function output(shell: Shell, path: string, append: boolean, force = false): Promise<Descriptor> {
  if (NETWORK.test(path)) return both(shell, path);
  if (path === '') throw new FileError('ENOENT', path, 'No such file or directory');
  const standard = inherited(shell, path);
  if (standard) return standard;
  const files = shell.process.machine.files;
  const full = shell.process.path(path);
  if (shell.options.has('noclobber') && !append && !force && files.exists(full) && files.stat(full).type === 'file') {
    throw new RedirectFailure(`${path}: cannot overwrite existing file`);
  }
  return { sink: openSink(shell.process, path, { append }) };
}

/** The shell's own descriptors by their file names. */
function inherited(shell: Shell, path: string): Descriptor | undefined {
  const named = { '/dev/stdin': 0, '/dev/stdout': 1, '/dev/stderr': 2 }[path];
  const number = named ?? (/^\/dev\/fd\/\d$/.test(path) ? Number(path.slice(-1)) : undefined);
  return number === undefined ? undefined : shell.fds.get(number);
}

async function both(shell: Shell, path: string): Promise<Descriptor> {
  const [, protocol, host, port] = NETWORK.exec(path) ?? [];
  if (host === undefined || port === undefined)
    return { source: openSource(shell.process, path), sink: openSink(shell.process, path, { append: true }) };
  const { process } = shell;
  try {
    const connection = await process.machine.network.connect(
      { host, port: Number(port), protocol: protocol === 'udp' ? 'UDP' : 'TCP' },
      { signal: process.signal },
    );
    const stream = connection.stream();
    const sink: Sink = { write: (data) => stream.write(typeof data === 'string' ? new TextEncoder().encode(data) : data), end: () => stream.end() };
    return { source: { read: () => stream.read(), close: () => stream.end() }, sink };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const unknown = error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN';
    await shell.complain(unknown ? `${host}: Name or service not known` : `connect: ${reason(error)}`);
    throw new RedirectFailure(`${path}: ${unknown ? 'Invalid argument' : reason(error)}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ETIMEDOUT: 'Connection timed out',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
};
const reason = (error: NetworkError): string => REASONS[error.code] ?? error.message;
