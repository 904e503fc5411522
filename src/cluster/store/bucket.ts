import type { KubeObject } from '../../api/machinery/object.ts';
import type { Change } from './watch-log.ts';
import { WatchLog } from './watch-log.ts';

/** Whoever watches a bucket, or one namespace of it. */
export interface Watcher {
  readonly namespace: string | undefined;
  readonly onChange: (change: Change) => void;
}

/** All objects of one resource, by namespace and name (`''` is the namespace of cluster-scoped objects). */
export class Bucket {
  readonly log = new WatchLog();
  readonly #namespaces = new Map<string, Map<string, KubeObject>>();
  readonly #sorted = new Map<string, readonly KubeObject[]>();
  readonly #watchers = new Set<Watcher>();

  get(namespace: string, name: string): KubeObject | undefined {
    return this.#namespaces.get(namespace)?.get(name);
  }

  put(object: KubeObject): void {
    const { namespace = '', name = '' } = object.metadata;
    const objects = this.#namespaces.get(namespace) ?? new Map<string, KubeObject>();
    objects.set(name, object);
    this.#namespaces.set(namespace, objects);
    this.#sorted.delete(namespace);
  }

  remove(namespace: string, name: string): void {
    const objects = this.#namespaces.get(namespace);
    objects?.delete(name);
    if (objects?.size === 0) this.#namespaces.delete(namespace);
    this.#sorted.delete(namespace);
  }

  /** In key order: by namespace, then by name. */
  list(namespace?: string): readonly KubeObject[] {
    if (namespace !== undefined) return this.#listOne(namespace);
    const names = [...this.#namespaces.keys()].sort((a, b) => (`${a}/` < `${b}/` ? -1 : 1));
    return names.length === 1 ? this.#listOne(names[0] ?? '') : names.flatMap((name) => this.#listOne(name));
  }

  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  publish(change: Change): void {
    this.log.add(change);
    const namespace = change.object.metadata.namespace ?? '';
    for (const watcher of [...this.#watchers]) {
      if (watcher.namespace === undefined || watcher.namespace === namespace) watcher.onChange(change);
    }
  }

  #listOne(namespace: string): readonly KubeObject[] {
    const known = this.#sorted.get(namespace);
    if (known) return known;
    const objects = this.#namespaces.get(namespace);
    const list = objects ? [...objects.values()].sort(byName) : [];
    this.#sorted.set(namespace, list);
    return list;
  }
}

const byName = (a: KubeObject, b: KubeObject) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1);
