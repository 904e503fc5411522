import { matchesNode, matchesTerm, namedNodes } from '../node-selector.ts';
import { definePlugin, normalise } from '../plugin.ts';

const REJECTION = { plugin: 'NodeAffinity', reasons: ["node(s) didn't match Pod's node affinity/selector"], unresolvable: true };

export const nodeAffinity = definePlugin({
  name: 'NodeAffinity',
  weight: 2,
  helpedBy: ['node'],
  begin: ({ pod }) => {
    const affinity = pod.spec?.affinity?.nodeAffinity;
    const preferred = affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const required = affinity?.requiredDuringSchedulingIgnoredDuringExecution;
    const names = namedNodes(pod);
    if (names?.size === 0) return { rejectAll: { plugin: 'NodeAffinity', reasons: ['pod affinity terms conflict'], unresolvable: true } };
    return {
      ...(names ? { onlyNodes: names } : {}),
      ...(pod.spec?.nodeSelector || required ? { filter: ({ node }) => (matchesNode(pod, node) ? undefined : REJECTION) } : {}),
      ...(preferred.length > 0
        ? {
            score: (nodes) =>
              normalise(
                nodes.map(({ node }) => preferred.reduce((sum, { weight, preference }) => sum + (matchesTerm(preference, node) ? weight : 0), 0)),
              ),
          }
        : {}),
    };
  },
});
