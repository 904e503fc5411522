import type { NodeInfo } from '../node-info.ts';
import { definePlugin, type Rejection } from '../plugin.ts';
import type { Amounts } from '../resources.ts';

const SCORED = ['cpu', 'memory'] as const;

export const nodeResourcesFit = definePlugin({
  name: 'NodeResourcesFit',
  weight: 1,
  helpedBy: ['pod-gone', 'node'],
  begin: ({ requests, nonZeroRequests }) => ({
    filter: (node) => shortage(requests, node),
    score: (nodes) => nodes.map((node) => leastAllocated(nonZeroRequests, node)),
  }),
});

function shortage(requests: Amounts, node: NodeInfo): Rejection | undefined {
  const reasons: string[] = [];
  let unresolvable = false;
  if (node.pods.size + 1 > (node.allocatable.pods ?? 0)) reasons.push('Too many pods');
  for (const name of inOrder(requests)) {
    const asked = requests[name] ?? 0;
    const there = node.allocatable[name] ?? 0;
    if (asked === 0 || asked <= there - (node.requested[name] ?? 0)) continue;
    reasons.push(`Insufficient ${name}`);
    if (asked > there) unresolvable = true;
  }
  return reasons.length > 0 ? { plugin: 'NodeResourcesFit', reasons, unresolvable } : undefined;
}

const FIRST = ['cpu', 'memory', 'ephemeral-storage'];
const inOrder = (requests: Amounts) => [
  ...FIRST.filter((name) => name in requests),
  ...Object.keys(requests).filter((name) => !FIRST.includes(name)),
];

/** The share of cpu and memory that stays free, in hundredths. */
function leastAllocated(requests: Amounts, node: NodeInfo): number {
  let sum = 0;
  let counted = 0;
  for (const name of SCORED) {
    const there = node.allocatable[name] ?? 0;
    if (there === 0) continue;
    const taken = (node.nonZeroRequested[name] ?? 0) + (requests[name] ?? 0);
    sum += taken > there ? 0 : Math.trunc(((there - taken) * 100) / there);
    counted++;
  }
  return counted === 0 ? 0 : Math.trunc(sum / counted);
}
