import { ClusterRoles } from '../../api/kinds/resource-types.ts';
import { deepEqual } from '../../api/machinery/deep-equal.ts';
import { byCodePoint } from '../../api/machinery/json.ts';
import { selects } from '../../api/machinery/labels.ts';
import type { PolicyRule } from '../../api/schema/generated/types.ts';
import { type ControllerDefinition, defineController, watch } from './define-controller.ts';
import type { ClusterRole } from './objects.ts';

const isAggregated = ({ aggregationRule }: ClusterRole) => Boolean(aggregationRule?.clusterRoleSelectors?.length);

/** A role with an aggregation rule holds the rules of all that it selects. */
export const clusterRoleAggregation: ControllerDefinition = defineController({
  name: 'clusterrole-aggregation-controller',
  watches: [
    watch(ClusterRoles, (role, old, informers) => {
      if (old && role.rules === old.rules && role.metadata.labels === old.metadata.labels && role.aggregationRule === old.aggregationRule) return [];
      return informers
        .for(ClusterRoles)
        .list()
        .filter(isAggregated)
        .map(({ metadata }) => metadata.name ?? '');
    }),
  ],
  reconcile: async (name, { api, informers }) => {
    const role = informers.for(ClusterRoles).get('', name);
    if (!role || !isAggregated(role)) return;
    const rules = rulesOf(role, informers.for(ClusterRoles).list());
    if (!deepEqual(role.rules ?? [], rules)) await api.update(ClusterRoles, { ...role, rules });
  },
});

function rulesOf(role: ClusterRole, all: readonly ClusterRole[]): readonly PolicyRule[] {
  const rules: PolicyRule[] = [];
  for (const selector of role.aggregationRule?.clusterRoleSelectors ?? []) {
    const chosen = all.filter((other) => other.metadata.name !== role.metadata.name && selects(selector, other.metadata.labels));
    for (const other of [...chosen].sort((a, b) => byCodePoint(a.metadata.name ?? '', b.metadata.name ?? ''))) {
      for (const rule of other.rules ?? []) if (!rules.some((known) => deepEqual(known, rule))) rules.push(rule);
    }
  }
  return rules;
}
