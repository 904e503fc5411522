import type { NodeInfo } from '../node-info.ts';
import { definePlugin } from '../plugin.ts';
import type { Amounts } from '../resources.ts';

const SCORED = ['cpu', 'memory'] as const;

export const balancedAllocation = definePlugin({
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  helpedBy: [],
  begin: ({ requests }) => (SCORED.some((name) => requests[name]) ? { score: (nodes) => nodes.map((node) => balance(requests, node)) } : {}),
});

/** 100 when cpu and memory would be used to the same degree. */
function balance(requests: Amounts, { allocatable, requested }: NodeInfo): number {
  const fractions = SCORED.filter((name) => allocatable[name]).map((name) =>
    Math.min(1, ((requested[name] ?? 0) + (requests[name] ?? 0)) / (allocatable[name] ?? 1)),
  );
  const [cpu = 0, memory = cpu] = fractions;
  return Math.trunc((1 - Math.abs(cpu - memory) / 2) * 100);
}
