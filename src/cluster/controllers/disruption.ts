import {
  DaemonSets,
  Deployments,
  PodDisruptionBudgets,
  Pods,
  ReplicaSets,
  ReplicationControllers,
  StatefulSets,
} from '../../api/kinds/resource-types.ts';
import { selects } from '../../api/machinery/labels.ts';
import type { Condition, PodDisruptionBudgetStatus } from '../../api/schema/generated/types.ts';
import { isoTime } from '../../clock/index.ts';
import { type ControllerContext, type ControllerDefinition, defineController, keyOf, splitKey, watch, watchOwn } from './define-controller.ts';
import { scaled } from './deployment/arithmetic.ts';
import type { Pod, PodDisruptionBudget } from './objects.ts';
import { withCondition } from './workload/conditions.ts';
import { controllerOf } from './workload/owner.ts';
import { isFinished, isReady } from './workload/pod-state.ts';
import { sameStatus } from './workload/replicas.ts';

const EXPIRY_MS = 120_000;

/** Keeps each PodDisruptionBudget's status: how many pods it may lose right now. */
export const disruption: ControllerDefinition = defineController({
  name: 'disruption-controller',
  eventSource: 'controllermanager',
  watches: [
    watchOwn(PodDisruptionBudgets),
    watch(Pods, (pod, _old, informers) =>
      informers
        .for(PodDisruptionBudgets)
        .list(pod.metadata.namespace)
        .filter(({ spec }) => selects(spec?.selector, pod.metadata.labels))
        .map(keyOf),
    ),
    ...[Deployments, ReplicaSets, StatefulSets, ReplicationControllers, DaemonSets].map((type) =>
      watch({ ...type, object: undefined }, (object, _old, informers) =>
        informers.for(PodDisruptionBudgets).list(object.metadata.namespace).map(keyOf),
      ),
    ),
  ],
  reconcile,
});

async function reconcile(key: string, context: ControllerContext): Promise<void> {
  const [namespace, name] = splitKey(key);
  const { api, clock, event, informers } = context;
  const budget = informers.for(PodDisruptionBudgets).get(namespace, name);
  if (!budget) return;
  const pods = informers
    .for(Pods)
    .list(namespace)
    .filter((pod) => selects(budget.spec?.selector, pod.metadata.labels));
  if (pods.length === 0) event(budget, 'Normal', 'NoPods', 'No matching pods found');
  const disrupted = stillDisrupted(budget, pods, clock.now());
  const status = statusOf(context, budget, pods, disrupted);
  if (!sameStatus(status, budget.status)) await api.updateStatus(PodDisruptionBudgets, { ...budget, status });
  const times = Object.values(disrupted).map((time) => Date.parse(time) + EXPIRY_MS);
  if (times.length > 0) context.requeueAfter(key, Math.min(...times) - clock.now() + 1, { background: true });
}

/** Evictions that were granted and not yet seen to happen. */
function stillDisrupted({ status }: PodDisruptionBudget, pods: readonly Pod[], now: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(status?.disruptedPods ?? {}).filter(([name, time]) => {
      const pod = pods.find(({ metadata }) => metadata.name === name);
      return pod && !pod.metadata.deletionTimestamp && Date.parse(time) + EXPIRY_MS > now;
    }),
  );
}

function statusOf(
  context: ControllerContext,
  budget: PodDisruptionBudget,
  pods: readonly Pod[],
  disrupted: Readonly<Record<string, string>>,
): PodDisruptionBudgetStatus {
  const { expected, desired } = wanted(
    context,
    budget,
    pods.filter((pod) => !isFinished(pod)),
  );
  const isHealthy = (pod: Pod) => !pod.metadata.deletionTimestamp && !disrupted[pod.metadata.name ?? ''] && isReady(pod);
  const healthy = pods.filter(isHealthy).length;
  const allowed = expected > 0 ? Math.max(0, healthy - desired) : 0;
  const generation = budget.metadata.generation ?? 0;
  const condition: Condition = {
    type: 'DisruptionAllowed',
    status: allowed > 0 ? 'True' : 'False',
    reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    lastTransitionTime: isoTime(context.clock.now()),
    observedGeneration: generation,
  };
  return {
    observedGeneration: generation,
    ...(Object.keys(disrupted).length > 0 ? { disruptedPods: disrupted } : {}),
    disruptionsAllowed: allowed,
    currentHealthy: healthy,
    desiredHealthy: desired,
    expectedPods: expected,
    conditions: withCondition(budget.status?.conditions, condition),
  };
}

function wanted(context: ControllerContext, { spec }: PodDisruptionBudget, pods: readonly Pod[]): { expected: number; desired: number } {
  if (spec?.maxUnavailable !== undefined) {
    const expected = expectedScale(context, pods);
    return { expected, desired: Math.max(0, expected - scaled(spec.maxUnavailable, expected, 'up')) };
  }
  const minimum = spec?.minAvailable ?? 0;
  if (typeof minimum === 'number') return { expected: pods.length, desired: minimum };
  const expected = expectedScale(context, pods);
  return { expected, desired: scaled(minimum, expected, 'up') };
}

/** How many pods the owners of these would have. */
function expectedScale({ informers }: ControllerContext, pods: readonly Pod[]): number {
  const scales = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (!owner) continue;
    const set = informers.for(ReplicaSets).byUid(owner.uid);
    const above = set && informers.for(Deployments).byUid(controllerOf(set)?.uid ?? '');
    const direct = set ?? informers.for(StatefulSets).byUid(owner.uid) ?? informers.for(ReplicationControllers).byUid(owner.uid);
    if (above) scales.set(above.metadata.uid ?? '', above.spec?.replicas ?? 1);
    else if (direct) scales.set(owner.uid, direct.spec?.replicas ?? 1);
  }
  return [...scales.values()].reduce((sum, replicas) => sum + replicas, 0);
}
