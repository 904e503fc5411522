import { createHash } from 'node:crypto';
import { findGroup } from './accounts.ts';
import { isDirectory } from './copy-tree.ts';
import { baseName, directoryName, joinPath } from './file-name.ts';
import { chunks, concatenate, openInput, readAll } from './input.ts';
import { parseMode } from './mode.ts';
import { createOutput } from './output.ts';
import { quote, shellQuote } from './quoting.ts';
import { humanSize, parseSize } from './size.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const install = defineUtility({
  names: ['install'],
  options: 'd,directory D m,mode= o,owner= g,group= v,verbose t,target-directory= T,no-target-directory p,preserve-timestamps C,compare b c s',
  usage: 'install [OPTION]... [-T] SOURCE DEST',
  async run(u) {
    const mode = parseMode(u.options.value('m') ?? '755', 0, false);
    if (mode === undefined) throw new Failure(`invalid mode ${quote(u.options.value('m') ?? '')}`);
    if (u.operands.length === 0) throw new Failure('missing file operand', { usage: true });
    if (u.options.has('d')) {
      for (const name of u.operands) await u.tolerate(`cannot create directory ${quote(name)}`, () => makeDirectory(u, name, mode));
      return;
    }
    const names = [...u.operands];
    const target = u.options.value('t') ?? names.pop() ?? '';
    if (names.length === 0) throw new Failure(`missing destination file operand after ${shellQuote(target)}`, { usage: true });
    const into = u.options.has('t') || (isDirectory(u, target) && !u.options.has('T'));
    if (names.length > 1 && !into) throw new Failure(`target ${quote(target)} is not a directory`);
    for (const name of names) await installOne(u, name, into ? joinPath(target, baseName(name)) : target, mode);
  },
});

function makeDirectory(u: Invocation, name: string, mode: number): void {
  const path = u.process.path(name);
  if (!u.files.exists(path)) u.files.mkdir(path, { recursive: true });
  own(u, path, mode);
}

function own(u: Invocation, path: string, mode: number): void {
  u.files.chmod(path, mode);
  const [owner, group] = [u.options.value('o'), u.options.value('g')];
  if (owner === undefined && group === undefined) return;
  const stat = u.files.stat(path);
  const user = owner === undefined ? undefined : u.process.machine.users.find(/^\d+$/.test(owner) ? Number(owner) : owner);
  if (owner !== undefined && !user) throw new Failure(`invalid user: ${quote(owner)}`);
  const gid = group === undefined ? stat.gid : findGroup(u.process.machine, group);
  if (gid === undefined) throw new Failure(`invalid group: ${quote(group ?? '')}`);
  u.files.chown(path, user?.uid ?? stat.uid, gid);
}

async function installOne(u: Invocation, from: string, to: string, mode: number): Promise<void> {
  if (!u.files.exists(u.process.path(from))) return u.complain(`cannot stat ${shellQuote(from)}: No such file or directory`);
  if (isDirectory(u, from)) return u.complain(`omitting directory ${shellQuote(from)}`);
  const path = u.process.path(to);
  await u.tolerate(`cannot create regular file ${shellQuote(to)}`, () => {
    if (u.options.has('D')) u.files.mkdir(directoryName(path), { recursive: true });
    const source = u.process.path(from);
    const { program, mtime } = u.files.stat(source);
    if (u.files.exists(path)) u.files.remove(path);
    if (program) u.files.install(path, program);
    else u.files.write(path, u.files.read(source), { mode });
    own(u, path, mode);
    if (u.options.has('p')) u.files.utimes(path, mtime);
  });
  if (u.options.has('v')) await u.print(`${shellQuote(from)} -> ${shellQuote(to)}\n`);
}

const OPERANDS = new Set(['if', 'of', 'bs', 'ibs', 'obs', 'count', 'skip', 'seek', 'conv', 'status', 'iflag', 'oflag']);

export const dd = defineUtility({
  names: ['dd'],
  usage: 'dd [OPERAND]...',
  async run(u) {
    const given = new Map<string, string>();
    for (const word of u.operands) {
      const [, key = '', value = ''] = /^(\w+)=(.*)$/s.exec(word) ?? [];
      if (!OPERANDS.has(key)) throw new Failure(`unrecognized operand ${quote(word)}`, { usage: true });
      given.set(key, value);
    }
    await transfer(u, given);
  },
});

function sizeOf(given: ReadonlyMap<string, string>, key: string, otherwise: number): number {
  const text = given.get(key);
  const value = text === undefined ? otherwise : parseSize(text);
  if (value === undefined || (value === 0 && key === 'bs')) throw new Failure(`invalid number: ${quote(text ?? '')}`);
  return value;
}

const MOST = 256 * 1024 * 1024;

async function transfer(u: Invocation, given: ReadonlyMap<string, string>): Promise<void> {
  const started = u.process.clock.now();
  const block = sizeOf(given, 'bs', sizeOf(given, 'ibs', 512));
  const count = given.has('count') ? sizeOf(given, 'count', 0) : Number.POSITIVE_INFINITY;
  const skip = sizeOf(given, 'skip', 0) * block;
  const input = given.get('if');
  const source = opening(input ?? '', () => openInput(u.process, input ?? '-'));
  const parts: Uint8Array[] = [];
  let size = 0;
  const wanted = count * block + skip;
  for await (const chunk of size < wanted ? chunks(source) : []) {
    parts.push(chunk);
    size += chunk.length;
    if (size > MOST) throw new Failure(`error writing ${shellQuote(given.get('of') ?? 'standard output')}: No space left on device`);
    if (size >= wanted) break;
    await u.process.breathe();
  }
  const data = concatenate(parts).subarray(skip, wanted);
  await put(u, given, data, block);
  const ms = u.process.clock.now() - started;
  await account(u, given.get('status'), { bytes: data.length, block, ms });
}

function opening<T>(name: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (error instanceof Error && error.name === 'FileError') throw new Failure(`failed to open ${shellQuote(name)}: ${error.message}`);
    throw error;
  }
}

async function put(u: Invocation, given: ReadonlyMap<string, string>, data: Uint8Array, block: number): Promise<void> {
  const name = given.get('of');
  if (name === undefined) return data.length > 0 ? u.process.stdout.write(data) : undefined;
  const path = u.process.path(name);
  const kept = given.get('conv')?.split(',').includes('notrunc') || given.has('seek');
  const before = kept && u.files.exists(path) && u.files.stat(path).type === 'file' ? u.files.read(path) : new Uint8Array();
  const at = sizeOf(given, 'seek', 0) * sizeOf(given, 'obs', block);
  const head = concatenate([before.subarray(0, at), new Uint8Array(Math.max(0, at - before.length))]);
  const tail = given.get('conv')?.includes('notrunc') ? before.subarray(at + data.length) : new Uint8Array();
  const write = opening(name, () => createOutput(u.process, name));
  await write(concatenate([head, data, tail]));
}

async function account(u: Invocation, status: string | undefined, { bytes, block, ms }: { bytes: number; block: number; ms: number }): Promise<void> {
  if (status === 'none') return;
  const records = `${Math.floor(bytes / block)}+${bytes % block === 0 ? 0 : 1}`;
  await u.process.error(`${records} records in\n${records} records out\n`);
  if (status === 'noxfer') return;
  const seconds = Math.max(ms, 1) / 1000;
  const amounts =
    bytes < 1000 ? `${bytes} bytes` : `${bytes} bytes (${decimal(bytes)}B${bytes >= 1024 ? `, ${humanSize(bytes).replace(/\.0(?=\D)/, '')}iB` : ''})`;
  await u.process.error(`${amounts} copied, ${Number(seconds.toPrecision(6))} s, ${decimal(bytes / seconds)}B/s\n`);
}

function decimal(value: number): string {
  const power = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  const scaled = value / 1000 ** power;
  return `${scaled < 10 && power > 0 ? scaled.toFixed(1) : Math.round(scaled)} ${['', 'k', 'M', 'G', 'T'][power]}`;
}

const TEMPLATE = 'tmp.XXXXXXXXXX';

export const mktemp = defineUtility({
  names: ['mktemp'],
  options: 'd,directory u,dry-run q,quiet p= tmpdir? t suffix=',
  usage: 'mktemp [OPTION]... [TEMPLATE]',
  async run(u) {
    const [given] = u.operands;
    const folder = u.options.value('p') ?? u.options.value('tmpdir') ?? (u.process.env.get('TMPDIR') || '/tmp');
    const inFolder = given === undefined || u.options.has('t') || u.options.has('p') || u.options.has('tmpdir');
    const template = `${inFolder ? joinPath(folder, given ?? TEMPLATE) : given}${u.options.value('suffix') ?? ''}`;
    const [run] = /X{3,}(?=[^X/]*$)/.exec(template) ?? [];
    if (run === undefined) throw new Failure(`too few X's in template ${quote(given ?? template)}`);
    const seed = `mktemp ${u.process.pid} ${u.process.clock.now()}`;
    const random = createHash('sha256')
      .update(`${seed} ${u.process.clock.random.fork(seed).hex(32)}`)
      .digest('base64')
      .replace(/[+/=]/g, '');
    const name = template.replace(/X{3,}(?=[^X/]*$)/, random.slice(0, run.length).padEnd(run.length, 'x'));
    const kind = u.options.has('d') ? 'directory' : 'file';
    const made =
      u.options.has('u') || (await u.tolerate(`failed to create ${kind} via template ${quote(template)}`, () => make(u, u.process.path(name))));
    if (made) await u.print(`${name}\n`);
  },
});

function make(u: Invocation, path: string): void {
  if (u.options.has('d')) u.files.mkdir(path, { mode: 0o700 });
  else u.files.write(path, '', { mode: 0o600, exclusive: true });
}

export const cksum = defineUtility({
  names: ['cksum'],
  usage: 'cksum [OPTION]... [FILE]...',
  async run(u) {
    for (const name of u.operands.length > 0 ? u.operands : ['-']) {
      await u.tolerate(name, async () => {
        const bytes = await readAll(openInput(u.process, name));
        await u.print(`${posixCrc(bytes)} ${bytes.length}${name === '-' && u.operands.length === 0 ? '' : ` ${name}`}\n`);
      });
    }
  },
});

const TABLE = Array.from({ length: 256 }, (_, i) => {
  let crc = i << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});

/** The POSIX checksum: the length follows the data. */
function posixCrc(bytes: Uint8Array): number {
  let crc = 0;
  const add = (byte: number) => {
    crc = (crc << 8) ^ (TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0);
  };
  for (const byte of bytes) add(byte);
  for (let rest = bytes.length; rest > 0; rest = Math.floor(rest / 256)) add(rest & 0xff);
  return ~crc >>> 0;
}
