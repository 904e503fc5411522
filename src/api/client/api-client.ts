import type { GroupVersionResource, KubeObject } from '../machinery/object.ts';
import type { WatchStream } from './transport.ts';

/** A resource type together with the TypeScript type of its objects, so that calls need no casts: `api.get(Pods, 'default', 'web')`. */
export interface ResourceType<T extends KubeObject = KubeObject> extends GroupVersionResource {
  readonly kind: string;
  readonly namespaced: boolean;
  /** Never set: carries T. */
  readonly object?: T;
}

export interface ListOptions {
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
  resourceVersion?: string;
}

export interface ObjectList<T> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
  readonly continue?: string;
}

export interface WriteOptions {
  dryRun?: boolean;
  fieldManager?: string;
  subresource?: string;
}

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  preconditions?: { uid?: string; resourceVersion?: string };
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

/** Typed calls over a Transport. Every failure of the server is thrown as StatusError. `namespace` is ignored for cluster-scoped types. */
export interface ApiClient {
  get<T extends KubeObject>(type: ResourceType<T>, namespace: string, name: string, subresource?: string): Promise<T>;
  list<T extends KubeObject>(type: ResourceType<T>, namespace?: string, options?: ListOptions): Promise<ObjectList<T>>;
  watch<T extends KubeObject>(type: ResourceType<T>, namespace?: string, options?: ListOptions): Promise<WatchStream>;
  create<T extends KubeObject>(type: ResourceType<T>, object: T, options?: WriteOptions): Promise<T>;
  update<T extends KubeObject>(type: ResourceType<T>, object: T, options?: WriteOptions): Promise<T>;
  updateStatus<T extends KubeObject>(type: ResourceType<T>, object: T, options?: WriteOptions): Promise<T>;
  patch<T extends KubeObject>(
    type: ResourceType<T>,
    namespace: string,
    name: string,
    kind: PatchType,
    patch: unknown,
    options?: WriteOptions,
  ): Promise<T>;
  delete<T extends KubeObject>(type: ResourceType<T>, namespace: string, name: string, options?: DeleteOptions): Promise<void>;
}
