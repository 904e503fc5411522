import type { ApiClient, ResourceType } from '../../api/client/api-client.ts';
import type { Informers } from '../../api/client/informer.ts';
import type { Transport } from '../../api/client/transport.ts';
import type { BackOff } from '../../api/client/work-queue.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import type { Clock } from '../../clock/index.ts';

/** What a controller is given to work with. It keeps no memory that it could not rebuild from the store. */
export interface ControllerContext {
  /** Acts as `system:serviceaccount:kube-system:<name>` or as system:kube-controller-manager. */
  readonly api: ApiClient;
  /** Shared, read-only caches of what is in the store. */
  readonly informers: Informers;
  readonly clock: Clock;
  /** Records an event as upstream's recorder does: series counted, source component = the controller's name. */
  event(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string): void;
  /** Puts a key back on this controller's queue after `ms`; `background` where it recurs for ever and nobody should wait for it. */
  requeueAfter(key: string, ms: number, options?: { background?: boolean }): void;
  /** The connection behind `api`, for what has no typed call: proxies, raw paths, metrics. */
  readonly transport: Transport;
}

export interface ControllerDefinition {
  /** As in `--controllers` of kube-controller-manager: `deployment-controller`. */
  readonly name: string;
  /** The ServiceAccount in kube-system it acts as; `name` unless given. */
  readonly serviceAccount?: string;
  /** The `source.component` of its events; `name` unless given. */
  readonly eventSource?: string;
  /** How errors are retried; upstream's 5 ms doubling to 1000 s unless given. */
  readonly backOff?: BackOff;
  /** What to watch, and which keys (`namespace/name`, or `name`) of this controller's own queue a change of it touches. */
  readonly watches: readonly Watch[];
  /** Brings the world one step nearer to what the object behind `key` asks for; level-triggered. Errors are retried with back-off; conflicts at once. */
  reconcile(key: string, context: ControllerContext): Promise<void>;
  /** Once, before the first reconcile; for resyncs by time. */
  start?(context: ControllerContext): void;
}

export interface Watch extends ResourceType {
  readonly keys: (object: KubeObject, old: KubeObject | undefined, informers: Informers) => readonly string[];
}

export const defineController = (definition: ControllerDefinition): ControllerDefinition => definition;

/** One watch of a known type, its key function typed by it. */
export function watch<T extends KubeObject>(
  { group, version, resource, kind, namespaced }: ResourceType<T>,
  keys: (object: T, old: T | undefined, informers: Informers) => readonly string[],
): Watch {
  return { group, version, resource, kind, namespaced, keys: keys as unknown as Watch['keys'] };
}

export const keyOf = ({ metadata }: KubeObject): string =>
  metadata.namespace ? `${metadata.namespace}/${metadata.name ?? ''}` : (metadata.name ?? '');

export function splitKey(key: string): [namespace: string, name: string] {
  const slash = key.indexOf('/');
  return slash < 0 ? ['', key] : [key.slice(0, slash), key.slice(slash + 1)];
}

/** The usual first watch: the controller's own objects, keyed by themselves. */
export const watchOwn = <T extends KubeObject>(type: ResourceType<T>): Watch => watch(type, (object) => [keyOf(object)]);
