import { FileError } from '../../machine/index.ts';
import { joinPath } from './file-name.ts';
import { type Entry, longRows, shortRows } from './ls-format.ts';
import { shellQuote } from './quoting.ts';
import { defineUtility, type Invocation } from './utility.ts';

export const ls = defineUtility({
  names: ['ls', 'dir'],
  options:
    'a,all A,almost-all author b,escape block-size= B,ignore-backups c C color? d,directory D,dired f F,classify? file-type format= full-time g ' +
    'group-directories-first G,no-group h,human-readable si H hide= i,inode I,ignore= k l L,dereference m n,numeric-uid-gid N,literal o p ' +
    'q,hide-control-chars Q,quote-name quoting-style= r,reverse R,recursive s,size S sort= time= time-style= t u U v w,width= x X Z,context 1 zero',
  failure: 2,
  usage: 'ls [OPTION]... [FILE]...',
  async run(u) {
    const plain: Entry[] = [];
    const directories: Entry[] = [];
    for (const name of u.operands.length > 0 ? u.operands : ['.']) {
      await u.tolerate(`cannot access ${shellQuote(name)}`, () => {
        const entry = look(u, name, u.process.path(name), !u.options.has('l') || u.options.has('L'));
        (entry.stat.type === 'directory' && !u.options.has('d') ? directories : plain).push(entry);
      });
    }
    await u.print(rows(u, sortEntries(u, plain), false));
    let first = plain.length === 0;
    const titled = u.operands.length > 1 || u.options.has('R');
    for (const entry of sortEntries(u, directories)) {
      first = await listDirectory(u, entry, { titled, first });
    }
  },
});

function look(u: Invocation, name: string, path: string, follow: boolean): Entry {
  const own = u.files.lstat(path);
  const target = own.type === 'symlink' && u.files.exists(path) ? u.files.stat(path) : undefined;
  return { name, path, stat: follow && target ? target : own, target, link: own.type === 'symlink' ? u.files.readlink(path) : undefined };
}

const rows = (u: Invocation, entries: readonly Entry[], total: boolean): string => {
  const { options } = u;
  const format = options.last('l', 'g', 'n', 'o', '1', 'C', 'm', 'x', 'full-time');
  const long = ['l', 'g', 'n', 'o', 'full-time'].some((key) => options.has(key)) && !['C', 'm', 'x'].includes(format ?? '');
  return long ? longRows(u, entries, total) : shortRows(u, entries);
};

async function listDirectory(u: Invocation, entry: Entry, { titled, first }: { titled: boolean; first: boolean }): Promise<boolean> {
  let names: string[];
  try {
    names = u.files.list(entry.path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await u.complain(`cannot open directory ${shellQuote(entry.name)}: ${error.message}`);
    return first;
  }
  const entries = sortEntries(
    u,
    visible(u, names).map((name) => look(u, name, joinPath(entry.path, name), u.options.has('L'))),
  );
  await u.print(`${first ? '' : '\n'}${titled ? `${entry.name}:\n` : ''}${rows(u, entries, true)}`);
  if (!u.options.has('R')) return false;
  for (const child of entries) {
    if (child.stat.type !== 'directory' || child.name === '.' || child.name === '..') continue;
    await listDirectory(u, { ...child, name: joinPath(entry.name, child.name) }, { titled: true, first: false });
  }
  return false;
}

function visible(u: Invocation, names: readonly string[]): string[] {
  const how = u.options.last('a', 'A', 'f');
  if (how === 'a' || how === 'f') return ['.', '..', ...names];
  return how === 'A' ? [...names] : names.filter((name) => !name.startsWith('.'));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const extension = (name: string): string => (name.lastIndexOf('.') > 0 ? name.slice(name.lastIndexOf('.')) : '');

function sortEntries(u: Invocation, entries: readonly Entry[]): Entry[] {
  const { options } = u;
  const word = options.value('sort');
  const key = word ? ({ none: 'U', size: 'S', time: 't', version: 'v', extension: 'X' }[word] ?? 'name') : options.last('t', 'S', 'U', 'v', 'X', 'f');
  if (key === 'U' || key === 'f') return [...entries];
  const byName = (a: Entry, b: Entry) => compareText(a.name, b.name);
  const compare = (a: Entry, b: Entry): number => {
    if (key === 't') return b.stat.mtime - a.stat.mtime || byName(a, b);
    if (key === 'S') return b.stat.size - a.stat.size || byName(a, b);
    if (key === 'X') return compareText(extension(a.name), extension(b.name)) || byName(a, b);
    if (key === 'v') return a.name.localeCompare(b.name, 'en', { numeric: true });
    return byName(a, b);
  };
  const sorted = [...entries].sort(compare);
  if (options.has('r')) sorted.reverse();
  if (!options.has('group-directories-first')) return sorted;
  const isDirectory = ({ stat, target }: Entry) => (target ?? stat).type === 'directory';
  return [...sorted.filter(isDirectory), ...sorted.filter((entry) => !isDirectory(entry))];
}
