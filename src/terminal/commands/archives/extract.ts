import { FileError } from '../../../machine/index.ts';
import { directoryName, joinPath } from '../file-name.ts';
import { Failure, type Invocation } from '../utility.ts';
import type { Member } from './format.ts';

/** Puts one member of an archive into the file system. */
export async function extract(u: Invocation, member: Member): Promise<void> {
  const stripped = strip(member.name, Number(u.options.value('strip-components') ?? '0'));
  if (stripped === '') return;
  if (u.options.has('v')) await u.print(`${member.name}\n`);
  if (u.options.has('O')) {
    if (member.type === 'file' && member.data.length > 0) await u.process.stdout.write(member.data);
    return;
  }
  const name = u.options.has('P') ? stripped : await insideOnly(u, stripped);
  if (name === undefined) return;
  const base = u.process.path(u.options.value('C') ?? '.');
  const path = name.startsWith('/') ? name : joinPath(base, name).replace(/\/$/, '');
  if (!u.files.exists(base))
    throw new Failure(`${u.options.value('C')}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now`);
  try {
    place(u, member, path, base);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await u.complain(`${member.name}: Cannot ${member.type === 'directory' ? 'mkdir' : 'open'}: ${error.message}`);
  }
}

function strip(name: string, count: number): string {
  const parts = name.replace(/^(\.\/)+/, '').split('/');
  return count > 0 ? parts.slice(count).join('/') : name;
}

async function insideOnly(u: Invocation, name: string): Promise<string | undefined> {
  if (name.split('/').includes('..')) {
    await u.complain(`${name}: Member name contains '..'`);
    return undefined;
  }
  return name.replace(/^\/+/, '') || '.';
}

function place(u: Invocation, member: Member, path: string, base: string): void {
  const { files } = u;
  const { credentials } = u.process;
  const umask = u.options.has('p') || credentials.uid === 0 ? 0 : (credentials.umask ?? 0o022);
  const mode = member.mode & ~umask;
  if (member.type === 'directory') {
    if (!files.exists(path)) files.mkdir(path, { recursive: true });
    if (path !== base) files.chmod(path, mode);
  } else {
    const folder = directoryName(path);
    if (!files.exists(folder)) files.mkdir(folder, { recursive: true });
    if (present(u, path)) {
      if (u.options.has('k')) throw new FileError('EEXIST', path, 'File exists');
      files.remove(path);
    }
    if (member.type === 'symlink') {
      files.symlink(member.target, path);
      return;
    }
    if (member.type === 'link') {
      files.link(joinPath(base, member.target), path);
      return;
    }
    files.write(path, member.data, { mode });
    files.chmod(path, mode);
  }
  if (credentials.uid === 0 && !u.options.has('o')) files.chown(path, member.uid, member.gid);
  if (!u.options.has('m') && path !== base) files.utimes(path, member.mtime * 1000);
}

function present(u: Invocation, path: string): boolean {
  try {
    u.files.lstat(path);
    return true;
  } catch {
    return false;
  }
}
