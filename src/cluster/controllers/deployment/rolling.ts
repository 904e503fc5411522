import type { ControllerContext } from '../define-controller.ts';
import type { Deployment, ReplicaSet } from '../objects.ts';
import { maxUnavailable, newSetReplicas, replicasOf, sum } from './arithmetic.ts';
import type { Rollout } from './new-set.ts';
import { scaleIfNeeded } from './scale.ts';
import { oldestFirst } from './templates.ts';

const available = ({ status }: ReplicaSet) => status?.availableReplicas ?? 0;

/** One step of a rolling update: the new set up as far as allowed, or else the old ones down. True when something changed. */
export async function rollOneStep(context: ControllerContext, rollout: Rollout & { newSet: ReplicaSet }): Promise<boolean> {
  const { deployment, newSet, oldSets } = rollout;
  const all = [...oldSets, newSet];
  const wanted = replicasOf(newSet) > replicasOf(deployment) ? replicasOf(deployment) : newSetReplicas(deployment, all, newSet);
  if (wanted !== replicasOf(newSet)) {
    await scaleIfNeeded(context, deployment, newSet, wanted);
    return true;
  }
  return scaleDownOld(context, deployment, newSet, oldSets);
}

async function scaleDownOld(
  context: ControllerContext,
  deployment: Deployment,
  newSet: ReplicaSet,
  oldSets: readonly ReplicaSet[],
): Promise<boolean> {
  const active = oldSets.filter((set) => replicasOf(set) > 0);
  if (active.length === 0) return false;
  const all = [...oldSets, newSet];
  const least = replicasOf(deployment) - maxUnavailable(deployment);
  const newUnavailable = replicasOf(newSet) - available(newSet);
  const allowed = sum(all, replicasOf) - least - newUnavailable;
  if (allowed <= 0) return false;
  const { sets, cleaned } = await cleanUpUnhealthy(context, deployment, active, allowed);
  const scaled = await scaleDownHealthy(context, deployment, sets, sum([...sets, newSet], available) - least);
  return cleaned + scaled > 0;
}

/** Pods of old sets that are not available go first: nobody misses them. */
async function cleanUpUnhealthy(context: ControllerContext, deployment: Deployment, sets: readonly ReplicaSet[], allowed: number) {
  const result: ReplicaSet[] = [];
  let cleaned = 0;
  for (const set of oldestFirst(sets)) {
    const unhealthy = replicasOf(set) - available(set);
    const count = Math.min(allowed - cleaned, unhealthy);
    if (count <= 0) {
      result.push(set);
      continue;
    }
    result.push(await scaleIfNeeded(context, deployment, set, replicasOf(set) - count));
    cleaned += count;
  }
  return { sets: result, cleaned };
}

async function scaleDownHealthy(context: ControllerContext, deployment: Deployment, sets: readonly ReplicaSet[], allowed: number): Promise<number> {
  let scaled = 0;
  for (const set of oldestFirst(sets)) {
    const count = Math.min(replicasOf(set), allowed - scaled);
    if (count <= 0) continue;
    await scaleIfNeeded(context, deployment, set, replicasOf(set) - count);
    scaled += count;
  }
  return scaled;
}
