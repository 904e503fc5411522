import { Nodes, Pods } from '../../api/kinds/resource-types.ts';
import { isStatusError } from '../../api/machinery/status-error.ts';
import { isoTime } from '../../clock/index.ts';
import { type ControllerContext, type ControllerDefinition, defineController } from './define-controller.ts';
import { podsOnNode } from './node/pods-on-node.ts';
import type { Pod } from './objects.ts';
import { isFinished } from './workload/pod-state.ts';

const PERIOD_MS = 20_000;
const QUARANTINE_MS = 40_000;
const MAX_FINISHED = 12_500;
const SWEEP = 'finished';

/** Removes pods of nodes that are gone, and the oldest finished ones beyond the limit. */
export function podGarbage(): ControllerDefinition {
  /** Since when nodes have been missing. */
  const gone = new Map<string, number>();
  return defineController({
    name: 'pod-garbage-collector-controller',
    serviceAccount: 'pod-garbage-collector',
    watches: [{ ...Nodes, object: undefined, keys: ({ metadata }) => [metadata.name ?? ''] }],
    start: ({ requeueAfter }) => requeueAfter(SWEEP, PERIOD_MS, { background: true }),
    reconcile: async (key, context) => {
      if (key === SWEEP) return sweep(context);
      const { clock, informers, requeueAfter } = context;
      if (informers.for(Nodes).get('', key)) return;
      const orphans = podsOnNode(informers, key);
      if (orphans.length === 0) return;
      const since = gone.get(key) ?? clock.now();
      gone.set(key, since);
      const left = since + QUARANTINE_MS - clock.now();
      if (left > 0) {
        requeueAfter(key, left, { background: true });
        return;
      }
      gone.delete(key);
      for (const pod of orphans) await remove(context, pod);
    },
  });
}

async function sweep(context: ControllerContext): Promise<void> {
  const { informers, requeueAfter } = context;
  requeueAfter(SWEEP, PERIOD_MS, { background: true });
  const finished = informers.for(Pods).list().filter(isFinished);
  const age = ({ metadata }: Pod) => Date.parse(metadata.creationTimestamp ?? '');
  for (const pod of finished.sort((a, b) => age(a) - age(b)).slice(0, Math.max(0, finished.length - MAX_FINISHED))) await remove(context, pod);
}

async function remove({ api, clock }: ControllerContext, pod: Pod): Promise<void> {
  const { namespace = '', name = '' } = pod.metadata;
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'DeletionByPodGC',
    message: 'PodGC: node no longer exists',
    lastTransitionTime: isoTime(clock.now()),
  };
  try {
    if (!isFinished(pod)) {
      await api.patch(Pods, namespace, name, 'strategic', { status: { phase: 'Failed', conditions: [condition] } }, { subresource: 'status' });
    }
    await api.delete(Pods, namespace, name, { gracePeriodSeconds: 0 });
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}
