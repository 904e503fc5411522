import type { Credentials } from './process.ts';
import type { Program } from './program.ts';

export type FileType = 'file' | 'directory' | 'symlink' | 'device' | 'fifo' | 'socket';

export interface Stat {
  readonly type: FileType;
  /** Permission bits only: 0o644. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Virtual time of the last change. */
  readonly mtime: number;
  readonly inode: number;
  readonly links: number;
  readonly target?: string;
  readonly program?: Program;
}

export type Errno =
  | 'ENOENT'
  | 'EEXIST'
  | 'EACCES'
  | 'EPERM'
  | 'EISDIR'
  | 'ENOTDIR'
  | 'ENOTEMPTY'
  | 'EROFS'
  | 'ELOOP'
  | 'ENOSPC'
  | 'EINVAL'
  | 'EBUSY'
  | 'EXDEV'
  | 'ENXIO';

/** `message` is strerror's text: "No such file or directory". */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: Errno;
  readonly path: string;

  constructor(code: Errno, path: string, message: string) {
    super(message);
    this.code = code;
    this.path = path;
  }
}

export interface WriteOptions {
  mode?: number;
  append?: boolean;
  /** Fail with EEXIST. */
  exclusive?: boolean;
  owner?: { uid: number; gid: number };
}

/**
 * A POSIX file tree in memory, synchronous; paths are absolute. Calls act as root unless `as` narrows them to someone's rights.
 * Other trees can be mounted into it: that is how volumes reach containers, with one tree shared by all who mount it.
 */
export interface Files {
  /** With whose rights; undefined acts as root. */
  readonly credentials?: Credentials | undefined;
  /** The same tree seen with someone's rights. */
  as(credentials: Credentials): Files;
  stat(path: string): Stat;
  lstat(path: string): Stat;
  exists(path: string): boolean;
  read(path: string): Uint8Array;
  readText(path: string): string;
  write(path: string, data: string | Uint8Array, options?: WriteOptions): void;
  list(path: string): string[];
  mkdir(path: string, options?: { recursive?: boolean; mode?: number; owner?: { uid: number; gid: number } }): void;
  symlink(target: string, path: string): void;
  link(existing: string, path: string): void;
  readlink(path: string): string;
  realpath(path: string): string;
  rename(from: string, to: string): void;
  remove(path: string, options?: { recursive?: boolean; force?: boolean }): void;
  chmod(path: string, mode: number): void;
  chown(path: string, uid: number, gid: number): void;
  utimes(path: string, mtime: number): void;
  /** Makes the file an executable of this program (mode 755). */
  install(path: string, program: Program): void;
  /** A file whose content is computed at each read (/proc, /etc/resolv.conf of a pod), and refused or taken at each write. */
  generate(path: string, read: () => string | Uint8Array, write?: (data: Uint8Array) => void): void;
  /** Makes `tree`'s `from` (default its root) appear at `path`. */
  mount(path: string, tree: Files, options?: { from?: string; readOnly?: boolean; type?: string; source?: string }): void;
  unmount(path: string): void;
  mounts(): { path: string; type: string; source: string; readOnly: boolean }[];
  /** Told of every change at or below `path` (inotify: the kubelet's manifest folder, `tail -f`). Returns how to stop. */
  watch(path: string, listener: (path: string) => void): () => void;
}
