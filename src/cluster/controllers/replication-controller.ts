import { Pods, ReplicationControllers } from '../../api/kinds/resource-types.ts';
import { type ControllerContext, type ControllerDefinition, defineController, splitKey, watch, watchOwn } from './define-controller.ts';
import type { ReplicationController } from './objects.ts';
import { claim, keysOfOwners } from './workload/claim.ts';
import { lookAgain, reconcilePods, replicaStatus, sameStatus } from './workload/replicas.ts';

const selectorOf = ({ spec }: ReplicationController) => ({ matchLabels: spec?.selector ?? {} });

export const replicationController: ControllerDefinition = defineController({
  name: 'replicationcontroller-controller',
  serviceAccount: 'replication-controller',
  eventSource: 'replication-controller',
  watches: [
    watchOwn(ReplicationControllers),
    watch(Pods, (pod, old, informers) => keysOfOwners(pod, old, informers.for(ReplicationControllers), selectorOf, 'ReplicationController')),
  ],
  reconcile,
});

async function reconcile(key: string, context: ControllerContext): Promise<void> {
  const [namespace, name] = splitKey(key);
  const sets = context.informers.for(ReplicationControllers);
  const set = sets.get(namespace, name);
  if (!set) return;
  const template = set.spec?.template ?? {};
  const before = { set, template, pods: await claim(context, Pods, set, selectorOf(set)) };
  const failure = set.metadata.deletionTimestamp ? undefined : await reconcilePods(context, before);
  const pods = context.informers.for(Pods).byIndex('owner', set.metadata.uid ?? '');
  const now = sets.get(namespace, name);
  if (!now) return;
  const status = replicaStatus(context, { ...before, set: now, pods }, failure);
  if (!sameStatus(now.status, status)) await context.api.updateStatus(ReplicationControllers, { ...now, status });
  lookAgain(context, key, { ...before, pods });
  if (failure) throw failure;
}
