import type { ApiClient } from '../../api/client/api-client.ts';
import type { Informers } from '../../api/client/informer.ts';
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
  /** Puts a key back on this controller's queue after `ms`. */
  requeueAfter(key: string, ms: number): void;
}

export interface ControllerDefinition {
  /** As in `--controllers` of kube-controller-manager: `deployment-controller`. */
  readonly name: string;
  /** What to watch, and which keys (`namespace/name`, or `name`) of this controller's own queue a change of it touches. */
  readonly watches: readonly Watch[];
  /** Brings the world one step nearer to what the object behind `key` asks for; level-triggered. Errors are retried with back-off; conflicts at once. */
  reconcile(key: string, context: ControllerContext): Promise<void>;
  /** Once, before the first reconcile; for resyncs by time. */
  start?(context: ControllerContext): void;
}

export interface Watch {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly keys: (object: KubeObject, old: KubeObject | undefined, informers: Informers) => readonly string[];
}

export const defineController = (definition: ControllerDefinition): ControllerDefinition => definition;
