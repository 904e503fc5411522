import { definePlugin, normalise } from '../plugin.ts';
import { tolerates, untolerated } from '../tolerations.ts';

export const taintToleration = definePlugin({
  name: 'TaintToleration',
  weight: 3,
  helpedBy: ['node'],
  begin: ({ pod }) => {
    const tolerations = pod.spec?.tolerations;
    const soft = (tolerations ?? []).filter(({ effect }) => !effect || effect === 'PreferNoSchedule');
    return {
      filter: ({ node }) =>
        untolerated(node.spec?.taints, tolerations)
          ? { plugin: 'TaintToleration', reasons: ['node(s) had untolerated taint(s)'], unresolvable: true }
          : undefined,
      score: (nodes) =>
        normalise(
          nodes.map(({ node }) => (node.spec?.taints ?? []).filter((taint) => taint.effect === 'PreferNoSchedule' && !tolerates(soft, taint)).length),
          { reverse: true },
        ),
    };
  },
});
