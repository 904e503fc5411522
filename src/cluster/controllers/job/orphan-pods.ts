import type { Informers } from '../../../api/client/informer.ts';
import { Jobs, Pods } from '../../../api/kinds/resource-types.ts';
import { type ControllerDefinition, defineController, keyOf, splitKey, watch } from '../define-controller.ts';
import type { Pod } from '../objects.ts';
import { controllerOf } from '../workload/owner.ts';
import { isTracked } from './pods.ts';
import { untrack } from './untrack.ts';

/** Pods that no job counts any more lose the finalizer that kept them, so that they can go. */
export const jobOrphanPods: ControllerDefinition = defineController({
  name: 'job-controller',
  watches: [
    watch(Pods, (pod, _old, informers) => (isOrphan(pod, informers) ? [keyOf(pod)] : [])),
    watch(Jobs, ({ metadata }, _old, informers) =>
      informers.for(Jobs).byUid(metadata.uid ?? '')
        ? []
        : informers
            .for(Pods)
            .byIndex('owner', metadata.uid ?? '')
            .map(keyOf),
    ),
  ],
  reconcile: async (key, context) => {
    const [namespace, name] = splitKey(key);
    const pod = context.informers.for(Pods).get(namespace, name);
    if (pod && isOrphan(pod, context.informers)) await untrack(context, [pod]);
  },
});

function isOrphan(pod: Pod, informers: Informers): boolean {
  if (!isTracked(pod)) return false;
  const owner = controllerOf(pod);
  return !owner || (owner.kind === 'Job' && !informers.for(Jobs).byUid(owner.uid));
}
