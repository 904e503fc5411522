import { Nodes, Pods } from '../../../api/kinds/resource-types.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { Taint, Toleration } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import { toleratesTaint } from '../../scheduler/tolerations.ts';
import { type ControllerContext, type ControllerDefinition, defineController, keyOf, splitKey, watch } from '../define-controller.ts';
import type { Node, Pod } from '../objects.ts';
import { podsOnNode } from './pods-on-node.ts';

/** Evicts pods from nodes with NoExecute taints they do not tolerate, or no longer. */
export function taintEviction(): ControllerDefinition {
  const since = new Map<string, number>();
  return defineController({
    name: 'taint-eviction-controller',
    serviceAccount: 'node-controller',
    watches: [
      watch(Pods, (pod, old) => (pod.spec?.nodeName && (!old?.spec?.nodeName || pod.spec.tolerations !== old.spec.tolerations) ? [keyOf(pod)] : [])),
      watch(Nodes, (node, old, informers) =>
        noExecute(node).length > 0 || (old && noExecute(old).length > 0) ? podsOnNode(informers, node.metadata.name ?? '').map(keyOf) : [],
      ),
    ],
    reconcile: (key, context) => reconcile(key, context, since),
  });
}

const noExecute = ({ spec }: Node): readonly Taint[] => (spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute');

async function reconcile(key: string, context: ControllerContext, since: Map<string, number>): Promise<void> {
  const { informers, clock, event } = context;
  const [namespace, name] = splitKey(key);
  const pod = informers.for(Pods).get(namespace, name);
  const uid = pod?.metadata.uid ?? key;
  const node = pod?.spec?.nodeName ? informers.for(Nodes).get('', pod.spec.nodeName) : undefined;
  if (!pod || !node || pod.metadata.deletionTimestamp) {
    since.delete(uid);
    return;
  }
  const taints = noExecute(node);
  if (taints.length === 0) {
    if (since.delete(uid)) event(pod, 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${key}`);
    return;
  }
  const seconds = toleratedFor(taints, pod.spec?.tolerations ?? []);
  if (seconds === Number.POSITIVE_INFINITY) return;
  const started = since.get(uid) ?? clock.now();
  since.set(uid, started);
  const due = started + seconds * 1000;
  if (due > clock.now()) context.requeueAfter(key, due - clock.now());
  else {
    since.delete(uid);
    await evict(context, pod, key);
  }
}

/** The shortest time that the tolerations in use grant; 0 when a taint is not tolerated at all. */
function toleratedFor(taints: readonly Taint[], tolerations: readonly Toleration[]): number {
  let shortest = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    const match = tolerations.find((toleration) => toleratesTaint(toleration, taint));
    if (!match) return 0;
    if (match.tolerationSeconds !== undefined) shortest = Math.min(shortest, Math.max(0, match.tolerationSeconds));
  }
  return shortest;
}

async function evict({ api, clock, event }: ControllerContext, pod: Pod, key: string): Promise<void> {
  event(pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${key}`);
  const { namespace = '', name = '' } = pod.metadata;
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'DeletionByTaintManager',
    message: 'Taint manager: deleting due to NoExecute taint',
    lastTransitionTime: isoTime(clock.now()),
  };
  try {
    await api.patch(Pods, namespace, name, 'strategic', { status: { conditions: [condition] } }, { subresource: 'status' });
    await api.delete(Pods, namespace, name);
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}
