import type { PodCondition } from '../../../api/schema/generated/types.ts';
import type { Pod } from '../objects.ts';

export const isFinished = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';
export const isTerminating = ({ metadata }: Pod): boolean => metadata.deletionTimestamp !== undefined;
export const isActive = (pod: Pod): boolean => !isFinished(pod) && !isTerminating(pod);

export const podCondition = ({ status }: Pod, type: string): PodCondition | undefined => status?.conditions?.find((c) => c.type === type);
export const isReady = (pod: Pod): boolean => podCondition(pod, 'Ready')?.status === 'True';

/** When the pod will have been ready for `minReadySeconds`: a moment past means available; undefined while it is not ready. */
export function availableAt(pod: Pod, minReadySeconds: number): number | undefined {
  const ready = podCondition(pod, 'Ready');
  if (ready?.status !== 'True') return undefined;
  return minReadySeconds === 0 ? 0 : Date.parse(ready.lastTransitionTime ?? '') + minReadySeconds * 1000;
}

export function isAvailable(pod: Pod, minReadySeconds: number, now: number): boolean {
  const at = availableAt(pod, minReadySeconds);
  return at !== undefined && at <= now;
}

/** The soonest moment at which one more of these pods counts as available. */
export function nextAvailable(pods: readonly Pod[], minReadySeconds: number, now: number): number | undefined {
  const moments = pods.map((pod) => availableAt(pod, minReadySeconds)).filter((at): at is number => at !== undefined && at > now);
  return moments.length > 0 ? Math.min(...moments) : undefined;
}

export const restarts = ({ status }: Pod): number => Math.max(0, ...(status?.containerStatuses ?? []).map(({ restartCount }) => restartCount));
