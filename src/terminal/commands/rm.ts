import { FileError } from '../../machine/index.ts';
import { baseName, joinPath } from './file-name.ts';
import { lines } from './input.ts';
import { shellQuote } from './quoting.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const rm = defineUtility({
  names: ['rm'],
  options: 'f,force i I interactive? one-file-system no-preserve-root preserve-root? r,R,recursive d,dir v,verbose',
  usage: 'rm [OPTION]... [FILE]...',
  async run(u) {
    const force = u.options.has('f');
    if (u.operands.length === 0 && !force) throw new Failure('missing operand', { usage: true });
    for (const name of u.operands) {
      const base = baseName(name);
      if (base === '.' || base === '..') {
        await u.complain(`refusing to remove '.' or '..' directory: skipping ${shellQuote(name)}`);
        continue;
      }
      const path = u.process.path(name);
      if (path === '/' && !u.options.has('no-preserve-root')) {
        await u.process.error("rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe\n");
        u.status = 1;
        continue;
      }
      if (force && !present(u, path)) continue;
      await u.tolerate(`cannot remove ${shellQuote(name)}`, async () => void (await removeOne(u, name, path)));
    }
  },
});

function present(u: Invocation, path: string): boolean {
  try {
    u.files.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof FileError && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return false;
    throw error;
  }
}

async function removeOne(u: Invocation, name: string, path: string): Promise<boolean> {
  const stat = u.files.lstat(path);
  const interactive = u.options.last('f', 'i') === 'i';
  if (stat.type !== 'directory') {
    const kind = stat.size === 0 ? 'regular empty file' : 'regular file';
    if (interactive && !(await confirm(u, `remove ${stat.type === 'symlink' ? 'symbolic link' : kind} ${shellQuote(name)}?`))) return false;
    u.files.remove(path);
    if (u.options.has('v')) await u.print(`removed ${shellQuote(name)}\n`);
    return true;
  }
  if (!u.options.has('r') && !u.options.has('d')) throw new FileError('EISDIR', path, 'Is a directory');
  const entries = u.files.list(path);
  if (!u.options.has('r') && entries.length > 0) throw new FileError('ENOTEMPTY', path, 'Directory not empty');
  if (interactive && entries.length > 0 && !(await confirm(u, `descend into directory ${shellQuote(name)}?`))) return false;
  let emptied = true;
  for (const entry of entries) {
    const child = joinPath(name, entry);
    const gone = { value: false };
    const tolerated = await u.tolerate(`cannot remove ${shellQuote(child)}`, async () => {
      gone.value = await removeOne(u, child, joinPath(path, entry));
    });
    emptied = tolerated && gone.value && emptied;
  }
  if (!emptied) return false;
  if (interactive && !(await confirm(u, `remove directory ${shellQuote(name)}?`))) return false;
  u.files.remove(path, { recursive: true });
  if (u.options.has('v')) await u.print(`removed directory ${shellQuote(name)}\n`);
  return true;
}

/** Asks on stderr; the answer is the next line of stdin. */
export async function confirm(u: Invocation, question: string): Promise<boolean> {
  await u.process.error(`${u.name}: ${question} `);
  for await (const answer of lines(u.process.stdin)) return /^y/i.test(answer);
  return false;
}
