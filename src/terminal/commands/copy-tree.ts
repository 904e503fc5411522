import { FileError, type Stat } from '../../machine/index.ts';
import { baseName, joinPath } from './file-name.ts';
import { shellQuote } from './quoting.ts';
import { Failure, type Invocation } from './utility.ts';

export interface CopyOptions {
  readonly recursive: boolean;
  readonly followLinks: boolean;
  readonly preserve: boolean;
  readonly verbose: boolean;
}

/** Copies one file or tree onto exactly `to`. */
export async function copyTree(u: Invocation, from: string, to: string, options: CopyOptions): Promise<void> {
  const source = u.process.path(from);
  const target = u.process.path(to);
  const stat = options.followLinks ? u.files.stat(source) : u.files.lstat(source);
  if (stat.type === 'directory') return copyDirectory(u, from, to, options, stat);
  if (stat.type === 'symlink') {
    if (linkStat(u, target)) u.files.remove(target);
    u.files.symlink(u.files.readlink(source), target);
  } else copyFile(u, source, target, stat);
  if (options.preserve && stat.type !== 'symlink') keepAttributes(u, target, stat);
  if (options.verbose) await u.print(`${shellQuote(from)} -> ${shellQuote(to)}\n`);
}

function copyFile(u: Invocation, source: string, target: string, stat: Stat): void {
  if (stat.program) {
    u.files.install(target, stat.program);
    return;
  }
  const data = u.files.read(source);
  const existed = u.files.exists(target);
  u.files.write(target, data, existed ? {} : { mode: stat.mode & ~0o022 });
}

async function copyDirectory(u: Invocation, from: string, to: string, options: CopyOptions, stat: Stat): Promise<void> {
  const source = u.process.path(from);
  const target = u.process.path(to);
  if (!options.recursive) throw new Failure(`-r not specified; omitting directory ${shellQuote(from)}`);
  if (target === source || target.startsWith(`${source}/`))
    throw new Failure(`cannot copy a directory, ${shellQuote(from)}, into itself, ${shellQuote(to)}`);
  const existing = linkStat(u, target);
  if (existing && u.files.stat(target).type !== 'directory') {
    throw new Failure(`cannot overwrite non-directory ${shellQuote(to)} with directory ${shellQuote(from)}`);
  }
  if (!existing) {
    u.files.mkdir(target, { mode: stat.mode });
    if (options.verbose) await u.print(`${shellQuote(from)} -> ${shellQuote(to)}\n`);
  }
  for (const entry of u.files.list(source)) {
    await u.tolerate(`cannot open ${shellQuote(joinPath(from, entry))} for reading`, () =>
      copyTree(u, joinPath(from, entry), joinPath(to, entry), { ...options, followLinks: options.followLinks && u.options.has('L') }),
    );
  }
  if (options.preserve) keepAttributes(u, target, stat);
}

function keepAttributes(u: Invocation, target: string, stat: Stat): void {
  u.files.chmod(target, stat.mode);
  if (u.process.credentials.uid === 0) u.files.chown(target, stat.uid, stat.gid);
  u.files.utimes(target, stat.mtime);
}

export function linkStat(u: Invocation, path: string): Stat | undefined {
  try {
    return u.files.lstat(path);
  } catch (error) {
    if (error instanceof FileError && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

export const isDirectory = (u: Invocation, name: string): boolean => {
  const path = u.process.path(name);
  return u.files.exists(path) && u.files.stat(path).type === 'directory';
};

/** Pairs every source with where it goes: into the directory named last (or by -t), or onto the last operand. */
export function destinations(u: Invocation): { from: string; to: string }[] {
  const [first] = u.operands;
  const into = u.options.value('t');
  if (first === undefined) throw new Failure('missing file operand', { usage: true });
  if (into !== undefined) {
    if (!isDirectory(u, into))
      throw new Failure(
        `target directory ${shellQuote(into)}: ${u.files.exists(u.process.path(into)) ? 'Not a directory' : 'No such file or directory'}`,
      );
    return u.operands.map((from) => ({ from, to: joinPath(into, baseName(from)) }));
  }
  const last = u.operands.at(-1) ?? '';
  const sources = u.operands.slice(0, -1);
  if (sources.length === 0) throw new Failure(`missing destination file operand after ${shellQuote(last)}`, { usage: true });
  if (!u.options.has('T') && isDirectory(u, last)) return sources.map((from) => ({ from, to: joinPath(last, baseName(from)) }));
  if (sources.length > 1)
    throw new Failure(`target ${shellQuote(last)}${u.files.exists(u.process.path(last)) ? ': Not a directory' : ': No such file or directory'}`);
  if (last.endsWith('/') && !isDirectory(u, first) && !u.files.exists(u.process.path(last))) {
    throw new Failure(`cannot create regular file ${shellQuote(last)}: Not a directory`);
  }
  return [{ from: first, to: last }];
}
