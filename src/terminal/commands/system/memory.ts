import { humanSize } from '../size.ts';
import { defineUtility, type Invocation } from '../utility.ts';

/** /proc/meminfo, in KiB. */
export function memoryFacts(u: Invocation): { total: number; free: number; available: number; cache: number; used: number } {
  const text = u.process.machine.files.readText('/proc/meminfo');
  const row = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  const [total, free, available, cache] = [row('MemTotal'), row('MemFree'), row('MemAvailable'), row('Buffers') + row('Cached')];
  return { total, free, available, cache, used: total - available };
}

const HEADING = '               total        used        free      shared  buff/cache   available\n';

export const free = defineUtility({
  names: ['free'],
  options: 'b,bytes k,kibi m,mebi g,gibi h,human si t,total w,wide s,seconds= c,count= l L v',
  package: 'from procps-ng 4.0.4',
  async run(u) {
    const facts = memoryFacts(u);
    const unit = { b: 1 / 1024, k: 1, m: 1024, g: 1024 ** 2 }[u.options.last('b', 'k', 'm', 'g') ?? 'k'] ?? 1;
    const show = (kib: number) => (u.options.has('h') ? human(kib * 1024) : String(Math.floor(kib / unit))).padStart(12);
    const row = (label: string, values: readonly number[]) => `${label.padEnd(8)}${values.map(show).join('')}\n`;
    const memory = row('Mem:', [facts.total, facts.used, facts.free, 3200, facts.cache, facts.available]);
    const total = u.options.has('t') ? row('Total:', [facts.total, facts.used, facts.free]) : '';
    await u.print(HEADING + memory + row('Swap:', [0, 0, 0]) + total);
  },
});

/** 652Mi, 8.6Mi: three places at most. */
function human(bytes: number): string {
  if (bytes < 1024) return `${bytes}B`;
  return `${humanSize(bytes)}i`;
}
