import { gzipSync } from 'node:zlib';
import type { Stat } from '../../../machine/index.ts';
import { openInput, readAll } from '../input.ts';
import { defineUtility, Failure, type Invocation } from '../utility.ts';
import { isZipped, unzip } from './inflate.ts';

/** gunzip and zcat are gzip under other names, and complain as gzip. */
export const gzip = defineUtility({
  names: ['gzip', 'gunzip', 'zcat', 'uncompress'],
  options:
    'c,stdout,to-stdout d,decompress,uncompress f,force k,keep l,list n,no-name N,name q,quiet r,recursive S,suffix= t,test v,verbose 1,fast 2 3 4 5 6 7 8 9,best',
  package: '1.12',
  usage: 'gzip [OPTION]... [FILE]...',
  hint: () => "Try `gzip --help' for more information.\n",
  async run(u) {
    const mode = u.options.has('d') || u.name !== 'gzip' || u.options.has('t') ? 'unzip' : 'zip';
    const toStdout = u.options.has('c') || u.name === 'zcat';
    for (const name of u.operands.length > 0 ? u.operands : ['-']) {
      if (name === '-') await stream(u, mode);
      else await one(u, name, { mode, toStdout });
    }
  },
});

interface How {
  readonly mode: 'zip' | 'unzip';
  readonly toStdout: boolean;
}

async function complain(u: Invocation, message: string, status: 1 | 2): Promise<void> {
  u.status = u.status === 1 ? 1 : status;
  if (!u.options.has('q')) await u.process.error(`gzip: ${message}\n`);
}

function level(u: Invocation): number {
  return Number(u.options.last('1', '2', '3', '4', '5', '6', '7', '8', '9') ?? '6');
}

async function stream(u: Invocation, mode: How['mode']): Promise<void> {
  if (mode === 'zip' && u.process.stdout.tty && !u.options.has('f')) {
    throw new Failure('compressed data not written to a terminal. Use -f to force compression.\nFor help, type: gzip -h');
  }
  const bytes = await readAll(u.process.stdin);
  const result = await converted(u, 'stdin', bytes, mode);
  if (result && result.length > 0 && !u.options.has('t')) await u.process.stdout.write(result);
}

async function converted(u: Invocation, name: string, bytes: Uint8Array, mode: How['mode']): Promise<Uint8Array | undefined> {
  if (mode === 'zip') return gzipSync(bytes, { level: level(u) });
  const zipped = isZipped(bytes);
  const result = zipped ? unzip(bytes) : undefined;
  if (result) return result;
  if (!zipped && u.options.has('f') && (u.options.has('c') || u.name === 'zcat')) return bytes;
  u.status = 1;
  await u.process.error(
    `\ngzip: ${name}: ${zipped ? 'unexpected end of file' : bytes.length < 2 ? 'unexpected end of file' : 'not in gzip format'}\n`,
  );
  return undefined;
}

async function one(u: Invocation, name: string, { mode, toStdout }: How): Promise<void> {
  const suffix = u.options.value('S') ?? '.gz';
  const path = u.process.path(name);
  if (!u.files.exists(path)) {
    const withSuffix = mode === 'unzip' && !name.endsWith(suffix) && u.files.exists(path + suffix);
    if (withSuffix) return one(u, name + suffix, { mode, toStdout });
    return complain(u, `${mode === 'unzip' && !name.endsWith(suffix) ? name + suffix : name}: No such file or directory`, 1);
  }
  const stat = u.files.stat(path);
  if (stat.type === 'directory') return directory(u, name, path, { mode, toStdout });
  if (u.options.has('l')) return list(u, name, path);
  const target = targetName(name, mode, suffix);
  if (target === undefined && !toStdout && !u.options.has('t')) {
    if (mode === 'zip') return u.process.error(`gzip: ${name} already has ${suffix} suffix -- unchanged\n`);
    return complain(u, `${name}: unknown suffix -- ignored`, 2);
  }
  await u.tolerate(name, async () => {
    const bytes = await readAll(openInput(u.process, name));
    const result = await converted(u, name, bytes, mode);
    if (!result || u.options.has('t')) return;
    if (toStdout) return result.length > 0 ? u.process.stdout.write(result) : undefined;
    await replace(u, { name, path, target: target ?? name, stat, result, bytes });
  });
}

function targetName(name: string, mode: How['mode'], suffix: string): string | undefined {
  if (mode === 'zip') return name.endsWith(suffix) ? undefined : name + suffix;
  if (name.endsWith('.tgz')) return `${name.slice(0, -4)}.tar`;
  return name.endsWith(suffix) && name.length > suffix.length ? name.slice(0, -suffix.length) : undefined;
}

async function directory(u: Invocation, name: string, path: string, how: How): Promise<void> {
  if (!u.options.has('r')) return complain(u, `${name} is a directory -- ignored`, 2);
  for (const child of u.files.list(path)) await one(u, `${name}/${child}`, how);
}

interface Replacement {
  readonly name: string;
  readonly path: string;
  readonly target: string;
  readonly stat: Stat;
  readonly result: Uint8Array;
  readonly bytes: Uint8Array;
}

/** The new file takes the old one's mode, owner and time. */
async function replace(u: Invocation, { name, path, target, stat, result, bytes }: Replacement): Promise<void> {
  const full = u.process.path(target);
  if (u.files.exists(full) && !u.options.has('f')) return complain(u, `${target} already exists;\tnot overwritten`, 2);
  u.files.write(full, result, { mode: stat.mode });
  if (u.process.credentials.uid === 0) u.files.chown(full, stat.uid, stat.gid);
  u.files.utimes(full, stat.mtime);
  if (!u.options.has('k')) u.files.remove(path);
  if (u.options.has('v')) {
    const [small, large] = [Math.min(result.length, bytes.length), Math.max(result.length, bytes.length)];
    const saved = large === 0 ? 0 : ((large - small) * 100) / large;
    await u.process.error(`${name}:\t${saved.toFixed(1).padStart(5)}% -- ${u.options.has('k') ? 'created' : 'replaced with'} ${target}\n`);
  }
}

async function list(u: Invocation, name: string, path: string): Promise<void> {
  const bytes = u.files.read(path);
  const result = await converted(u, name, bytes, 'unzip');
  if (!result) return;
  const saved = result.length === 0 ? 0 : (100 * (result.length - bytes.length + 18)) / result.length;
  await u.print('         compressed        uncompressed  ratio uncompressed_name\n');
  await u.print(
    `${String(bytes.length).padStart(19)} ${String(result.length).padStart(19)} ${`${saved.toFixed(1)}%`.padStart(6)} ${name.replace(/\.gz$/, '')}\n`,
  );
}
