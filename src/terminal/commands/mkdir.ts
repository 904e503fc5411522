import { FileError } from '../../machine/index.ts';
import { directoryName } from './file-name.ts';
import { parseMode } from './mode.ts';
import { quote, shellQuote } from './quoting.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const mkdir = defineUtility({
  names: ['mkdir'],
  options: 'm,mode= p,parents v,verbose Z context?',
  usage: 'mkdir [OPTION]... DIRECTORY...',
  async run(u) {
    if (u.operands.length === 0) throw new Failure('missing operand', { usage: true });
    const text = u.options.value('m');
    const mode = text === undefined ? undefined : parseMode(text, 0o777, true);
    if (text !== undefined && mode === undefined) throw new Failure(`invalid mode ${quote(text)}`);
    for (const name of u.operands) {
      await u.tolerate(`cannot create directory ${quote(name)}`, () => create(u, name, mode));
    }
  },
});

async function create(u: Invocation, name: string, mode: number | undefined): Promise<void> {
  const path = u.process.path(name);
  if (u.options.has('p')) {
    if (u.files.exists(path)) {
      if (u.files.stat(path).type !== 'directory') throw new FileError('EEXIST', path, 'File exists');
      return;
    }
    const parent = directoryName(name);
    if (!u.files.exists(u.process.path(parent))) await create(u, parent, undefined);
  }
  u.files.mkdir(path, mode === undefined ? {} : { mode });
  if (mode !== undefined) u.files.chmod(path, mode);
  if (u.options.has('v')) await u.print(`mkdir: created directory ${shellQuote(name)}\n`);
}

export const rmdir = defineUtility({
  names: ['rmdir'],
  options: 'p,parents v,verbose ignore-fail-on-non-empty',
  async run(u) {
    if (u.operands.length === 0) throw new Failure('missing operand', { usage: true });
    for (const name of u.operands) {
      await u.tolerate(`failed to remove ${shellQuote(name)}`, async () => {
        for (let target = name; target !== '.' && target !== '/'; target = u.options.has('p') ? directoryName(target) : '.') {
          await removeEmpty(u, target);
        }
      });
    }
  },
});

async function removeEmpty(u: Invocation, name: string): Promise<void> {
  const path = u.process.path(name);
  if (u.files.lstat(path).type !== 'directory') throw new FileError('ENOTDIR', path, 'Not a directory');
  if (u.files.list(path).length > 0) {
    if (u.options.has('ignore-fail-on-non-empty')) return;
    throw new FileError('ENOTEMPTY', path, 'Directory not empty');
  }
  if (u.options.has('v')) await u.print(`rmdir: removing directory, ${shellQuote(name)}\n`);
  u.files.remove(path, { recursive: true });
}
