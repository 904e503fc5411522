import type { Rejection } from './plugin.ts';
import type { Misfit } from './schedule-pod.ts';

/** `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. …` */
export function misfitMessage({ nodeCount, everywhere, byNode }: Misfit, afterwards: string): string {
  if (nodeCount === 0) return 'no nodes available to schedule pods';
  const head = `0/${nodeCount} nodes are available:`;
  const reasons = everywhere ? ` ${everywhere.reasons.join(', ')}.` : histogram([...byNode.values()]);
  return `${head}${reasons}${afterwards ? ` ${afterwards}` : ''}`;
}

export function histogram(rejections: readonly Rejection[]): string {
  const counts = new Map<string, number>();
  for (const { reasons } of rejections) for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const parts = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  return parts.length > 0 ? ` ${parts.join(', ')}.` : '';
}
