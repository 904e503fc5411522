import type { Files, Stat, WriteOptions } from '../files.ts';
import type { Credentials } from '../process.ts';
import type { Program } from '../program.ts';
import { attach, child, type Directory, detach, fileError, type Inode, names, newDevice, newDirectory, newFile, newSymlink } from './inode.ts';
import { type Mount, may, type Place, type Tree, walk } from './tree.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class MemoryFiles implements Files {
  readonly tree: Tree;
  readonly credentials: Credentials | undefined;

  constructor(tree: Tree, who?: Credentials) {
    this.tree = tree;
    this.credentials = who;
  }

  as(credentials: Credentials): Files {
    return new MemoryFiles(this.tree, credentials);
  }

  stat(path: string): Stat {
    return statOf(this.#existing(path).node);
  }

  lstat(path: string): Stat {
    return statOf(this.#existing(path, false).node);
  }

  exists(path: string): boolean {
    try {
      return walk(this.tree, path, this.credentials).node !== undefined;
    } catch {
      return false;
    }
  }

  read(path: string): Uint8Array {
    const { node } = this.#existing(path);
    if (node.kind === 'directory') throw fileError('EISDIR', path);
    if (!may(node, this.credentials, 4)) throw fileError('EACCES', path);
    if (node.kind === 'file') return node.generated ? bytes(node.generated.read()) : node.program ? elf(node.program) : node.data;
    return new Uint8Array(0);
  }

  readText(path: string): string {
    return decoder.decode(this.read(path));
  }

  write(path: string, data: string | Uint8Array, options: WriteOptions = {}): void {
    const place = walk(this.tree, path, this.credentials);
    if (path.endsWith('/')) throw fileError('EISDIR', path);
    const { node } = place;
    if (node && options.exclusive) throw fileError('EEXIST', path);
    if (node?.kind === 'directory') throw fileError('EISDIR', path);
    if (node?.kind === 'device') return;
    this.#mustBeWritable(place, path);
    if (!node) {
      this.#create(place, path, bytes(data), options);
      return;
    }
    if (node.kind !== 'file') throw fileError('EINVAL', path);
    if (!may(node, this.credentials, 2)) throw fileError('EACCES', path);
    if (node.generated) {
      if (!node.generated.write) throw fileError('EACCES', path);
      node.generated.write(bytes(data));
    } else {
      delete node.program;
      if (options.append) append(node, bytes(data));
      else Object.assign(node, { data: own(data), buffer: undefined });
    }
    node.mtime = this.tree.now();
    this.#changed(place);
  }

  list(path: string): string[] {
    const { node } = this.#existing(path);
    if (node.kind !== 'directory') throw fileError('ENOTDIR', path);
    if (!may(node, this.credentials, 4)) throw fileError('EACCES', path);
    return names(node);
  }

  mkdir(path: string, options: { recursive?: boolean; mode?: number; owner?: { uid: number; gid: number } } = {}): void {
    if (options.recursive) {
      const parent = this.#isReached(path) ? '' : parentOf(path);
      if (parent) this.mkdir(parent, { recursive: true, ...(options.owner ? { owner: options.owner } : {}) });
    }
    const place = walk(this.tree, path, this.credentials);
    if (place.node) {
      if (options.recursive && place.node.kind === 'directory') return;
      throw fileError('EEXIST', path);
    }
    const mode = options.mode ?? 0o777 & ~this.#umask;
    this.#link(place, path, newDirectory(mode, this.tree.now(), place.directory, place.name, { owner: options.owner ?? this.#owner }));
  }

  symlink(target: string, path: string): void {
    const place = walk(this.tree, path, this.credentials, false);
    if (place.node) throw fileError('EEXIST', path);
    this.#link(place, path, newSymlink(target, this.tree.now(), this.#owner));
  }

  link(existing: string, path: string): void {
    const from = this.#existing(existing, false);
    if (from.node.kind === 'directory') throw fileError('EPERM', existing);
    const to = walk(this.tree, path, this.credentials, false);
    if (to.node) throw fileError('EEXIST', path);
    if (to.mount !== from.mount) throw fileError('EXDEV', path);
    from.node.links++;
    this.#link(to, path, from.node);
  }

  readlink(path: string): string {
    const { node } = this.#existing(path, false);
    if (node.kind !== 'symlink') throw fileError('EINVAL', path);
    return node.target;
  }

  realpath(path: string): string {
    return this.#existing(path).path;
  }

  rename(from: string, to: string): void {
    const source = this.#existing(from, false);
    const target = walk(this.tree, to, this.credentials, false);
    if (source.node === target.node) return;
    if (source.mount !== target.mount) throw fileError('EXDEV', to);
    if (source.node.kind === 'directory' && `${target.path}/`.startsWith(`${source.path}/`)) throw fileError('EINVAL', to);
    if (target.node?.kind === 'directory') {
      if (source.node.kind !== 'directory') throw fileError('EISDIR', to);
      if (names(target.node).length > 0) throw fileError('ENOTEMPTY', to);
    } else if (target.node && source.node.kind === 'directory') throw fileError('ENOTDIR', to);
    this.#mustUnlink(source, from);
    this.#mustUnlink(target, to);
    detach(source.directory, source.name);
    attach(target.directory, target.name, source.node);
    this.#changed(source);
    this.#changed(target);
  }

  remove(path: string, options: { recursive?: boolean; force?: boolean } = {}): void {
    let place: Place;
    try {
      place = walk(this.tree, path, this.credentials, false);
    } catch (error) {
      if (options.force && error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      throw error;
    }
    if (!place.node) {
      if (options.force) return;
      throw fileError('ENOENT', path);
    }
    if (this.#isMountPoint(place)) throw fileError('EBUSY', path);
    if (place.node.kind === 'directory') {
      const inside = names(place.node);
      if (!options.recursive && inside.length > 0) throw fileError('ENOTEMPTY', path);
      for (const name of inside) this.remove(`${place.path}/${name}`, options);
    }
    this.#mustUnlink(place, path);
    place.node.links--;
    detach(place.directory, place.name);
    this.#changed(place);
  }

  chmod(path: string, mode: number): void {
    const place = this.#existing(path);
    this.#mustOwn(place, path);
    place.node.mode = mode & 0o7777;
    this.#changed(place);
  }

  chown(path: string, uid: number, gid: number): void {
    const place = this.#existing(path);
    this.#mustBeOnWritableMount(place, path);
    const who = this.credentials;
    const ownGroup = who && who.uid === place.node.uid && uid === place.node.uid && (gid === who.gid || who.groups.includes(gid));
    if (who && who.uid !== 0 && !ownGroup) throw fileError('EPERM', path);
    Object.assign(place.node, { uid, gid });
    this.#changed(place);
  }

  utimes(path: string, mtime: number): void {
    const place = this.#existing(path);
    if (!may(place.node, this.credentials, 2)) this.#mustOwn(place, path);
    this.#mustBeOnWritableMount(place, path);
    place.node.mtime = mtime;
    this.#changed(place);
  }

  install(path: string, program: Program): void {
    this.#replace(path, { ...newFile(0o755, this.tree.now()), program });
  }

  generate(path: string, read: () => string | Uint8Array, write?: (data: Uint8Array) => void): void {
    this.#replace(path, { ...newFile(write ? 0o644 : 0o444, this.tree.now()), generated: { read, ...(write ? { write } : {}) } });
  }

  /** A node under /dev. */
  device(path: string, device: string, mode = 0o666): void {
    this.#replace(path, newDevice(device, mode, this.tree.now()));
  }

  mount(path: string, other: Files, options: { from?: string; readOnly?: boolean; type?: string; source?: string } = {}): void {
    if (!(other instanceof MemoryFiles)) throw fileError('EINVAL', path);
    const { node, mount } = walk(other.tree, options.from ?? '/', undefined);
    if (!node) throw fileError('ENOENT', options.from ?? '/');
    const { readOnly = false, type = 'ext4', source = '/dev/vda1' } = options;
    const made = (at: string): Mount => ({ path: at, root: node, volume: mount.volume, readOnly: readOnly || mount.readOnly, type, source });
    if (path === '/') {
      this.tree.root = made('/');
      return;
    }
    if (!this.exists(path)) this.#mountPoint(path, node);
    const place = walk(this.tree, path, undefined);
    const point = child(place.directory, place.name);
    if (point) this.tree.mounts.set(point, made(place.path));
  }

  unmount(path: string): void {
    const place = this.#existing(path);
    const point = child(place.directory, place.name);
    if (!point || !this.tree.mounts.delete(point)) throw fileError('EINVAL', path);
  }

  mounts(): { path: string; type: string; source: string; readOnly: boolean }[] {
    return [this.tree.root, ...this.tree.mounts.values()].map(({ path, type, source, readOnly }) => ({ path, type, source, readOnly }));
  }

  watch(path: string, listener: (path: string) => void): () => void {
    const { mount, path: real } = nearest(this.tree, path);
    const heard = (directory: Directory, name: string) => {
      const full = pathWithin(mount, directory, name);
      if (full !== undefined && (full === real || full.startsWith(real === '/' ? '/' : `${real}/`))) listener(full);
    };
    mount.volume.watchers.add(heard);
    return () => mount.volume.watchers.delete(heard);
  }

  /** Whether all but the last name of a path is there. */
  #isReached(path: string): boolean {
    try {
      walk(this.tree, path, this.credentials);
      return true;
    } catch {
      return false;
    }
  }

  get #umask(): number {
    return this.credentials?.umask ?? 0o022;
  }

  get #owner(): { uid: number; gid: number } {
    return { uid: this.credentials?.uid ?? 0, gid: this.credentials?.gid ?? 0 };
  }

  #existing(path: string, follow = true): Place & { node: Inode } {
    const { node, ...place } = walk(this.tree, path, this.credentials, follow);
    if (!node) throw fileError('ENOENT', path);
    return { ...place, node };
  }

  #create(place: Place, path: string, data: Uint8Array, options: WriteOptions): void {
    const file = newFile(options.mode ?? 0o666 & ~this.#umask, this.tree.now(), options.owner ?? this.#owner);
    file.data = own(data);
    this.#link(place, path, file);
  }

  #replace(path: string, node: Inode): void {
    const parent = path.slice(0, path.lastIndexOf('/'));
    if (parent && !this.exists(parent)) this.mkdir(parent, { recursive: true });
    const place = walk(this.tree, path, undefined);
    attach(place.directory, place.name, node);
    this.#changed(place);
  }

  #mountPoint(path: string, like: Inode): void {
    const root = new MemoryFiles({ ...this.tree, root: { ...this.tree.root, readOnly: false } });
    const directory = like.kind === 'directory' ? path : path.slice(0, path.lastIndexOf('/')) || '/';
    root.mkdir(directory, { recursive: true });
    if (like.kind !== 'directory') root.write(path, '');
  }

  #link(place: Place, path: string, node: Inode): void {
    this.#mustBeOnWritableMount(place, path);
    if (place.directory.virtual) throw fileError('EPERM', path);
    if (!may(place.directory, this.credentials, 2) || !may(place.directory, this.credentials, 1)) throw fileError('EACCES', path);
    attach(place.directory, place.name, node);
    place.directory.mtime = this.tree.now();
    this.#changed(place);
  }

  #isMountPoint({ directory, name }: Place): boolean {
    const point = name === '' ? undefined : child(directory, name);
    return name === '' || (point !== undefined && this.tree.mounts.has(point));
  }

  #mustUnlink(place: Place, path: string): void {
    this.#mustBeOnWritableMount(place, path);
    if (this.#isMountPoint(place)) throw fileError('EBUSY', path);
    if (!may(place.directory, this.credentials, 2) || !may(place.directory, this.credentials, 1)) throw fileError('EACCES', path);
    const uid = this.credentials?.uid ?? 0;
    const sticky = (place.directory.mode & 0o1000) !== 0 && uid !== 0 && place.directory.uid !== uid;
    if (sticky && place.node && place.node.uid !== uid) throw fileError('EPERM', path);
    place.directory.mtime = this.tree.now();
  }

  #mustBeWritable(place: Place, path: string): void {
    if (place.node?.kind === 'file' && place.node.generated) return;
    this.#mustBeOnWritableMount(place, path);
  }

  #mustBeOnWritableMount(place: Place, path: string): void {
    if (place.mount.readOnly) throw fileError('EROFS', path);
  }

  #mustOwn(place: Place & { node: Inode }, path: string): void {
    this.#mustBeOnWritableMount(place, path);
    if (this.credentials && this.credentials.uid !== 0 && this.credentials.uid !== place.node.uid) throw fileError('EPERM', path);
  }

  #changed({ mount, directory, name }: Place): void {
    for (const heard of [...mount.volume.watchers]) heard(directory, name);
  }
}

function parentOf(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end--;
  while (end > 0 && path[end - 1] !== '/') end--;
  while (end > 0 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

/** The path that would be there, as far as it exists without symbolic links. */
function nearest(tree: Tree, path: string): { mount: Mount; path: string } {
  try {
    return walk(tree, path, undefined);
  } catch {
    const cut = path.lastIndexOf('/');
    const above = nearest(tree, path.slice(0, cut) || '/');
    return { mount: above.mount, path: `${above.path === '/' ? '' : above.path}${path.slice(cut)}` };
  }
}

function pathWithin(mount: Mount, directory: Directory, name: string): string | undefined {
  const parts = [name];
  if (mount.root.kind !== 'directory') return child(directory, name) === mount.root ? mount.path : undefined;
  for (let at: Directory | undefined = directory; at !== mount.root; at = at.parent) {
    if (!at?.parent) return undefined;
    parts.push(at.name);
  }
  return `${mount.path === '/' ? '' : mount.path}/${parts.reverse().join('/')}`;
}

function append(node: { data: Uint8Array; buffer?: Uint8Array }, more: Uint8Array): void {
  const size = node.data.length + more.length;
  if (!node.buffer || node.buffer.length < size) {
    node.buffer = new Uint8Array(Math.max(256, size * 2));
    node.buffer.set(node.data);
  }
  node.buffer.set(more, node.data.length);
  node.data = node.buffer.subarray(0, size);
}

function statOf(node: Inode): Stat {
  const { mode, uid, gid, mtime, id, links } = node;
  const base = { type: node.kind, mode, uid, gid, mtime, inode: id };
  if (node.kind === 'symlink') return { ...base, links, size: node.target.length, target: node.target };
  if (node.kind === 'directory') return { ...base, links: 2, size: 4096 };
  if (node.kind === 'device') return { ...base, links, size: 0 };
  if (node.program) return { ...base, links, size: elf(node.program).length, program: node.program };
  return { ...base, links, size: node.generated ? 0 : node.data.length };
}

/** What an executable's bytes look like to whoever reads it. */
const elf = (program: Program): Uint8Array => encoder.encode(`\x7fELF\x02\x01\x01${'\0'.repeat(9)}${program.name}\0`);
const bytes = (data: string | Uint8Array): Uint8Array => (typeof data === 'string' ? encoder.encode(data) : data);
const own = (data: string | Uint8Array): Uint8Array => (typeof data === 'string' ? encoder.encode(data) : data.slice());
