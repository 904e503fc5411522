import { chunks, openInput } from './input.ts';
import { quoteIfNeeded } from './quoting.ts';
import { defineUtility, type Invocation } from './utility.ts';

interface Counts {
  l: number;
  w: number;
  m: number;
  c: number;
  L: number;
}

export const wc = defineUtility({
  names: ['wc'],
  options: 'c,bytes m,chars l,lines L,max-line-length w,words',
  usage: 'wc [OPTION]... [FILE]...',
  async run(u) {
    const chosen = (['l', 'w', 'm', 'c', 'L'] as const).filter((key) => u.options.has(key));
    const columns = chosen.length > 0 ? chosen : (['l', 'w', 'c'] as const);
    const names = u.operands.length > 0 ? u.operands : ['-'];
    const width = columnWidth(u, names, columns.length);
    const total: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
    const row = (counts: Counts, name: string) =>
      `${columns.map((key) => String(counts[key]).padStart(width)).join(' ')}${name === '' ? '' : ` ${name}`}\n`;
    for (const name of names) {
      await u.tolerate(quoteIfNeeded(name), async () => {
        const counts = await count(openInput(u.process, name));
        for (const key of ['l', 'w', 'm', 'c'] as const) total[key] += counts[key];
        total.L = Math.max(total.L, counts.L);
        await u.print(row(counts, u.operands.length > 0 ? name : ''));
      });
    }
    if (names.length > 1) await u.print(row(total, 'total'));
  },
});

/** As wc computes it: from the files' sizes, 7 when one is not a regular file, 1 when there is a single number. */
function columnWidth(u: Invocation, names: readonly string[], columns: number): number {
  if (names.length === 1 && columns === 1) return 1;
  let total = 0;
  let minimum = 1;
  for (const name of names) {
    const path = u.process.path(name);
    if (name === '-') minimum = 7;
    else if (u.files.exists(path)) {
      const stat = u.files.stat(path);
      if (stat.type === 'file') total += stat.size;
      else minimum = 7;
    }
  }
  return Math.max(minimum, String(total).length);
}

async function count(source: ReturnType<typeof openInput>): Promise<Counts> {
  const decoder = new TextDecoder();
  const counts: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
  let inWord = false;
  let column = 0;
  for await (const chunk of chunks(source)) {
    counts.c += chunk.length;
    for (const character of decoder.decode(chunk, { stream: true })) {
      counts.m++;
      const space = /\s/u.test(character);
      if (!space && !inWord) counts.w++;
      inWord = !space;
      if (character === '\n') {
        counts.l++;
        column = 0;
      } else column = character === '\t' ? column + 8 - (column % 8) : column + 1;
      counts.L = Math.max(counts.L, column);
    }
  }
  return counts;
}
