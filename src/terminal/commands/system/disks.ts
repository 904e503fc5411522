import { FileError } from '../../../machine/index.ts';
import { joinPath } from '../file-name.ts';
import { quoteIfNeeded } from '../quoting.ts';
import { humanSize } from '../size.ts';
import { defineUtility, type Invocation } from '../utility.ts';

const GIB = 1024 ** 3;
const KERNEL_TYPES = new Set(['proc', 'sysfs', 'cgroup2', 'devpts', 'mqueue', 'securityfs', 'debugfs', 'tracefs', 'bpf']);
/** What the system itself takes of the disk, besides the files that are modelled. */
const SYSTEM_USE = 3.2 * GIB;

interface Mount {
  readonly path: string;
  readonly type: string;
  readonly source: string;
  readonly readOnly: boolean;
}

export const mount = defineUtility({
  names: ['mount'],
  options: 't,types= l o,options= a,all v B,bind r w',
  package: 'from util-linux 2.39.3',
  async run(u) {
    if (u.operands.length > 0) {
      await u.process.error('kubeproctor does not simulate mounting by hand\n');
      u.status = 32;
      return;
    }
    const type = u.options.value('t');
    for (const one of u.process.machine.files.mounts()) {
      if (type !== undefined && !type.split(',').includes(one.type)) continue;
      await u.print(`${one.source} on ${one.path} type ${one.type} (${one.readOnly ? 'ro' : 'rw'},relatime)\n`);
    }
  },
});

interface Usage {
  readonly mount: Mount;
  readonly size: number;
  readonly used: number;
}

export const df = defineUtility({
  names: ['df'],
  options: 'h,human-readable H,si a,all T,print-type k m i,inodes l,local P,portability t,type= x,exclude-type= total output? B,block-size=',
  usage: 'df [OPTION]... [FILE]...',
  async run(u) {
    const mounts = u.process.machine.files.mounts();
    const chosen = u.operands.length > 0 ? await mountsOf(u, mounts) : mounts.filter((one) => u.options.has('a') || !KERNEL_TYPES.has(one.type));
    const [type, except] = [u.options.value('t'), u.options.value('x')];
    const shown = chosen.filter((one) => (type === undefined || one.type === type) && one.type !== except);
    if (shown.length === 0) {
      if (u.status === 0) await u.complain('no file systems processed');
      return;
    }
    await u.print(
      table(
        u,
        shown.map((one) => usageOf(u, one)),
      ),
    );
  },
});

async function mountsOf(u: Invocation, mounts: readonly Mount[]): Promise<Mount[]> {
  const found: Mount[] = [];
  for (const name of u.operands) {
    await u.tolerate(quoteIfNeeded(name), () => {
      const real = u.files.realpath(u.process.path(name));
      const below = mounts.filter(({ path }) => path === '/' || real === path || real.startsWith(`${path}/`));
      const nearest = below.sort((a, b) => b.path.length - a.path.length)[0];
      if (nearest) found.push(nearest);
    });
  }
  return found;
}

function usageOf(u: Invocation, one: Mount): Usage {
  if (KERNEL_TYPES.has(one.type)) return { mount: one, size: 0, used: 0 };
  const inside = (path: string) => u.process.machine.files.mounts().some((other) => other.path === path && path !== one.path);
  const content = treeSize(u, one.path, inside);
  if (one.type === 'tmpfs') return { mount: one, size: u.process.machine.hardware.memory, used: content };
  return { mount: one, size: 40 * GIB, used: SYSTEM_USE + content };
}

/** Bytes of all files below, other mounts left out. */
function treeSize(u: Invocation, path: string, isMount: (path: string) => boolean): number {
  const { files } = u.process.machine;
  const stat = files.lstat(path);
  if (stat.type !== 'directory') return Math.ceil(stat.size / 4096) * 4096;
  return files.list(path).reduce((sum, child) => {
    const full = joinPath(path, child);
    return isMount(full) ? sum : sum + treeSize(u, full, isMount);
  }, 4096);
}

function table(u: Invocation, usages: readonly Usage[]): string {
  const human = u.options.has('h') || u.options.has('H');
  const unit = u.options.has('m') ? 1024 ** 2 : 1024;
  const amount = (bytes: number) => (human ? humanSize(bytes, u.options.has('H') ? 1000 : 1024) : String(Math.ceil(bytes / unit)));
  const typed = u.options.has('T');
  const heads = [
    'Filesystem',
    ...(typed ? ['Type'] : []),
    human ? 'Size' : u.options.has('m') ? '1M-blocks' : '1K-blocks',
    'Used',
    human ? 'Avail' : 'Available',
    'Use%',
  ];
  const rows = usages.map(({ mount: one, size, used }) => {
    const percent = size === 0 ? '-' : `${Math.ceil((used * 100) / size)}%`;
    return [one.source, ...(typed ? [one.type] : []), amount(size), amount(used), amount(Math.max(0, size - used)), percent, one.path];
  });
  const least = human ? [14, ...(typed ? [4] : []), 5, 5, 5, 4] : [14, ...(typed ? [4] : []), 5, 8, 9, 4];
  const widths = heads.map((head, i) => Math.max(least[i] ?? 0, head.length, ...rows.map((row) => (row[i] ?? '').length)));
  const left = typed ? 2 : 1;
  const line = (cells: readonly string[]) =>
    widths.map((width, i) => (i < left ? (cells[i] ?? '').padEnd(width) : (cells[i] ?? '').padStart(width))).join(' ');
  return [...[[...heads, 'Mounted on'], ...rows].map((cells) => `${line(cells)} ${cells.at(-1)}\n`)].join('');
}

export const du = defineUtility({
  names: ['du'],
  options: 's,summarize h,human-readable a,all c,total d,max-depth= k m b,bytes x L H S apparent-size exclude= 0',
  usage: 'du [OPTION]... [FILE]...',
  async run(u) {
    let total = 0;
    for (const name of u.operands.length > 0 ? u.operands : ['.']) {
      await u.tolerate(`cannot access '${name}'`, async () => {
        u.files.lstat(u.process.path(name));
        total += await walk(u, name, 0);
      });
    }
    if (u.options.has('c')) await u.print(`${shown(u, total)}\ttotal\n`);
  },
});

function shown(u: Invocation, bytes: number): string {
  if (u.options.has('h')) return humanSize(bytes);
  return String(u.options.has('b') ? bytes : Math.ceil(bytes / (u.options.has('m') ? 1024 ** 2 : 1024)));
}

async function walk(u: Invocation, name: string, depth: number): Promise<number> {
  const path = u.process.path(name);
  const stat = u.files.lstat(path);
  const exact = u.options.has('b') || u.options.has('apparent-size');
  const directory = stat.type === 'directory';
  let sum = directory ? 4096 : stat.type === 'file' ? (exact ? stat.size : Math.ceil(stat.size / 4096) * 4096) : 0;
  if (directory) {
    try {
      for (const child of u.files.list(path)) sum += await walk(u, joinPath(name, child), depth + 1);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await u.complain(`cannot read directory '${name}': ${error.message}`);
    }
  }
  const deepest = u.options.has('s') ? 0 : Number(u.options.value('d') ?? Number.POSITIVE_INFINITY);
  if (depth <= deepest && (directory || depth === 0 || u.options.has('a'))) await u.print(`${shown(u, sum)}\t${name}\n`);
  return sum;
}
