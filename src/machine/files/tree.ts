import type { Credentials } from '../process.ts';
import { child, type Directory, fileError, type Inode } from './inode.ts';

/** What several mounts of one tree share: who wants to hear of changes. */
export interface Volume {
  readonly watchers: Set<(directory: Directory, name: string) => void>;
}

export interface Mount {
  readonly path: string;
  readonly root: Inode;
  readonly volume: Volume;
  readonly readOnly: boolean;
  readonly type: string;
  readonly source: string;
}

/** The file tree as one machine sees it: a root and what is mounted where. */
export interface Tree {
  root: Mount;
  readonly mounts: Map<Inode, Mount>;
  readonly now: () => number;
}

/** Where a path leads: its directory and name, and the node there, if any. */
export interface Place {
  readonly directory: Directory;
  readonly name: string;
  readonly node: Inode | undefined;
  readonly mount: Mount;
  /** Without symbolic links. */
  readonly path: string;
}

const MAX_LINKS = 40;

/** Follows `path`; a missing last component is a Place without a node, anything missing before it is an error. */
export function walk(tree: Tree, path: string, who: Credentials | undefined, followLast = true): Place {
  const pending = segments(path);
  const trail: Place[] = [];
  let at = rootPlace(tree);
  for (let links = 0; pending.length > 0; ) {
    const name = pending.pop() as string;
    if (at.node?.kind !== 'directory') throw fileError(at.node ? 'ENOTDIR' : 'ENOENT', path);
    if (name === '.') continue;
    if (name === '..') {
      at = trail.pop() ?? at;
      continue;
    }
    if (!may(at.node, who, 1)) throw fileError('EACCES', path);
    const node = child(at.node, name);
    if (node?.kind === 'symlink' && (pending.length > 0 || followLast)) {
      if (++links > MAX_LINKS) throw fileError('ELOOP', path);
      if (node.target.startsWith('/')) {
        trail.length = 0;
        at = rootPlace(tree);
      }
      pending.push(...segments(node.target));
      continue;
    }
    trail.push(at);
    at = step(tree, at.node, at, name, node);
  }
  if (path.length > 1 && path.endsWith('/') && at.node && at.node.kind !== 'directory') throw fileError('ENOTDIR', path);
  return at;
}

function step(tree: Tree, directory: Directory, from: Place, name: string, node: Inode | undefined): Place {
  const mounted = node && tree.mounts.get(node);
  const path = from.path === '/' ? `/${name}` : `${from.path}/${name}`;
  return { directory, name, node: mounted?.root ?? node, mount: mounted ?? from.mount, path };
}

function rootPlace(tree: Tree): Place {
  const { root } = tree.root;
  if (root.kind !== 'directory') throw fileError('ENOTDIR', '/');
  return { directory: root, name: '', node: root, mount: tree.root, path: '/' };
}

/** In reverse, to be popped. */
function segments(path: string): string[] {
  const parts = path.split('/');
  const names: string[] = [];
  for (let i = parts.length - 1; i >= 0; i--) if (parts[i]) names.push(parts[i] as string);
  return names;
}

/** Whether someone may read (4), write (2) or search/execute (1). */
export function may(node: Inode, who: Credentials | undefined, right: 1 | 2 | 4): boolean {
  if (!who || who.uid === 0) return right !== 1 || node.kind === 'directory' || (node.mode & 0o111) !== 0;
  const shift = node.uid === who.uid ? 6 : node.gid === who.gid || who.groups.includes(node.gid) ? 3 : 0;
  return ((node.mode >> shift) & right) !== 0;
}
