import type { KubeObject } from '../machinery/object.ts';
import type { ResourceType } from './api-client.ts';

/** A cache of one resource type, kept current by list and watch, with indexes. Reads are synchronous and share the store's frozen objects. */
export interface Informer<T extends KubeObject = KubeObject> {
  get(namespace: string, name: string): T | undefined;
  byUid(uid: string): T | undefined;
  list(namespace?: string): readonly T[];
  /** Objects whose index `name` yields `key`; see `addIndex`. Built in: `owner` (uid of each ownerReference). */
  byIndex(index: string, key: string): readonly T[];
  addIndex(name: string, keys: (object: T) => readonly string[]): void;
  /** Told of every change after the cache has taken it: `old` is undefined for a new object, `now` for one that is gone. */
  onChange(listener: (now: T | undefined, old: T | undefined) => void): () => void;
  /** False until the first listing has arrived. */
  readonly synced: boolean;
  readonly whenSynced: Promise<void>;
}

/** One shared informer per resource type. */
export interface Informers {
  for<T extends KubeObject>(type: ResourceType<T>): Informer<T>;
}
