import { DEFAULT_PATH, FileError, findOnPath } from '../../machine/index.ts';
import { baseName, directoryName } from './file-name.ts';
import { quote, quoteIfNeeded } from './quoting.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const basename = defineUtility({
  names: ['basename'],
  options: 'a,multiple s,suffix= z,zero',
  stopAtOperand: true,
  async run(u) {
    if (u.operands.length === 0) throw new Failure('missing operand', { usage: true });
    const many = u.options.has('a') || u.options.has('s');
    if (!many && u.operands.length > 2) throw new Failure(`extra operand ${quote(u.operands[2] ?? '')}`, { usage: true });
    const suffix = many ? (u.options.value('s') ?? '') : (u.operands[1] ?? '');
    const end = u.options.has('z') ? '\0' : '\n';
    for (const path of many ? u.operands : u.operands.slice(0, 1)) {
      const base = baseName(path);
      await u.print((suffix && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base) + end);
    }
  },
});

export const dirname = defineUtility({
  names: ['dirname'],
  options: 'z,zero',
  async run(u) {
    if (u.operands.length === 0) throw new Failure('missing operand', { usage: true });
    for (const path of u.operands) await u.print(directoryName(path) + (u.options.has('z') ? '\0' : '\n'));
  },
});

export const pwd = defineUtility({
  names: ['pwd'],
  options: 'L,logical P,physical',
  run: (u) => u.print(`${u.options.last('L', 'P') === 'P' ? u.files.realpath(u.process.cwd) : u.process.cwd}\n`),
});

export const readlink = defineUtility({
  names: ['readlink'],
  options: 'f,canonicalize e,canonicalize-existing m,canonicalize-missing n,no-newline q,quiet s,silent v,verbose z,zero',
  async run(u) {
    if (u.operands.length === 0) throw new Failure('missing operand', { usage: true });
    const how = u.options.last('f', 'e', 'm');
    for (const name of u.operands) {
      try {
        const text = how ? canonical(u, name, how) : u.files.readlink(u.process.path(name));
        await u.print(text + (u.options.has('n') ? '' : '\n'));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (u.options.has('v')) await u.complain(`${quoteIfNeeded(name)}: ${error.message}`);
        u.status = 1;
      }
    }
  },
});

export const realpath = defineUtility({
  names: ['realpath'],
  options: 'e,canonicalize-existing m,canonicalize-missing L,logical P,physical q,quiet s,strip,no-symlinks z,zero relative-to= relative-base=',
  async run(u) {
    if (u.operands.length === 0) throw new Failure('missing operand', { usage: true });
    for (const name of u.operands) {
      await u.tolerate(quoteIfNeeded(name), async () => {
        const full = u.options.has('s') ? u.process.path(name) : canonical(u, name, u.options.last('e', 'm') ?? 'f');
        const base = u.options.value('relative-to');
        await u.print(`${base === undefined ? full : relative(canonical(u, base, 'm'), full)}\n`);
      });
    }
  },
});

/** Follows links; with `f` the last component may be missing, with `m` any. */
function canonical(u: Invocation, name: string, how: string): string {
  const path = u.process.path(name).replace(/(.)\/$/, '$1');
  if (u.files.exists(path)) return u.files.realpath(path);
  const parent = directoryName(path);
  if (how === 'e' || (how === 'f' && !u.files.exists(parent))) throw new FileError('ENOENT', path, 'No such file or directory');
  const above = canonical(u, parent, how);
  return above === '/' ? `/${baseName(path)}` : `${above}/${baseName(path)}`;
}

function relative(from: string, to: string): string {
  const [a, b] = [from.split('/').filter(Boolean), to.split('/').filter(Boolean)];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/') || '.';
}

export const which = defineUtility({
  names: ['which'],
  options: 'a s',
  async run(u) {
    for (const name of u.operands) {
      const found = name.includes('/')
        ? u.files.exists(u.process.path(name))
          ? name
          : undefined
        : findOnPath(u.files, name, u.process.env.get('PATH') ?? DEFAULT_PATH, (path) => u.process.path(path));
      if (found === undefined) u.status = 1;
      else await u.print(`${found}\n`);
    }
    if (u.operands.length === 0) u.status = 1;
  },
});

export const whereis = defineUtility({
  names: ['whereis'],
  options: 'b m s',
  async run(u) {
    for (const name of u.operands) {
      const found = ['/usr/bin', '/usr/sbin', '/usr/local/bin'].map((directory) => `${directory}/${name}`).filter((path) => u.files.exists(path));
      await u.print(`${[`${name}:`, ...found].join(' ')}\n`);
    }
  },
});
