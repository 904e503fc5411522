import type { PodDisruptionBudget } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';

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
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    spec?.minAvailable === undefined ? 'N/A' : String(spec.minAvailable),
    spec?.maxUnavailable === undefined ? 'N/A' : String(spec.maxUnavailable),
    status?.disruptionsAllowed ?? 0,
    age(metadata.creationTimestamp),
  ],
});
