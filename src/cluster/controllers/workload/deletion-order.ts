import type { Pod } from '../objects.ts';
import { isReady, podCondition, restarts } from './pod-state.ts';

const PHASES = ['Pending', 'Unknown', 'Running'];
const COST = 'controller.kubernetes.io/pod-deletion-cost';

/** Pods that a scale-down should lose first, first: the least useful, then the most crowded, then the youngest. */
export function inDeletionOrder(pods: readonly Pod[], ranks: ReadonlyMap<string, number>): readonly Pod[] {
  const rank = (pod: Pod) => ranks.get(pod.spec?.nodeName ?? '') ?? 0;
  return [...pods].sort(
    (a, b) =>
      Number(Boolean(a.spec?.nodeName)) - Number(Boolean(b.spec?.nodeName)) ||
      phaseRank(a) - phaseRank(b) ||
      Number(isReady(a)) - Number(isReady(b)) ||
      cost(a) - cost(b) ||
      rank(b) - rank(a) ||
      readySince(b) - readySince(a) ||
      restarts(b) - restarts(a) ||
      Date.parse(b.metadata.creationTimestamp ?? '') - Date.parse(a.metadata.creationTimestamp ?? '') ||
      ((a.metadata.uid ?? '') < (b.metadata.uid ?? '') ? -1 : 1),
  );
}

const phaseRank = ({ status }: Pod) => PHASES.indexOf(status?.phase ?? 'Pending');
const cost = ({ metadata }: Pod) => Number(metadata.annotations?.[COST] ?? 0) || 0;

function readySince(pod: Pod): number {
  const ready = podCondition(pod, 'Ready');
  return ready?.status === 'True' ? Date.parse(ready.lastTransitionTime ?? '') : 0;
}
