import { formatPrintf } from './printf-format.ts';
import { quote } from './quoting.ts';
import { defineUtility, Failure } from './utility.ts';

export const seq = defineUtility({
  names: ['seq'],
  options: 'f,format= s,separator= w,equal-width',
  stopAtOperand: true,
  usage: 'seq [OPTION]... [FIRST [INCREMENT]] LAST',
  rewrite: (args) => {
    const first = args.findIndex((word, i) => /^-?[\d.]/.test(word) && !/^-[sf]$/.test(args[i - 1] ?? ''));
    return first < 0 || args.includes('--') ? args : [...args.slice(0, first), '--', ...args.slice(first)];
  },
  async run(u) {
    if (u.operands.length === 0) throw new Failure('missing operand', { usage: true });
    if (u.operands.length > 3) throw new Failure(`extra operand ${quote(u.operands[3] ?? '')}`, { usage: true });
    for (const word of u.operands) if (!isNumber(word)) throw new Failure(`invalid floating point argument: ${quote(word)}`, { usage: true });
    const last = u.operands.at(-1) ?? '1';
    const first = u.operands.length > 1 ? (u.operands[0] ?? '1') : '1';
    const step = u.operands.length > 2 ? (u.operands[1] ?? '1') : '1';
    if (Number(step) === 0) throw new Failure(`invalid Zero increment value: ${quote(step)}`, { usage: true });
    const decimals = Math.max(fraction(first), fraction(step));
    const separator = u.options.value('s') ?? '\n';
    const width = u.options.has('w') ? equalWidth(first, last, decimals) : 0;
    const format = u.options.value('f');
    const show = (value: number) => (format === undefined ? pad(value.toFixed(decimals), width) : formatPrintf(format, [String(value)]).text);
    let batch = '';
    let index = 0;
    const [from, by, to] = [Number(first), Number(step), Number(last)];
    for (let value = from; by > 0 ? value <= to + by * 1e-10 : value >= to + by * 1e-10; value = from + ++index * by) {
      batch += (index > 0 ? separator : '') + show(value);
      if (batch.length < 8192) continue;
      await u.print(batch);
      await u.process.breathe();
      batch = '';
    }
    await u.print(batch + (index > 0 ? '\n' : ''));
  },
});

const isNumber = (word: string): boolean => /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$|^[-+]?inf(inity)?$/i.test(word);
const fraction = (word: string): number => /\.(\d*)/.exec(word)?.[1]?.length ?? 0;
const equalWidth = (first: string, last: string, decimals: number): number =>
  Math.max(Number(first).toFixed(decimals).length, Number(last).toFixed(decimals).length);

function pad(text: string, width: number): string {
  return text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
}
