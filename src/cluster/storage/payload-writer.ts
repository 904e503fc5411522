import { posix } from 'node:path';
import type { Files } from '../../machine/index.ts';

export interface PayloadFile {
  readonly path: string;
  /** A function is asked when the file is first read. */
  readonly data: string | Uint8Array | (() => string);
  readonly mode: number;
}

/**
 * Writes a volume's files as the kubelet's atomic writer does: into a dated folder that `..data` points at, with links from the
 * names that containers see; so all files of an update appear at once.
 */
export function writePayload(files: Files, directory: string, payload: readonly PayloadFile[], now: number): void {
  files.mkdir(directory, { recursive: true });
  const folder = `..${stamp(now)}`;
  const link = `${directory}/..data`;
  const before = files.exists(link) ? files.readlink(link) : undefined;
  if (before !== undefined && same(files, `${directory}/${before}`, payload)) return;
  const dated = before === folder ? `${folder}1` : folder;
  files.mkdir(`${directory}/${dated}`, { mode: 0o755 });
  for (const { path, data, mode } of payload) {
    const target = `${directory}/${dated}/${path}`;
    files.mkdir(posix.dirname(target), { recursive: true });
    if (typeof data === 'function') files.generate(target, data);
    else files.write(target, data, { mode });
  }
  if (before !== undefined) files.remove(link);
  files.symlink(dated, link);
  linkNames(files, directory, payload);
  if (before !== undefined) files.remove(`${directory}/${before}`, { recursive: true, force: true });
}

function linkNames(files: Files, directory: string, payload: readonly PayloadFile[]): void {
  const wanted = new Set(payload.map(({ path }) => path.split('/')[0] ?? path));
  for (const name of files.list(directory)) {
    if (!name.startsWith('..') && !wanted.has(name)) files.remove(`${directory}/${name}`, { force: true });
  }
  const present = new Set(files.list(directory));
  for (const name of wanted) if (!present.has(name)) files.symlink(`..data/${name}`, `${directory}/${name}`);
}

function same(files: Files, directory: string, payload: readonly PayloadFile[]): boolean {
  const count = listAll(files, directory).length;
  return (
    count === payload.length &&
    payload.every(({ path, data }) => {
      if (typeof data === 'function') return true;
      const at = `${directory}/${path}`;
      return files.exists(at) && Buffer.compare(Buffer.from(files.read(at)), typeof data === 'string' ? Buffer.from(data) : data) === 0;
    })
  );
}

function listAll(files: Files, directory: string): string[] {
  return files.list(directory).flatMap((name) => {
    const path = `${directory}/${name}`;
    return files.lstat(path).type === 'directory' ? listAll(files, path) : [path];
  });
}

const stamp = (now: number) => {
  const iso = new Date(now).toISOString();
  return `${iso.slice(0, 19).replace('T', '_').replace(/[-:]/g, '_')}.${iso.slice(20, 23)}000000`;
};
