import { openInput, readAll } from './input.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
const printable = (byte: number): string => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.');

async function inputs(u: Invocation, names: readonly string[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (const name of names.length > 0 ? names : ['-']) await u.tolerate(name, async () => void parts.push(await readAll(openInput(u.process, name))));
  return Buffer.concat(parts);
}

interface Row {
  readonly at: number;
  readonly bytes: Buffer;
  /** As the row before. */
  readonly same: boolean;
}

function rowsOf(data: Buffer, width: number): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < data.length; at += width) {
    const bytes = data.subarray(at, at + width);
    const before = rows.at(-1)?.bytes;
    rows.push({ at, bytes, same: before !== undefined && bytes.length === width && bytes.equals(before) });
  }
  return rows;
}

/** Rows as they are printed; repetitions become one `*`. */
function printed(rows: readonly Row[], everything: boolean, show: (row: Row) => string): string {
  return rows.map((row, i) => (everything || !row.same ? show(row) : rows[i - 1]?.same ? '' : '*\n')).join('');
}

export const xxd = defineUtility({
  names: ['xxd'],
  failure: 2,
  options: 'p,ps,plain r,revert u b,bits i,include c,cols= g,groupsize= l,len= s,seek= e a',
  package: '2023-10-25 by Juergen Weigert et al.',
  rewrite: (args) => args.map((word) => (/^-(ps|plain)$/.test(word) ? '-p' : word)),
  async run(u) {
    const { options } = u;
    const data = await inputs(u, u.operands.slice(0, 1));
    if (options.has('r')) return u.process.stdout.write(reverted(data.toString('latin1'), options.has('p')));
    const skip = Number(options.value('s') ?? 0);
    const bytes = data.subarray(skip, options.has('l') ? skip + Number(options.value('l')) : undefined);
    const raise = (text: string) => (options.has('u') ? text.toUpperCase() : text);
    const width = Number(options.value('c') ?? (options.has('p') ? 30 : options.has('b') ? 6 : 16));
    if (options.has('p'))
      return u.print(
        rowsOf(bytes, width)
          .map((row) => `${raise(row.bytes.toString('hex'))}\n`)
          .join(''),
      );
    const group = Number(options.value('g') ?? (options.has('b') ? 1 : 2));
    const one = (byte: number) => (options.has('b') ? byte.toString(2).padStart(8, '0') : raise(hex(byte, 2)));
    const room = Array.from({ length: width }, (_, i) => (i > 0 && i % group === 0 ? 1 : 0) + one(0).length).reduce((a, b) => a + b, 0);
    const show = ({ at, bytes: row }: Row) => {
      const cells = Array.from(row, (byte, i) => (i > 0 && i % group === 0 ? ' ' : '') + one(byte)).join('');
      return `${hex(at + skip, 8)}: ${cells.padEnd(room)}  ${Array.from(row, printable).join('')}\n`;
    };
    await u.print(rowsOf(bytes, width).map(show).join(''));
  },
});

function reverted(text: string, plain: boolean): Uint8Array {
  const digits = plain ? text : text.replace(/^[\da-f]+: ((?:[\da-f]+ ?)*) .*$/gim, '$1');
  return Buffer.from(digits.replace(/[^\da-fA-F]/g, ''), 'hex');
}

export const hexdump = defineUtility({
  names: ['hexdump', 'hd'],
  options: 'C,canonical c x d o b v,no-squeezing n,length= s,skip=',
  package: 'from util-linux 2.39.3',
  async run(u) {
    const skip = Number(u.options.value('s') ?? 0);
    const data = (await inputs(u, u.operands)).subarray(skip, u.options.has('n') ? skip + Number(u.options.value('n')) : undefined);
    const canonical = u.options.has('C') || u.name === 'hd';
    const digits = canonical ? 8 : 7;
    const show = (row: Row) => `${hex(row.at + skip, digits)}${canonical ? canonicalRow(row.bytes) : plainRow(u, row.bytes)}\n`;
    const end = data.length > 0 ? `${hex(data.length + skip, digits)}\n` : '';
    await u.print(printed(rowsOf(data, 16), u.options.has('v'), show) + end);
  },
});

function canonicalRow(bytes: Buffer): string {
  const cells = Array.from({ length: 16 }, (_, i) => `${i === 8 ? ' ' : ''} ${bytes[i] === undefined ? '  ' : hex(bytes[i], 2)}`).join('');
  return ` ${cells}  |${Array.from(bytes, printable).join('')}|`;
}

function plainRow(u: Invocation, bytes: Buffer): string {
  if (u.options.has('b')) return Array.from({ length: 16 }, (_, i) => cell(bytes[i], (byte) => byte.toString(8).padStart(3, '0'), 3)).join('');
  if (u.options.has('c')) return Array.from({ length: 16 }, (_, i) => cell(bytes[i], (byte) => character(byte).padStart(3), 3)).join('');
  const show = u.options.has('x')
    ? (word: number) => `   ${hex(word, 4)}`
    : u.options.has('d')
      ? (word: number) => `  ${String(word).padStart(5, '0')}`
      : (word: number) => hex(word, 4);
  const words = Array.from({ length: 8 }, (_, i) => (bytes[i * 2] === undefined ? undefined : (bytes[i * 2] ?? 0) | ((bytes[i * 2 + 1] ?? 0) << 8)));
  return words.map((word) => cell(word, show, show(0).length)).join('');
}

const cell = (value: number | undefined, show: (value: number) => string, width: number): string =>
  ` ${value === undefined ? ' '.repeat(width) : show(value)}`;

const NAMED: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };
const character = (byte: number): string => NAMED[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'));

interface Format {
  readonly size: number;
  readonly show: (bytes: Buffer, at: number) => string;
  readonly width: number;
}

const NUMBER_WIDTHS: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  o: { 1: 3, 2: 6, 4: 11 },
  x: { 1: 2, 2: 4, 4: 8 },
  u: { 1: 3, 2: 5, 4: 10 },
  d: { 1: 4, 2: 6, 4: 11 },
};
const RADIX: Readonly<Record<string, number>> = { o: 8, x: 16, u: 10, d: 10 };

export const od = defineUtility({
  names: ['od'],
  options: 'A,address-radix= t,format= N,read-bytes= j,skip-bytes= v,output-duplicates w,width= c b x d o',
  usage: 'od [OPTION]... [FILE]...',
  async run(u) {
    const skip = Number(u.options.value('j') ?? 0);
    const data = (await inputs(u, u.operands)).subarray(skip, u.options.has('N') ? skip + Number(u.options.value('N')) : undefined);
    const radix = { o: 8, d: 10, x: 16, n: 0 }[u.options.value('A') ?? 'o'] ?? 8;
    const address = (at: number) => (radix === 0 ? '' : at.toString(radix).padStart(radix === 16 ? 6 : 7, '0'));
    const format = formatOf(u);
    const show = ({ at, bytes }: Row) => {
      const full = Buffer.concat([bytes, Buffer.alloc(3)]);
      const cells = Array.from(
        { length: Math.ceil(bytes.length / format.size) },
        (_, i) => ` ${format.show(full, i * format.size).padStart(format.width)}`,
      );
      return `${address(at + skip)}${cells.join('')}\n`;
    };
    const end = radix === 0 ? '' : `${address(data.length + skip)}\n`;
    await u.print(printed(rowsOf(data, Number(u.options.value('w') ?? 16)), u.options.has('v'), show) + end);
  },
});

function formatOf(u: Invocation): Format {
  const short = { c: 'c', b: 'o1', x: 'x2', d: 'u2', o: 'o2' }[u.options.last('c', 'b', 'x', 'd', 'o') ?? 'o'];
  const given = u.options.value('t') ?? short ?? 'o2';
  if (given.startsWith('c')) return { size: 1, show: (bytes, at) => character(bytes[at] ?? 0), width: 3 };
  const [, kind = '', digits = ''] = /^([oxud])(\d?)/.exec(given) ?? [];
  const size = Number(digits || '4');
  const width = NUMBER_WIDTHS[kind]?.[size];
  if (width === undefined) throw new Failure(`invalid type string ‘${given}’`);
  const fill = kind === 'o' || kind === 'x' ? width : 0;
  const read = (bytes: Buffer, at: number) => (kind === 'd' ? bytes.readIntLE(at, size) : bytes.readUIntLE(at, size));
  return {
    size,
    show: (bytes, at) =>
      read(bytes, at)
        .toString(RADIX[kind] ?? 10)
        .padStart(fill, '0'),
    width,
  };
}
