import { chomp, collectLines, lineBatches, openInput, readText } from './input.ts';
import { quoteIfNeeded } from './quoting.ts';
import { defineUtility, type Invocation } from './utility.ts';

const inputsOf = ({ operands }: Invocation): readonly string[] => (operands.length > 0 ? operands : ['-']);

async function mapLines(u: Invocation, change: (line: string) => string): Promise<void> {
  for (const name of inputsOf(u)) {
    await u.tolerate(quoteIfNeeded(name), async () => {
      for await (const batch of lineBatches(openInput(u.process, name))) {
        await u.print(batch.map((line) => change(chomp(line)) + (line.endsWith('\n') ? '\n' : '')).join(''));
      }
    });
  }
}

export const rev = defineUtility({
  names: ['rev'],
  run: (u) => mapLines(u, (line) => [...line].reverse().join('')),
});

export const tac = defineUtility({
  names: ['tac'],
  options: 'b,before r,regex s,separator=',
  async run(u) {
    for (const name of inputsOf(u)) {
      await u.tolerate(`failed to open '${name}' for reading`, async () => {
        const text = await readText(openInput(u.process, name));
        await u.print((text.match(/[^\n]*\n|[^\n]+$/g) ?? []).reverse().join(''));
      });
    }
  },
});

export const fold = defineUtility({
  names: ['fold'],
  options: 'b,bytes s,spaces w,width=',
  rewrite: (args) => args.flatMap((word) => (/^-\d+$/.test(word) ? ['-w', word.slice(1)] : [word])),
  run: (u) => mapLines(u, (line) => wrap(line, Number(u.options.value('w') ?? '80'), u.options.has('s'))),
});

function wrap(line: string, width: number, atSpaces: boolean): string {
  const out: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = atSpaces ? rest.lastIndexOf(' ', width - 1) : -1;
    const at = space > 0 ? space + 1 : width;
    out.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...out, rest].join('\n');
}

export const fmt = defineUtility({
  names: ['fmt'],
  options: 'w,width= u,uniform-spacing s,split-only c t p=',
  async run(u) {
    const width = Number(u.options.value('w') ?? '75');
    for (const name of inputsOf(u)) {
      const text = await readText(openInput(u.process, name));
      const paragraphs = text.split(/\n{2,}/).map((paragraph) => fillParagraph(paragraph.split(/\s+/).filter(Boolean), width));
      await u.print(`${paragraphs.join('\n\n')}\n`);
    }
  },
});

function fillParagraph(words: readonly string[], width: number): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

export const expand = defineUtility({
  names: ['expand', 'unexpand'],
  options: 'i,initial t,tabs= a,all first-only',
  run(u) {
    const size = Number(u.options.value('t') ?? '8');
    if (u.name === 'unexpand')
      return mapLines(u, (line) => line.replace(new RegExp(`^( {${size}})+`), (blanks) => '\t'.repeat(blanks.length / size)));
    return mapLines(u, (line) => expandTabs(line, size));
  },
});

export function expandTabs(line: string, size: number): string {
  let out = '';
  for (const character of line) out += character === '\t' ? ' '.repeat(size - (out.length % size)) : character;
  return out;
}

export const nl = defineUtility({
  names: ['nl'],
  options: 'b,body-numbering= w,number-width= s,number-separator= v,starting-line-number= i,line-increment= n,number-format= h= f= d= p l=',
  run(u) {
    const width = Number(u.options.value('w') ?? '6');
    const style = u.options.value('b') ?? 't';
    const format = u.options.value('n') ?? 'rn';
    let number = Number(u.options.value('v') ?? '1');
    const separator = u.options.value('s') ?? '\t';
    return mapLines(u, (line) => {
      if (style === 'n' || (style === 't' && line === '')) return `${' '.repeat(width + separator.length)}${line}`;
      const text = format === 'ln' ? String(number).padEnd(width) : String(number).padStart(width, format === 'rz' ? '0' : ' ');
      number += Number(u.options.value('i') ?? '1');
      return text + separator + line;
    });
  },
});

export const paste = defineUtility({
  names: ['paste'],
  options: 'd,delimiters= s,serial z',
  async run(u) {
    const delimiters = [...(u.options.value('d') ?? '\t').replace(/\\(.)/g, (_, c: string) => ({ n: '\n', t: '\t', '0': '' })[c] ?? c)];
    const columns: string[][] = [];
    const shared = u.operands.filter((name) => name === '-').length;
    let stdin: string[] | undefined;
    let turn = 0;
    for (const name of inputsOf(u)) {
      const read = () => collectLines(u.process, [name], (file, error) => u.complain(`${file}: ${error.message}`));
      if (name !== '-' || shared < 2) columns.push(await read());
      else {
        stdin ??= await read();
        const mine = turn++;
        columns.push(stdin.filter((_, i) => i % shared === mine));
      }
    }
    const join = (cells: readonly string[]) =>
      cells.map((cell, i) => (i === 0 ? '' : (delimiters[(i - 1) % delimiters.length] ?? '')) + cell).join('');
    if (u.options.has('s')) return u.print(columns.map((cells) => `${join(cells)}\n`).join(''));
    const rows = Math.max(0, ...columns.map((cells) => cells.length));
    await u.print(Array.from({ length: rows }, (_, i) => `${join(columns.map((cells) => cells[i] ?? ''))}\n`).join(''));
  },
});

export const column = defineUtility({
  names: ['column'],
  options: 't,table s,separator= o,output-separator= c,output-width= N,table-columns= n J e,table-empty-lines R,table-right= H=',
  async run(u) {
    const all = (await collectLines(u.process, u.operands, (file, error) => u.complain(`cannot open ${file}: ${error.message}`))).filter((line) =>
      line.trim(),
    );
    if (!u.options.has('t')) return u.print(fillColumns(all, Number(u.options.value('c') ?? u.process.stdout.tty?.size.columns ?? 80)));
    const separator = u.options.value('s');
    const split = (line: string) =>
      separator === undefined ? line.trim().split(/[ \t]+/) : line.split(new RegExp(`[${separator.replace(/[\]\\^-]/g, '\\$&')}]`));
    const header = u.options.value('N')?.split(',');
    const rows = [...(header ? [header] : []), ...all.map(split)];
    const widths = rows.reduce<number[]>((sofar, row) => {
      row.forEach((cell, i) => {
        sofar[i] = Math.max(sofar[i] ?? 0, [...cell].length);
      });
      return sofar;
    }, []);
    const glue = u.options.value('o') ?? '  ';
    const last = widths.length - 1;
    const text = rows.map((row) => widths.map((width, i) => (i === last ? (row[i] ?? '') : (row[i] ?? '').padEnd(width))).slice(0, row.length));
    await u.print(text.map((cells) => `${cells.join(glue)}\n`).join(''));
  },
});

function fillColumns(items: readonly string[], screen: number): string {
  const width = Math.ceil((Math.max(0, ...items.map((item) => item.length)) + 1) / 8) * 8;
  const columns = Math.max(1, Math.floor(screen / width));
  const rows = Math.ceil(items.length / columns);
  const cells = (row: number) => items.filter((_, i) => i % rows === row);
  return Array.from({ length: rows }, (_, row) => {
    const line = cells(row);
    return `${line.map((cell, i) => (i < line.length - 1 ? cell + '\t'.repeat(Math.ceil((width - cell.length) / 8)) : cell)).join('')}\n`;
  }).join('');
}
