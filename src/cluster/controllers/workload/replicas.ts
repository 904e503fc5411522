import { Pods, ReplicaSets } from '../../../api/kinds/resource-types.ts';
import { deepEqual } from '../../../api/machinery/deep-equal.ts';
import { selects } from '../../../api/machinery/labels.ts';
import type { PodTemplateSpec, ReplicaSetCondition, ReplicaSetStatus } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import type { ControllerContext } from '../define-controller.ts';
import type { Pod, ReplicaSet, ReplicationController } from '../objects.ts';
import { conditionOf, withCondition, withoutCondition } from './conditions.ts';
import { inDeletionOrder } from './deletion-order.ts';
import { controllerOf } from './owner.ts';
import { createPod, deletePod, isNamespaceTerminating, messageOf, podFromTemplate } from './pod-control.ts';
import { isActive, isAvailable, isFinished, isReady, nextAvailable } from './pod-state.ts';

const BURST = 500;

/** A set that keeps a number of equal pods alive: ReplicaSet or ReplicationController. */
export type ReplicaOwner = ReplicaSet | ReplicationController;

export interface ReplicaWork {
  readonly set: ReplicaOwner;
  readonly template: PodTemplateSpec;
  readonly pods: readonly Pod[];
}

/** Creates or deletes what is too few or too many; the error that stopped it, if one did. */
export async function reconcilePods(context: ControllerContext, { set, template, pods }: ReplicaWork): Promise<unknown> {
  const active = pods.filter(isActive);
  const missing = (set.spec?.replicas ?? 1) - active.length;
  try {
    if (missing > 0) {
      for (let i = 0; i < Math.min(missing, BURST); i++) await createPod(context, podFromTemplate(template, set), set);
    } else if (missing < 0) {
      const doomed = inDeletionOrder(active, podsPerNode(context, set, active)).slice(0, Math.min(-missing, BURST));
      for (const pod of doomed) await deletePod(context, pod, set);
    }
    return undefined;
  } catch (error) {
    return isNamespaceTerminating(error) ? undefined : error;
  }
}

/** How crowded each node is with pods of this set and of the sets beside it under the same owner. */
function podsPerNode({ informers }: ControllerContext, set: ReplicaOwner, active: readonly Pod[]): Map<string, number> {
  const owner = controllerOf(set);
  const counts = new Map<string, number>();
  const count = (pod: Pod) => counts.set(pod.spec?.nodeName ?? '', (counts.get(pod.spec?.nodeName ?? '') ?? 0) + 1);
  if (!owner) {
    for (const pod of active) count(pod);
    return counts;
  }
  const pods = informers.for(Pods);
  for (const sibling of informers.for(ReplicaSets).byIndex('owner', owner.uid)) {
    for (const pod of pods.byIndex('owner', sibling.metadata.uid ?? '')) if (isActive(pod)) count(pod);
  }
  return counts;
}

export function replicaStatus({ clock }: ControllerContext, work: ReplicaWork, failure: unknown): ReplicaSetStatus {
  const { set, template, pods } = work;
  const minReady = set.spec?.minReadySeconds ?? 0;
  const active = pods.filter(isActive);
  const terminating = pods.filter((pod) => pod.metadata.deletionTimestamp && !isFinished(pod)).length;
  const labels = template.metadata?.labels ?? {};
  const conditions = failureConditions(set, active.length, failure, isoTime(clock.now()));
  return {
    replicas: active.length,
    fullyLabeledReplicas: active.filter((pod) => selects({ matchLabels: labels }, pod.metadata.labels)).length,
    readyReplicas: active.filter(isReady).length,
    availableReplicas: active.filter((pod) => isAvailable(pod, minReady, clock.now())).length,
    ...(set.kind === 'ReplicaSet' ? { terminatingReplicas: terminating } : {}),
    observedGeneration: set.metadata.generation ?? 0,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
}

function failureConditions(set: ReplicaOwner, have: number, failure: unknown, now: string): readonly ReplicaSetCondition[] {
  const conditions: readonly ReplicaSetCondition[] = set.status?.conditions ?? [];
  if (!failure) return withoutCondition(conditions, 'ReplicaFailure');
  if (conditionOf(conditions, 'ReplicaFailure')) return conditions;
  const reason = have < (set.spec?.replicas ?? 1) ? 'FailedCreate' : 'FailedDelete';
  return withCondition(conditions, { type: 'ReplicaFailure', status: 'True', lastTransitionTime: now, reason, message: messageOf(failure) });
}

/** Looks again when the next pod's minReadySeconds are over. */
export function lookAgain({ clock, requeueAfter }: ControllerContext, key: string, { set, pods }: ReplicaWork): void {
  const at = nextAvailable(pods, set.spec?.minReadySeconds ?? 0, clock.now());
  if (at !== undefined) requeueAfter(key, at - clock.now());
}

export const sameStatus = (a: unknown, b: unknown): boolean => deepEqual(withoutZeros(a), withoutZeros(b));

/** Go omits zero counts and empty lists: absent and zero are the same. */
function withoutZeros(status: unknown): unknown {
  if (typeof status !== 'object' || status === null) return {};
  return Object.fromEntries(
    Object.entries(status).filter(([, value]) => value !== 0 && value !== undefined && !(Array.isArray(value) && !value.length)),
  );
}
