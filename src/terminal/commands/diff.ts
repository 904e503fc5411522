import { FileError } from '../../machine/index.ts';
import { diffLines, type Hunk, hunksOf } from './diff-lines.ts';
import { baseName, joinPath } from './file-name.ts';
import { openInput, readText } from './input.ts';
import { strftime } from './strftime.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const diff = defineUtility({
  names: ['diff'],
  options:
    'u U,unified? c C,context? q,brief s,report-identical-files y,side-by-side r,recursive N,new-file i,ignore-case w,ignore-all-space b,ignore-space-change ' +
    'B,ignore-blank-lines a,text L,label= color? W,width= suppress-common-lines normal e',
  failure: 2,
  usage: 'diff [OPTION]... FILES',
  async run(u) {
    const [first, second, extra] = u.operands;
    if (first === undefined) throw new Failure("missing operand after 'diff'", { usage: true });
    if (second === undefined) throw new Failure(`missing operand after '${first}'`, { usage: true });
    if (extra !== undefined) throw new Failure(`extra operand '${extra}'`, { usage: true });
    u.status = await compare(u, first, second, false);
  },
});

const isDirectory = (u: Invocation, name: string): boolean => {
  const path = u.process.path(name);
  return name !== '-' && u.files.exists(path) && u.files.stat(path).type === 'directory';
};

async function compare(u: Invocation, first: string, second: string, nested: boolean): Promise<number> {
  const [one, two] = [isDirectory(u, first), isDirectory(u, second)];
  if (one && two) return nested && !u.options.has('r') ? commonDirectories(u, first, second) : compareDirectories(u, first, second);
  const left = one ? joinPath(first, baseName(second)) : first;
  const right = two ? joinPath(second, baseName(first)) : second;
  try {
    return await compareFiles(u, left, right, nested);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await u.complain(`${error.path === u.process.path(left) ? left : right}: ${error.message}`);
    return 2;
  }
}

async function commonDirectories(u: Invocation, first: string, second: string): Promise<number> {
  await u.print(`Common subdirectories: ${first} and ${second}\n`);
  return 0;
}

async function compareDirectories(u: Invocation, first: string, second: string): Promise<number> {
  const [left, right] = [u.files.list(u.process.path(first)), u.files.list(u.process.path(second))];
  let status = 0;
  for (const name of [...new Set([...left, ...right])].sort()) {
    if (left.includes(name) && right.includes(name)) {
      status = Math.max(status, await compare(u, joinPath(first, name), joinPath(second, name), true));
      continue;
    }
    await u.print(`Only in ${left.includes(name) ? first : second}: ${name}\n`);
    status = Math.max(status, 1);
  }
  return status;
}

async function compareFiles(u: Invocation, first: string, second: string, nested: boolean): Promise<number> {
  const [a, b] = [await readSide(u, first), await readSide(u, second)];
  const { options } = u;
  const fold = (line: string) => {
    let key = options.has('w') ? line.replace(/\s+/g, '') : options.has('b') ? line.replace(/\s+/g, ' ').trimEnd() : line;
    if (options.has('i')) key = key.toLowerCase();
    return key;
  };
  const edits = diffLines(a.map(fold), b.map(fold));
  const same = edits.every(({ kind }) => kind === 'same');
  if (same) {
    if (options.has('s')) await u.print(`Files ${first} and ${second} are identical\n`);
    return 0;
  }
  if (options.has('q')) {
    await u.print(`Files ${first} and ${second} differ\n`);
    return 1;
  }
  const unified = options.has('u') || options.has('U');
  if (nested)
    await u.print(
      `diff ${['u', 'r', 'N']
        .filter((key) => options.has(key))
        .map((key) => `-${key}`)
        .join(' ')} ${first} ${second}\n`,
    );
  const color = options.has('color') && (options.value('color') === 'always' || u.process.stdout.tty !== undefined);
  if (unified) await u.print(unifiedText(u, { first, second, a, b, hunks: hunksOf(edits, Number(options.value('U') ?? '3')), color }));
  else if (options.has('y')) await u.print(sideBySide(u, a, b, edits));
  else
    await u.print(
      hunksOf(edits, 0)
        .map((hunk) => normalText(hunk, a, b))
        .join(''),
    );
  return 1;
}

async function readSide(u: Invocation, name: string): Promise<string[]> {
  if (u.options.has('N') && name !== '-' && !u.files.exists(u.process.path(name))) return [];
  const text = await readText(openInput(u.process, name));
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

const line = (prefix: string, text: string): string => (text.endsWith('\n') ? prefix + text : `${prefix}${text}\n\\ No newline at end of file\n`);
const span = (from: number, count: number): string => (count <= 1 ? String(count === 0 ? from - 1 : from) : `${from},${from + count - 1}`);

function normalText({ aFrom, aCount, bFrom, bCount }: Hunk, a: readonly string[], b: readonly string[]): string {
  const kind = aCount === 0 ? 'a' : bCount === 0 ? 'd' : 'c';
  const removed = a.slice(aFrom, aFrom + aCount).map((text) => line('< ', text));
  const added = b.slice(bFrom, bFrom + bCount).map((text) => line('> ', text));
  const middle = kind === 'c' ? '---\n' : '';
  return `${span(aFrom + 1, aCount)}${kind}${span(bFrom + 1, bCount)}\n${removed.join('')}${middle}${added.join('')}`;
}

interface Comparison {
  readonly first: string;
  readonly second: string;
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly hunks: readonly Hunk[];
  readonly color: boolean;
}

function unifiedText(u: Invocation, { first, second, a, b, hunks, color }: Comparison): string {
  const labels = u.options.values('L');
  const stamp = (name: string) => {
    const path = u.process.path(name);
    const mtime = name !== '-' && u.files.exists(path) ? u.files.stat(path).mtime : u.process.clock.now();
    return `${name}\t${strftime('%Y-%m-%d %H:%M:%S.%N +0000', mtime)}`;
  };
  const paint = (code: string, text: string) => (color ? `\x1b[${code}m${text.replace(/\n$/, '')}\x1b[0m\n` : text);
  const range = (from: number, count: number) => (count === 1 ? String(from + 1) : `${count === 0 ? from : from + 1},${count}`);
  let out = paint('1', `--- ${labels[0] ?? stamp(first)}\n`) + paint('1', `+++ ${labels[1] ?? stamp(second)}\n`);
  for (const hunk of hunks) {
    out += paint('36', `@@ -${range(hunk.aFrom, hunk.aCount)} +${range(hunk.bFrom, hunk.bCount)} @@\n`);
    for (const { kind, a: i, b: j } of hunk.edits) {
      if (kind === 'same') out += line(' ', a[i] ?? '');
      else out += kind === 'removed' ? paint('31', line('-', a[i] ?? '')) : paint('32', line('+', b[j] ?? ''));
    }
  }
  return out;
}

function sideBySide(u: Invocation, a: readonly string[], b: readonly string[], edits: ReturnType<typeof diffLines>): string {
  const width = Number(u.options.value('W') ?? '130');
  const half = Math.floor((width - 3) / 2) - 1;
  const row = (left: string, sign: string, right: string) =>
    `${left.trimEnd().slice(0, half).padEnd(half)} ${sign} ${right.trimEnd().slice(0, half)}`.trimEnd();
  let out = '';
  for (const hunk of hunksOf(edits, Number.MAX_SAFE_INTEGER)) {
    const removed: string[] = [];
    const flush = () => {
      for (const text of removed.splice(0)) out += `${row(text, '<', '')}\n`;
    };
    for (const { kind, a: i, b: j } of hunk.edits) {
      if (kind === 'removed') removed.push(a[i] ?? '');
      else if (kind === 'added') {
        const partner = removed.shift();
        out += `${partner === undefined ? row('', '>', b[j] ?? '') : row(partner, '|', b[j] ?? '')}\n`;
      } else {
        flush();
        if (!u.options.has('suppress-common-lines')) out += `${row(a[i] ?? '', ' ', b[j] ?? '')}\n`;
      }
    }
    flush();
  }
  return out;
}

export const cmp = defineUtility({
  names: ['cmp'],
  options: 'b,print-bytes i= l,verbose n,bytes= s,quiet,silent',
  failure: 2,
  async run(u) {
    const [first, second = '-'] = u.operands;
    if (first === undefined) throw new Failure("missing operand after 'cmp'", { usage: true });
    const read = (name: string) => u.files.read(u.process.path(name));
    const sides: Uint8Array[] = [];
    for (const name of [first, second]) if (!(await u.tolerate(name, () => void sides.push(read(name))))) return;
    const [a = new Uint8Array(), b = new Uint8Array()] = sides;
    const at = a.findIndex((byte, i) => byte !== b[i]);
    if (at < 0 && a.length === b.length) return;
    u.status = 1;
    if (u.options.has('s')) return;
    const position = at < 0 ? Math.min(a.length, b.length) : at;
    if (position >= Math.min(a.length, b.length))
      return u.process.error(`cmp: EOF on ${a.length < b.length ? first : second} after byte ${position}\n`);
    const lineNumber = a.subarray(0, position).filter((byte) => byte === 10).length + 1;
    await u.print(`${first} ${second} differ: byte ${position + 1}, line ${lineNumber}\n`);
  },
});
