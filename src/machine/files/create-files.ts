import type { Files } from '../files.ts';
import { newDirectory } from './inode.ts';
import { MemoryFiles } from './memory-files.ts';
import { type Tree, walk } from './tree.ts';

/**
 * A new tree: empty, or one through which `lower` shows until it is written to. `lower` must not change afterwards;
 * any number of trees may stand on it at next to no cost.
 */
export function createFiles({ now, lower }: { now: () => number; lower?: Files }): MemoryFiles {
  const below = lower instanceof MemoryFiles ? walk(lower.tree, '/', undefined).directory : undefined;
  const root = newDirectory(0o755, now(), undefined, '', below ? { lower: below } : {});
  const mount = { path: '/', root, volume: { watchers: new Set<never>() }, readOnly: false, type: 'ext4', source: '/dev/vda1' };
  const tree: Tree = { root: mount, mounts: new Map(), now };
  return new MemoryFiles(tree);
}

/** A tree whose whole content is computed at each look (/proc). */
export function createVirtualFiles(now: () => number, virtual: NonNullable<ReturnType<typeof newDirectory>['virtual']>): MemoryFiles {
  const root = newDirectory(0o555, now(), undefined, '', { virtual });
  const mount = { path: '/', root, volume: { watchers: new Set<never>() }, readOnly: false, type: 'proc', source: 'proc' };
  return new MemoryFiles({ root: mount, mounts: new Map(), now });
}
