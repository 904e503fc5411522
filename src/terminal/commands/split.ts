import { collectLines, openInput, readAll } from './input.ts';
import { createOutput } from './output.ts';
import { quote, shellQuote } from './quoting.ts';
import { parseSize } from './size.ts';
import { defineUtility, Failure } from './utility.ts';

export const split = defineUtility({
  names: ['split'],
  options: 'l,lines= b,bytes= C,line-bytes= n,number= a,suffix-length= d,numeric-suffixes? additional-suffix= verbose',
  usage: 'split [OPTION]... [FILE [PREFIX]]',
  rewrite: (args) => args.flatMap((word) => (/^-\d+$/.test(word) ? ['-l', word.slice(1)] : [word])),
  async run(u) {
    const [name = '-', prefix = 'x'] = u.operands;
    const kind = u.options.last('l', 'b', 'n') ?? 'l';
    const text = u.options.value(kind) ?? '1000';
    const count = parseSize(text);
    if (!count)
      throw new Failure(
        `invalid number of ${kind === 'b' ? 'bytes' : kind === 'n' ? 'chunks' : 'lines'}: ${quote(text)}${count === 0 ? ': Numerical result out of range' : ''}`,
      );
    const parts: Uint8Array[] = [];
    const opened = await u.tolerate(`cannot open ${shellQuote(name)} for reading`, async () => {
      parts.push(...pieces(Buffer.from(await readAll(openInput(u.process, name))), kind, count));
    });
    if (!opened) return;
    for (const [i, part] of parts.entries()) {
      const target = `${prefix}${suffix(i, Number(u.options.value('a') ?? '2'), u.options.has('d'))}${u.options.value('additional-suffix') ?? ''}`;
      if (u.options.has('verbose')) await u.print(`creating file ${shellQuote(target)}\n`);
      await createOutput(u.process, target)(part);
    }
  },
});

function pieces(data: Buffer, kind: string, count: number): Buffer[] {
  if (data.length === 0) return [];
  const result: Buffer[] = [];
  if (kind === 'l') {
    let from = 0;
    let lines = 0;
    for (let at = data.indexOf(10); at >= 0; at = data.indexOf(10, at + 1)) {
      if (++lines % count !== 0) continue;
      result.push(data.subarray(from, at + 1));
      from = at + 1;
    }
    return from < data.length ? [...result, data.subarray(from)] : result;
  }
  const size = kind === 'n' ? Math.max(1, Math.floor(data.length / count)) : count;
  const whole = kind === 'n' ? count : Math.ceil(data.length / size);
  return Array.from({ length: whole }, (_, i) => data.subarray(i * size, kind === 'n' && i === count - 1 ? undefined : (i + 1) * size));
}

/** aa, ab, … or 00, 01, … */
function suffix(index: number, length: number, numeric: boolean): string {
  if (numeric) return String(index).padStart(length, '0');
  let out = '';
  for (let rest = index, i = 0; i < length; i++, rest = Math.floor(rest / 26)) out = String.fromCharCode(97 + (rest % 26)) + out;
  return out;
}

export const shuf = defineUtility({
  names: ['shuf'],
  options: 'e,echo i,input-range= n,head-count= o,output= r,repeat z random-source=',
  usage: 'shuf [OPTION]... [FILE]',
  async run(u) {
    const range = /^(\d+)-(\d+)$/.exec(u.options.value('i') ?? '');
    if (u.options.has('i') && !range) throw new Failure(`invalid input range: ${quote(u.options.value('i') ?? '')}`);
    const [from, to] = [Number(range?.[1]), Number(range?.[2])];
    if (range && to - from > 10_000_000) throw new Failure('memory exhausted');
    const all = range
      ? Array.from({ length: to - from + 1 }, (_, i) => String(from + i))
      : u.options.has('e')
        ? [...u.operands]
        : await collectLines(u.process, u.operands, (name, error) => u.complain(`${name}: ${error.message}`));
    const random = u.process.clock.random.fork(`shuf ${u.process.pid}`);
    for (let i = all.length - 1; i > 0; i--) {
      const j = random.int(i + 1);
      [all[i], all[j]] = [all[j] ?? '', all[i] ?? ''];
    }
    const chosen = all
      .slice(0, u.options.has('n') ? Number(u.options.value('n')) : undefined)
      .map((line) => `${line}\n`)
      .join('');
    const output = u.options.value('o');
    if (output === undefined) await u.print(chosen);
    else await createOutput(u.process, output)(chosen);
  },
});
