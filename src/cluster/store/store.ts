import { deepFreeze } from '../../api/machinery/deep-freeze.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import { Bucket, type Watcher } from './bucket.ts';
import type { Change } from './watch-log.ts';

/** A write did not find what it expected: somebody else was there first. */
export class StoreConflict extends Error {
  override readonly name = 'StoreConflict';
}

/** What can be written at once; `expected` is the resourceVersion that must still hold. */
export interface Replacement {
  readonly expected?: string | undefined;
}

/**
 * The cluster's memory, as etcd is upstream's: frozen objects in buckets, one revision counter, and a log of changes that watchers
 * are told of during the commit. It knows nothing of kinds.
 */
export class Store {
  readonly #buckets = new Map<string, Bucket>();
  #revision = 1;

  get revision(): number {
    return this.#revision;
  }

  get(bucket: string, namespace: string, name: string): KubeObject | undefined {
    return this.#buckets.get(bucket)?.get(namespace, name);
  }

  list(bucket: string, namespace?: string): readonly KubeObject[] {
    return this.#buckets.get(bucket)?.list(namespace) ?? [];
  }

  create(bucket: string, object: KubeObject): KubeObject {
    const { namespace = '', name = '' } = object.metadata;
    const into = this.#bucket(bucket);
    if (into.get(namespace, name)) throw new StoreConflict(`${bucket} ${namespace}/${name} exists`);
    return this.#commit(into, 'ADDED', object, undefined);
  }

  update(bucket: string, object: KubeObject, { expected }: Replacement = {}): KubeObject {
    const { namespace = '', name = '' } = object.metadata;
    const into = this.#bucket(bucket);
    const old = this.#expect(into, namespace, name, expected);
    return this.#commit(into, 'MODIFIED', object, old);
  }

  /** Returns what was there, stamped with the revision of its deletion. */
  delete(bucket: string, namespace: string, name: string, { expected }: Replacement = {}): KubeObject {
    const from = this.#bucket(bucket);
    const old = this.#expect(from, namespace, name, expected);
    return this.#commit(from, 'DELETED', old, old);
  }

  /** Changes after `revision` that are still remembered; undefined when some of them are forgotten. */
  changesSince(bucket: string, revision: number): readonly Change[] | undefined {
    const { log } = this.#bucket(bucket);
    return revision < log.forgotten ? undefined : log.since(revision);
  }

  watch(bucket: string, watcher: Watcher): () => void {
    return this.#bucket(bucket).watch(watcher);
  }

  drop(bucket: string): void {
    this.#buckets.delete(bucket);
  }

  #bucket(name: string): Bucket {
    const known = this.#buckets.get(name);
    if (known) return known;
    const bucket = new Bucket();
    this.#buckets.set(name, bucket);
    return bucket;
  }

  #expect(bucket: Bucket, namespace: string, name: string, expected: string | undefined): KubeObject {
    const old = bucket.get(namespace, name);
    if (!old || (expected !== undefined && old.metadata.resourceVersion !== expected)) throw new StoreConflict(`${namespace}/${name} changed`);
    return old;
  }

  #commit(bucket: Bucket, type: Change['type'], object: KubeObject, old: KubeObject | undefined): KubeObject {
    const revision = ++this.#revision;
    const stamped = deepFreeze({ ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } });
    if (type === 'DELETED') bucket.remove(object.metadata.namespace ?? '', object.metadata.name ?? '');
    else bucket.put(stamped);
    bucket.publish({ revision, type, object: stamped, old });
    return stamped;
  }
}
