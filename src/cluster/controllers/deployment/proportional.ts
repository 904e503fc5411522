import type { ControllerContext } from '../define-controller.ts';
import type { Deployment, ReplicaSet } from '../objects.ts';
import { DESIRED, MAX } from './annotations.ts';
import { isRolling, maxSurge, replicasOf, sum } from './arithmetic.ts';
import type { Rollout } from './new-set.ts';
import { scaleIfNeeded, scaleSet } from './scale.ts';

const age = ({ metadata }: ReplicaSet) => Date.parse(metadata.creationTimestamp ?? '') || 0;
const isSaturated = (deployment: Deployment, set: ReplicaSet) =>
  replicasOf(set) === replicasOf(deployment) &&
  Number(set.metadata.annotations?.[DESIRED] ?? -1) === replicasOf(deployment) &&
  (set.status?.availableReplicas ?? 0) === replicasOf(deployment);

/** Whether the deployment was given another size since its sets were sized. */
export const isScaling = (deployment: Deployment, sets: readonly ReplicaSet[]): boolean =>
  sets.some(
    (set) =>
      replicasOf(set) > 0 &&
      set.metadata.annotations?.[DESIRED] !== undefined &&
      Number(set.metadata.annotations[DESIRED]) !== replicasOf(deployment),
  );

/** Follows a change of size: the only active set takes it, or in the middle of a rollout all take their share. */
export async function scaleToSize(context: ControllerContext, { deployment, newSet, oldSets }: Rollout): Promise<void> {
  const all = newSet ? [...oldSets, newSet] : oldSets;
  const active = all.filter((set) => replicasOf(set) > 0);
  const only = active.length <= 1 ? (active[0] ?? newSet ?? latest(oldSets)) : undefined;
  if (only) {
    await scaleIfNeeded(context, deployment, only, replicasOf(deployment));
    return;
  }
  if (newSet && isSaturated(deployment, newSet)) {
    for (const set of oldSets) await scaleIfNeeded(context, deployment, set, 0);
    return;
  }
  if (isRolling(deployment)) await share(context, deployment, active);
}

const latest = (sets: readonly ReplicaSet[]) => [...sets].sort((a, b) => age(b) - age(a))[0];

async function share(context: ControllerContext, deployment: Deployment, active: readonly ReplicaSet[]): Promise<void> {
  const allowed = replicasOf(deployment) > 0 ? replicasOf(deployment) + maxSurge(deployment) : 0;
  const toAdd = allowed - sum(active, replicasOf);
  const newer = (a: ReplicaSet, b: ReplicaSet) => replicasOf(b) - replicasOf(a) || (toAdd > 0 ? age(b) - age(a) : age(a) - age(b));
  const sizes = new Map<ReplicaSet, number>();
  let added = 0;
  const sorted = [...active].sort(newer);
  for (const set of sorted) {
    const portion = toAdd === 0 ? 0 : proportion(set, deployment, toAdd, added, sum(active, replicasOf));
    sizes.set(set, replicasOf(set) + portion);
    added += portion;
  }
  for (const [i, set] of sorted.entries()) {
    const size = (sizes.get(set) ?? 0) + (i === 0 ? toAdd - added : 0);
    await scaleSet(context, deployment, set, Math.max(0, size));
  }
}

function proportion(set: ReplicaSet, deployment: Deployment, toAdd: number, added: number, total: number): number {
  const left = toAdd - added;
  if (replicasOf(set) === 0 || left === 0) return 0;
  const before = Number(set.metadata.annotations?.[MAX] ?? 0) || total;
  const share =
    replicasOf(deployment) === 0
      ? -replicasOf(set)
      : Math.round((replicasOf(set) * (replicasOf(deployment) + maxSurge(deployment))) / before) - replicasOf(set);
  return toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
}
