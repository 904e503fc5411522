import type { PriorityClass } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';

export const priorityClass = defineKind<PriorityClass>({
  group: 'scheduling.k8s.io',
  version: 'v1',
  resource: 'priorityclasses',
  nameRule: 'dns-subdomain',
  generation: true,
  defaults: (object) => ({ ...object, value: object.value ?? 0, preemptionPolicy: object.preemptionPolicy ?? 'PreemptLowerPriority' }),
  row: ({ metadata, value, globalDefault, preemptionPolicy }, { age }) => [
    metadata.name ?? '',
    value ?? 0,
    globalDefault ?? false,
    age(metadata.creationTimestamp),
    preemptionPolicy ?? '',
  ],
});
