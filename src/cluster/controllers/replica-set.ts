import { Pods, ReplicaSets } from '../../api/kinds/resource-types.ts';
import { type ControllerContext, type ControllerDefinition, defineController, splitKey, watch, watchOwn } from './define-controller.ts';
import { claim, keysOfOwners } from './workload/claim.ts';
import { lookAgain, reconcilePods, replicaStatus, sameStatus } from './workload/replicas.ts';

export const replicaSet: ControllerDefinition = defineController({
  name: 'replicaset-controller',
  watches: [
    watchOwn(ReplicaSets),
    watch(Pods, (pod, old, informers) => keysOfOwners(pod, old, informers.for(ReplicaSets), (set) => set.spec?.selector, 'ReplicaSet')),
  ],
  reconcile,
});

async function reconcile(key: string, context: ControllerContext): Promise<void> {
  const [namespace, name] = splitKey(key);
  const sets = context.informers.for(ReplicaSets);
  const set = sets.get(namespace, name);
  if (!set) return;
  const template = set.spec?.template ?? {};
  const before = { set, template, pods: await claim(context, Pods, set, set.spec?.selector) };
  const failure = set.metadata.deletionTimestamp ? undefined : await reconcilePods(context, before);
  const pods = context.informers.for(Pods).byIndex('owner', set.metadata.uid ?? '');
  const work = { ...before, pods };
  const now = sets.get(namespace, name);
  if (!now) return;
  const status = replicaStatus(context, { ...work, set: now }, failure);
  if (!sameStatus(now.status, status)) await context.api.updateStatus(ReplicaSets, { ...now, status });
  lookAgain(context, key, work);
  if (failure) throw failure;
}
