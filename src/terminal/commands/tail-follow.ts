import { FileError } from '../../machine/index.ts';
import { baseName } from './file-name.ts';
import { shellQuote } from './quoting.ts';
import type { Invocation } from './utility.ts';

interface Followed {
  readonly name: string;
  readonly path: string;
  size: number;
  inode: number | undefined;
}

/** Prints what is appended to the files until killed; woken by the file system, not by polling. */
export async function followFiles(u: Invocation, names: readonly string[], title: (name: string) => Promise<void>): Promise<void> {
  const followed = names.map((name) => start(u, name));
  if (followed.length === 0) {
    if (names.length === 0 && u.operands.some((name) => name !== '-')) await u.complain('no files remaining');
    return;
  }
  let wake: () => void = () => undefined;
  const stops = followed.map(({ path }) => u.process.machine.files.watch(path, () => wake()));
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      for (const file of followed) await catchUp(u, file, title);
      await Promise.race([changed, untilKilled(u)]);
    }
  } finally {
    for (const stop of stops) stop();
  }
}

const untilKilled = (u: Invocation): Promise<never> =>
  new Promise((_, reject) => {
    const { signal } = u.process;
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

function start(u: Invocation, name: string): Followed {
  const path = u.process.path(name);
  const stat = statOf(u, path);
  return { name, path, size: stat?.size ?? 0, inode: stat?.inode };
}

async function catchUp(u: Invocation, file: Followed, title: (name: string) => Promise<void>): Promise<void> {
  const stat = statOf(u, file.path);
  if (!stat) {
    if (file.inode !== undefined && u.options.has('F'))
      await u.complain(`${shellQuote(baseName(file.name))} has become inaccessible: No such file or directory`);
    file.inode = undefined;
    return;
  }
  if (stat.inode !== file.inode) {
    if (!u.options.has('F')) return;
    await u.process.error(
      `${u.name}: ${shellQuote(file.name)} has ${file.inode === undefined ? 'appeared' : 'been replaced'};  following new file\n`,
    );
    file.inode = stat.inode;
    file.size = 0;
  }
  const content = u.files.read(file.path);
  if (content.length < file.size) {
    await u.process.error(`${u.name}: ${file.name}: file truncated\n`);
    file.size = 0;
  }
  if (content.length === file.size) return;
  await title(file.name);
  await u.process.stdout.write(content.slice(file.size));
  file.size = content.length;
}

function statOf(u: Invocation, path: string) {
  try {
    return u.files.stat(path);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
