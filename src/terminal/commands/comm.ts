import { collectLines } from './input.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

const linesOf = (u: Invocation, name: string): Promise<string[]> =>
  collectLines(u.process, [name], (file, error) => Promise.reject(new Failure(`${file}: ${error.message}`)));

export const comm = defineUtility({
  names: ['comm'],
  options: '1 2 3 check-order nocheck-order output-delimiter= total',
  usage: 'comm [OPTION]... FILE1 FILE2',
  async run(u) {
    const [first, second] = u.operands;
    if (first === undefined) throw new Failure('missing operand', { usage: true });
    if (second === undefined) throw new Failure(`missing operand after ‘${first}’`, { usage: true });
    const [left, right] = [await linesOf(u, first), await linesOf(u, second)];
    const delimiter = u.options.value('output-delimiter') ?? '\t';
    const shown = (column: number) => !u.options.has(String(column));
    const row = (column: 1 | 2 | 3, text: string) => {
      if (!shown(column)) return '';
      const before = [1, 2].filter((earlier) => earlier < column && shown(earlier)).length;
      return `${delimiter.repeat(before)}${text}\n`;
    };
    let out = '';
    for (let i = 0, j = 0; i < left.length || j < right.length; ) {
      const [a, b] = [left[i], right[j]];
      if (b === undefined || (a !== undefined && a < b)) {
        out += row(1, a ?? '');
        i++;
      } else if (a === undefined || b < a) {
        out += row(2, b);
        j++;
      } else {
        out += row(3, a);
        i++;
        j++;
      }
    }
    await u.print(out);
  },
});

export const join = defineUtility({
  names: ['join'],
  options: 'a= e= i,ignore-case j= o= t= v= 1= 2= header',
  usage: 'join [OPTION]... FILE1 FILE2',
  async run(u) {
    const [first, second] = u.operands;
    if (first === undefined || second === undefined) throw new Failure('missing operand', { usage: true });
    const separator = u.options.value('t');
    const fields = (line: string) => (separator === undefined ? line.trim().split(/[ \t]+/) : line.split(separator));
    const glue = separator ?? ' ';
    const [one, two] = ['1', '2'].map((key) => Number(u.options.value(key) ?? u.options.value('j') ?? '1') - 1) as [number, number];
    const left = (await linesOf(u, first)).map(fields);
    const right = (await linesOf(u, second)).map(fields);
    const key = (row: readonly string[], at: number) => (u.options.has('i') ? (row[at] ?? '').toLowerCase() : (row[at] ?? ''));
    const rest = (row: readonly string[], at: number) => row.filter((_, i) => i !== at);
    const only = u.options.values('v');
    const unpaired = [...u.options.values('a'), ...only];
    const used = new Set<readonly string[]>();
    let out = '';
    for (const a of left) {
      const partners = right.filter((b) => key(b, two) === key(a, one));
      for (const b of partners) {
        used.add(b);
        if (only.length === 0) out += `${[a[one] ?? '', ...rest(a, one), ...rest(b, two)].join(glue)}\n`;
      }
      if (partners.length === 0 && unpaired.includes('1')) out += `${[a[one] ?? '', ...rest(a, one)].join(glue)}\n`;
    }
    if (unpaired.includes('2')) for (const b of right) if (!used.has(b)) out += `${[b[two] ?? '', ...rest(b, two)].join(glue)}\n`;
    await u.print(out);
  },
});
