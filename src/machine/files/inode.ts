import { type Errno, FileError } from '../files.ts';
import type { Program } from '../program.ts';

interface Meta {
  readonly id: number;
  mode: number;
  uid: number;
  gid: number;
  mtime: number;
  links: number;
}

export interface RegularFile extends Meta {
  readonly kind: 'file';
  /** Never changed in place: whoever read it may keep it. Appending grows `buffer` behind it. */
  data: Uint8Array;
  buffer?: Uint8Array;
  program?: Program;
  generated?: { read: () => string | Uint8Array; write?: (data: Uint8Array) => void };
}

export interface Directory extends Meta {
  readonly kind: 'directory';
  parent: Directory | undefined;
  name: string;
  readonly entries: Map<string, Inode>;
  /** What shows through where nothing was written yet: a tree shared by many machines. */
  readonly lower?: Directory;
  removed?: Set<string>;
  /** Computed children (/proc). */
  readonly virtual?: { names(): readonly string[]; get(name: string): Inode | undefined };
}

export interface Symlink extends Meta {
  readonly kind: 'symlink';
  readonly target: string;
}

export interface Device extends Meta {
  readonly kind: 'device';
  readonly device: string;
}

export type Inode = RegularFile | Directory | Symlink | Device;

let lastInode = 1;

/** Inode numbers tell files apart; their values mean nothing. */
const meta = (mode: number, mtime: number, owner = { uid: 0, gid: 0 }): Meta => ({ id: ++lastInode, mode, mtime, links: 1, ...owner });

export const newFile = (mode: number, mtime: number, owner?: { uid: number; gid: number }): RegularFile => ({
  ...meta(mode, mtime, owner),
  kind: 'file',
  data: new Uint8Array(0),
});

export const newDirectory = (
  mode: number,
  mtime: number,
  parent: Directory | undefined,
  name: string,
  more: { owner?: { uid: number; gid: number }; lower?: Directory; virtual?: Directory['virtual'] } = {},
): Directory => ({
  ...meta(mode, mtime, more.owner),
  kind: 'directory',
  parent,
  name,
  entries: new Map(),
  ...(more.lower ? { lower: more.lower } : {}),
  ...(more.virtual ? { virtual: more.virtual } : {}),
});

export const newSymlink = (target: string, mtime: number, owner?: { uid: number; gid: number }): Symlink => ({
  ...meta(0o777, mtime, owner),
  kind: 'symlink',
  target,
});

export const newDevice = (device: string, mode: number, mtime: number): Device => ({ ...meta(mode, mtime), kind: 'device', device });

/** The child, brought up from the shared tree below on first touch. */
export function child(directory: Directory, name: string): Inode | undefined {
  const own = directory.entries.get(name);
  if (own) return own;
  if (directory.virtual) return directory.virtual.get(name);
  if (!directory.lower || directory.removed?.has(name)) return undefined;
  const below = child(directory.lower, name);
  if (!below) return undefined;
  const copy = copyUp(below, directory, name);
  directory.entries.set(name, copy);
  return copy;
}

export function names(directory: Directory): string[] {
  const result = new Set([...directory.entries.keys(), ...(directory.virtual?.names() ?? [])]);
  if (directory.lower) for (const name of names(directory.lower)) if (!directory.removed?.has(name)) result.add(name);
  return [...result].sort();
}

export function attach(directory: Directory, name: string, node: Inode): void {
  directory.entries.set(name, node);
  directory.removed?.delete(name);
  if (node.kind === 'directory') Object.assign(node, { parent: directory, name });
}

export function detach(directory: Directory, name: string): void {
  directory.entries.delete(name);
  if (!directory.lower) return;
  directory.removed ??= new Set();
  directory.removed.add(name);
}

function copyUp(below: Inode, parent: Directory, name: string): Inode {
  const { mode, mtime, uid, gid } = below;
  const owner = { uid, gid };
  if (below.kind === 'directory') return newDirectory(mode, mtime, parent, name, { owner, lower: below });
  if (below.kind === 'symlink') return newSymlink(below.target, mtime, owner);
  if (below.kind === 'device') return newDevice(below.device, mode, mtime);
  const { data, program, generated } = below;
  return { ...newFile(mode, mtime, owner), data, ...(program ? { program } : {}), ...(generated ? { generated } : {}) };
}

const STRERROR: Record<Errno, string> = {
  ENOENT: 'No such file or directory',
  EEXIST: 'File exists',
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EROFS: 'Read-only file system',
  ELOOP: 'Too many levels of symbolic links',
  ENOSPC: 'No space left on device',
  EINVAL: 'Invalid argument',
  EBUSY: 'Device or resource busy',
  EXDEV: 'Invalid cross-device link',
  ENXIO: 'No such device or address',
};

/** Made without a stack: that a path leads nowhere is an everyday answer. */
export function fileError(code: Errno, path: string): FileError {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = new FileError(code, path, STRERROR[code]);
  Error.stackTraceLimit = stackTraceLimit;
  return error;
}
