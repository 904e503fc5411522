import { FileError } from '../../machine/index.ts';
import { copyTree, destinations, linkStat } from './copy-tree.ts';
import { shellQuote } from './quoting.ts';
import { confirm } from './rm.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const mv = defineUtility({
  names: ['mv'],
  options:
    'b backup? f,force i,interactive n,no-clobber S,suffix= t,target-directory= T,no-target-directory u,update v,verbose strip-trailing-slashes',
  usage: 'mv [OPTION]... SOURCE... DEST',
  async run(u) {
    for (const { from, to } of destinations(u)) {
      try {
        await moveOne(u, from, to);
      } catch (error) {
        if (error instanceof FileError) await u.complain(describe(u, from, to, error));
        else if (error instanceof Failure && !error.usage) await u.complain(error.message);
        else throw error;
      }
    }
  },
});

async function moveOne(u: Invocation, from: string, to: string): Promise<void> {
  const [source, target] = [u.process.path(from), u.process.path(to)];
  const stat = u.files.lstat(source);
  const existing = linkStat(u, target);
  if (existing) {
    if (existing.inode === stat.inode && existing.type === stat.type && source === target) {
      throw new Failure(`${shellQuote(from)} and ${shellQuote(to)} are the same file`);
    }
    if (existing.type === 'directory' && stat.type !== 'directory') {
      throw new Failure(`cannot overwrite directory ${shellQuote(to)} with non-directory`);
    }
    if (existing.type !== 'directory' && stat.type === 'directory') {
      throw new Failure(`cannot overwrite non-directory ${shellQuote(to)} with directory ${shellQuote(from)}`);
    }
    const how = u.options.last('n', 'i', 'f');
    if (how === 'n' || (u.options.has('u') && existing.mtime >= stat.mtime)) return;
    if (how === 'i' && !(await confirm(u, `overwrite ${shellQuote(to)}?`))) return;
  }
  if (target.startsWith(`${source}/`)) throw new Failure(`cannot move ${shellQuote(from)} to a subdirectory of itself, ${shellQuote(to)}`);
  await relocate(u, from, to);
  if (u.options.has('v')) await u.print(`renamed ${shellQuote(from)} -> ${shellQuote(to)}\n`);
}

/** Renames; between file systems it copies and then removes. */
async function relocate(u: Invocation, from: string, to: string): Promise<void> {
  const [source, target] = [u.process.path(from), u.process.path(to)];
  try {
    u.files.rename(source, target);
  } catch (error) {
    if (!(error instanceof FileError) || error.code !== 'EXDEV') throw error;
    await copyTree(u, from, to, { recursive: true, followLinks: false, preserve: true, verbose: false });
    u.files.remove(source, { recursive: true });
  }
}

function describe(u: Invocation, from: string, to: string, error: FileError): string {
  if (!linkStat(u, u.process.path(from))) return `cannot stat ${shellQuote(from)}: ${error.message}`;
  return `cannot move ${shellQuote(from)} to ${shellQuote(to)}: ${error.message}`;
}
