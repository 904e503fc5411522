import type { FieldError } from '../machinery/field-error.ts';
import type { PodDisruptionBudget } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { labelSelector, oneOf, root } from './field-checks.ts';
import { internalForm, invalidStruct } from './internal-form.ts';
import { atMostAll, intOrPercent } from './selector-match.ts';
import { statusRules } from './status-rules.ts';

export const podDisruptionBudget = defineKind<PodDisruptionBudget>({
  group: 'policy',
  version: 'v1',
  resource: 'poddisruptionbudgets',
  nameRule: 'dns-subdomain',
  defaults: (object) => ({
    ...object,
    spec: object.spec ?? {},
    status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0, ...object.status },
  }),
  ...statusRules<PodDisruptionBudget>({ disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }),
  validate: validateSpec,
  validateUpdate: validateSpec,
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    spec?.minAvailable === undefined ? 'N/A' : String(spec.minAvailable),
    spec?.maxUnavailable === undefined ? 'N/A' : String(spec.maxUnavailable),
    status?.disruptionsAllowed ?? 0,
    age(metadata.creationTimestamp),
  ],
});

function validateSpec({ spec = {} }: PodDisruptionBudget): FieldError[] {
  const path = root('spec');
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: eviction } = spec;
  const amount = (field: 'minAvailable' | 'maxUnavailable') =>
    spec[field] === undefined ? [] : [...intOrPercent(path.child(field), spec[field]), ...atMostAll(path.child(field), spec[field])];
  return [
    ...(minAvailable !== undefined && maxUnavailable !== undefined
      ? [invalidStruct(path, internalForm('PodDisruptionBudgetSpec', spec), 'minAvailable and maxUnavailable cannot be both set')]
      : []),
    ...amount('minAvailable'),
    ...amount('maxUnavailable'),
    ...labelSelector(path.child('selector'), spec.selector),
    ...(eviction === undefined ? [] : oneOf(path.child('unhealthyPodEvictionPolicy'), eviction, ['AlwaysAllow', 'IfHealthyBudget'])),
  ];
}
