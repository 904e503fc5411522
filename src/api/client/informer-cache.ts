import type { KubeObject } from '../machinery/object.ts';
import type { Informer } from './informer.ts';

type Listener<T> = (now: T | undefined, old: T | undefined) => void;

interface Index<T> {
  readonly keys: (object: T) => readonly string[];
  readonly buckets: Map<string, Map<string, T>>;
}

const NONE: readonly never[] = [];

/** The indexed store behind an informer: what is known now, and who wants to hear of changes. */
export class InformerCache<T extends KubeObject> implements Informer<T> {
  readonly whenSynced: Promise<void>;
  #synced = false;
  #resolveSynced: () => void = () => undefined;
  #objects = new Map<string, T>();
  #uids = new Map<string, T>();
  #indexes = new Map<string, Index<T>>();
  #listeners: Listener<T>[] = [];

  constructor() {
    this.whenSynced = new Promise((resolve) => {
      this.#resolveSynced = resolve;
    });
    this.addIndex('owner', (object) => (object.metadata.ownerReferences ?? []).map(({ uid }) => uid));
    this.addIndex('namespace', (object) => [object.metadata.namespace ?? '']);
  }

  get synced(): boolean {
    return this.#synced;
  }

  get(namespace: string, name: string): T | undefined {
    return this.#objects.get(cacheKey(namespace, name));
  }

  byUid(uid: string): T | undefined {
    return this.#uids.get(uid);
  }

  list(namespace?: string): readonly T[] {
    return namespace ? this.byIndex('namespace', namespace) : [...this.#objects.values()];
  }

  byIndex(index: string, key: string): readonly T[] {
    const bucket = this.#indexes.get(index)?.buckets.get(key);
    return bucket ? [...bucket.values()] : NONE;
  }

  addIndex(name: string, keys: (object: T) => readonly string[]): void {
    if (this.#indexes.has(name)) return;
    const index: Index<T> = { keys, buckets: new Map() };
    this.#indexes.set(name, index);
    for (const [key, object] of this.#objects) insert(index, key, object);
  }

  onChange(listener: Listener<T>): () => void {
    this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  /** Takes a full listing: whatever it lacks is gone. */
  replace(items: readonly T[]): void {
    const keys = new Set(items.map(keyOf));
    for (const object of [...this.#objects.values()]) if (!keys.has(keyOf(object))) this.remove(object);
    for (const item of items) this.put(item);
    this.#synced = true;
    this.#resolveSynced();
  }

  put(object: T): void {
    const key = keyOf(object);
    const old = this.#objects.get(key);
    if (old && old.metadata.resourceVersion === object.metadata.resourceVersion && old.metadata.uid === object.metadata.uid) return;
    this.#objects.set(key, object);
    this.#reindex(key, old, object);
    this.#tell(object, old);
  }

  remove(object: T): void {
    const key = keyOf(object);
    const old = this.#objects.get(key);
    if (!old) return;
    this.#objects.delete(key);
    this.#reindex(key, old, undefined);
    this.#tell(undefined, isNewer(object, old) ? object : old);
  }

  #reindex(key: string, old: T | undefined, now: T | undefined): void {
    if (old?.metadata.uid && old.metadata.uid !== now?.metadata.uid) this.#uids.delete(old.metadata.uid);
    if (now?.metadata.uid) this.#uids.set(now.metadata.uid, now);
    for (const index of this.#indexes.values()) {
      const newKeys = now ? index.keys(now) : NONE;
      if (old) for (const k of index.keys(old)) if (!newKeys.includes(k)) drop(index, k, key);
      for (const k of newKeys) place(index, k, key, now as T);
    }
  }

  #tell(now: T | undefined, old: T | undefined): void {
    for (const listener of this.#listeners) listener(now, old);
  }
}

const cacheKey = (namespace: string, name: string) => `${namespace}/${name}`;
const keyOf = ({ metadata }: KubeObject) => cacheKey(metadata.namespace ?? '', metadata.name ?? '');
const isNewer = (a: KubeObject, b: KubeObject) => a.metadata.resourceVersion !== b.metadata.resourceVersion;

function insert<T extends KubeObject>(index: Index<T>, key: string, object: T): void {
  for (const bucket of index.keys(object)) place(index, bucket, key, object);
}

function place<T>(index: Index<T>, bucketKey: string, key: string, object: T): void {
  const bucket = index.buckets.get(bucketKey);
  if (bucket) bucket.set(key, object);
  else index.buckets.set(bucketKey, new Map([[key, object]]));
}

function drop<T>(index: Index<T>, bucketKey: string, key: string): void {
  const bucket = index.buckets.get(bucketKey);
  bucket?.delete(key);
  if (bucket?.size === 0) index.buckets.delete(bucketKey);
}
