import { FileError } from '../../machine/index.ts';
import { copyTree, destinations, linkStat } from './copy-tree.ts';
import { shellQuote } from './quoting.ts';
import { confirm } from './rm.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const cp = defineUtility({
  names: ['cp'],
  options:
    'a,archive b backup? d f,force i,interactive H l,link L,dereference n,no-clobber P,no-dereference p preserve? no-preserve= parents ' +
    'R,r,recursive reflink? s,symbolic-link S,suffix= t,target-directory= T,no-target-directory u,update v,verbose x,one-file-system',
  usage: 'cp [OPTION]... SOURCE... DEST',
  async run(u) {
    for (const { from, to } of destinations(u)) {
      try {
        await copyOne(u, from, to);
      } catch (error) {
        if (error instanceof FileError) await u.complain(describe(u, from, to, error));
        else if (error instanceof Failure && !error.usage) await u.complain(error.message);
        else throw error;
      }
    }
  },
});

async function copyOne(u: Invocation, from: string, to: string): Promise<void> {
  const { options } = u;
  const [source, target] = [u.process.path(from), u.process.path(to)];
  const archive = options.has('a');
  const recursive = archive || options.has('R');
  const existing = linkStat(u, target);
  const stat = u.files.lstat(source);
  if (existing && stat.type !== 'directory') {
    if (u.files.exists(target) && u.files.exists(source) && u.files.realpath(source) === u.files.realpath(target)) {
      throw new Failure(`${shellQuote(from)} and ${shellQuote(to)} are the same file`);
    }
    const effective = u.files.exists(target) ? u.files.stat(target).type : existing.type;
    if (effective === 'directory') throw new Failure(`cannot overwrite directory ${shellQuote(to)} with non-directory ${shellQuote(from)}`);
    if (options.last('n', 'i', 'f') === 'n') return;
    if (options.has('u') && existing.mtime >= stat.mtime) return;
    if (options.last('n', 'i', 'f') === 'i' && !(await confirm(u, `overwrite ${shellQuote(to)}?`))) return;
  }
  if (options.has('s') || options.has('l')) {
    if (existing && options.has('f')) u.files.remove(target);
    return options.has('s') ? u.files.symlink(from, target) : u.files.link(source, target);
  }
  const keepLinks = archive || options.has('P') || options.has('d') || (recursive && !options.has('L') && !options.has('H'));
  await copyTree(u, from, to, {
    recursive,
    followLinks: !keepLinks,
    preserve: archive || options.has('p') || options.has('preserve'),
    verbose: options.has('v'),
  });
}

function describe(u: Invocation, from: string, to: string, error: FileError): string {
  if (error.path === u.process.path(from)) {
    return linkStat(u, u.process.path(from))
      ? `cannot open ${shellQuote(from)} for reading: ${error.message}`
      : `cannot stat ${shellQuote(from)}: ${error.message}`;
  }

  return `cannot create regular file ${shellQuote(to)}: ${error.message}`;
}
