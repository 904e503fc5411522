import type { ControllerDefinition } from './define-controller.ts';
import { replicaSet } from './replica-set.ts';
import { replicationController } from './replication-controller.ts';

/** One line per controller. */
export const controllers: readonly ControllerDefinition[] = [replicaSet, replicationController];
