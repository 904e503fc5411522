import { Deployments, Pods, ReplicaSets } from '../../../api/kinds/resource-types.ts';
import { type ControllerContext, type ControllerDefinition, defineController, splitKey, watch, watchOwn } from '../define-controller.ts';
import type { Deployment, Pod, ReplicaSet } from '../objects.ts';
import { claim, keysOfOwners } from '../workload/claim.ts';
import { controllerOf } from '../workload/owner.ts';
import { isFinished } from '../workload/pod-state.ts';
import { revisionOf } from './annotations.ts';
import { replicasOf } from './arithmetic.ts';
import { deploymentCondition, progressing, setCondition } from './conditions.ts';
import { type Rollout, resolveSets } from './new-set.ts';
import { isScaling, scaleToSize } from './proportional.ts';
import { rollOneStep } from './rolling.ts';
import { scaleIfNeeded } from './scale.ts';
import { deadlineOf, hasDeadline, isComplete, updateStatus } from './status.ts';
import { oldestFirst } from './templates.ts';

export const deployment: ControllerDefinition = defineController({
  name: 'deployment-controller',
  watches: [
    watchOwn(Deployments),
    watch(ReplicaSets, (set, old, informers) => keysOfOwners(set, old, informers.for(Deployments), ({ spec }) => spec?.selector, 'Deployment')),
    watch(Pods, (pod, _old, informers) => {
      const set = informers.for(ReplicaSets).byUid(controllerOf(pod)?.uid ?? '');
      const owner = set && controllerOf(set);
      const waits = owner && informers.for(Deployments).get(pod.metadata.namespace ?? '', owner.name)?.spec?.strategy?.type === 'Recreate';
      return waits ? [`${pod.metadata.namespace ?? ''}/${owner.name}`] : [];
    }),
  ],
  reconcile,
});

async function reconcile(key: string, context: ControllerContext): Promise<void> {
  const [namespace, name] = splitKey(key);
  const found = context.informers.for(Deployments).get(namespace, name);
  if (!found) return;
  const sets = await claim(context, ReplicaSets, found, found.spec?.selector);
  if (found.metadata.deletionTimestamp) {
    await updateStatus(context, await resolveSets(context, found, sets, false), { withProgress: false });
    return;
  }
  const current = await notePause(context, found);
  await roll(context, current, sets);
  const latest = context.informers.for(Deployments).get(namespace, name);
  const deadline = latest && deadlineOf(latest);
  if (deadline !== undefined) context.requeueAfter(key, Math.max(1_000, deadline - context.clock.now() + 1_000), { background: true });
}

async function roll(context: ControllerContext, current: Deployment, sets: readonly ReplicaSet[]): Promise<void> {
  if (current.spec?.paused || isScaling(current, sets)) {
    const rollout = await resolveSets(context, current, sets, false);
    await scaleToSize(context, rollout);
    if (current.spec?.paused) await cleanUp(context, rollout);
    await updateStatus(context, refreshed(context, rollout), { withProgress: false });
    return;
  }
  if (current.spec?.strategy?.type === 'Recreate') return recreate(context, current, sets);
  const rollout = await resolveSets(context, current, sets, true);
  const { newSet } = rollout;
  const changed = newSet ? await rollOneStep(context, { ...rollout, newSet }) : false;
  const now = refreshed(context, rollout);
  if (!changed && isComplete(now.deployment, now.deployment.status ?? {})) await cleanUp(context, now);
  await updateStatus(context, now, { withProgress: true });
}

async function recreate(context: ControllerContext, current: Deployment, sets: readonly ReplicaSet[]): Promise<void> {
  const before = await resolveSets(context, current, sets, false);
  const active = before.oldSets.filter((set) => replicasOf(set) > 0);
  for (const set of active) await scaleIfNeeded(context, before.deployment, set, 0);
  if (active.length > 0 || oldPodsRun(context, before.oldSets)) {
    await updateStatus(context, refreshed(context, before), { withProgress: true });
    return;
  }
  const rollout = await resolveSets(context, before.deployment, sets, true);
  if (rollout.newSet) await scaleIfNeeded(context, rollout.deployment, rollout.newSet, replicasOf(rollout.deployment));
  const now = refreshed(context, rollout);
  if (isComplete(now.deployment, now.deployment.status ?? {})) await cleanUp(context, now);
  await updateStatus(context, now, { withProgress: true });
}

const oldPodsRun = ({ informers }: ControllerContext, oldSets: readonly ReplicaSet[]): boolean =>
  oldSets.some(({ metadata }) =>
    informers
      .for(Pods)
      .byIndex('owner', metadata.uid ?? '')
      .some((pod: Pod) => !isFinished(pod)),
  );

/** The same rollout as the caches have it after this turn's writes. */
function refreshed({ informers }: ControllerContext, { deployment: before, newSet, oldSets }: Rollout): Rollout {
  const sets = informers.for(ReplicaSets);
  const again = (set: ReplicaSet) => sets.get(set.metadata.namespace ?? '', set.metadata.name ?? '') ?? set;
  const now = informers.for(Deployments).get(before.metadata.namespace ?? '', before.metadata.name ?? '') ?? before;
  return { deployment: now, newSet: newSet && again(newSet), oldSets: oldSets.map(again) };
}

/** Old sets beyond the history limit go, oldest revision first. */
async function cleanUp({ api }: ControllerContext, { deployment: owner, oldSets }: Rollout): Promise<void> {
  const limit = owner.spec?.revisionHistoryLimit;
  if (limit === undefined || limit >= 2 ** 31 - 1) return;
  const cleanable = oldestFirst(oldSets.filter(({ metadata }) => !metadata.deletionTimestamp)).sort((a, b) => revisionOf(a) - revisionOf(b));
  for (const set of cleanable.slice(0, Math.max(0, cleanable.length - limit))) {
    const isIdle = replicasOf(set) === 0 && !set.status?.replicas && (set.status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 0);
    if (isIdle) await api.delete({ ...ReplicaSets }, set.metadata.namespace ?? '', set.metadata.name ?? '');
  }
}

/** Pausing stops the deadline's clock, resuming starts it anew. */
async function notePause({ api, clock }: ControllerContext, current: Deployment): Promise<Deployment> {
  const condition = progressing(current.status?.conditions);
  if (!hasDeadline(current) || condition?.reason === 'ProgressDeadlineExceeded') return current;
  const isNoted = condition?.reason === 'DeploymentPaused';
  const [reason, message] = current.spec?.paused ? ['DeploymentPaused', 'Deployment is paused'] : ['DeploymentResumed', 'Deployment is resumed'];
  if (Boolean(current.spec?.paused) === isNoted) return current;
  const conditions = setCondition(current.status?.conditions, deploymentCondition(clock.now(), 'Progressing', 'Unknown', reason, message));
  return api.updateStatus(Deployments, { ...current, status: { ...current.status, conditions } });
}
