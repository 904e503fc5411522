import { definePlugin } from '../plugin.ts';
import { tolerates } from '../tolerations.ts';

const TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const;

export const nodeUnschedulable = definePlugin({
  name: 'NodeUnschedulable',
  helpedBy: ['node'],
  begin: ({ pod }) => ({
    filter: ({ node }) =>
      node.spec?.unschedulable && !tolerates(pod.spec?.tolerations, TAINT)
        ? { plugin: 'NodeUnschedulable', reasons: ['node(s) were unschedulable'], unresolvable: true }
        : undefined,
  }),
});
