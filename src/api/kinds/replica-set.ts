import type { FieldError, FieldPath } from '../machinery/field-error.ts';
import { formatLabelSelector } from '../machinery/labels.ts';
import type { ReplicaSet, ReplicaSetSpec } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { immutable, nonNegative, root } from './field-checks.ts';
import { selectorForm } from './internal-form.ts';
import { defaultPodTemplate } from './pod/defaults.ts';
import { lastingTemplate, workloadSelector } from './selector-match.ts';
import { statusRules } from './status-rules.ts';
import { containerCells } from './table-cells.ts';
import { workloadWarnings } from './workload-warnings.ts';
import { orEmpty } from './zero-values.ts';

export const replicaSet = defineKind<ReplicaSet>({
  group: 'apps',
  version: 'v1',
  resource: 'replicasets',
  nameRule: 'dns-subdomain',
  podTemplate: ['spec', 'template'],
  scale: {
    replicas: 'spec.replicas',
    statusReplicas: 'status.replicas',
    selector: ({ spec }) => formatLabelSelector(spec?.selector),
  },
  selectableFields: { 'status.replicas': ({ status }) => String(status?.replicas ?? 0) },
  defaults(object) {
    const spec = orEmpty(object.spec);
    return {
      ...object,
      spec: { ...spec, replicas: spec.replicas ?? 1, template: defaultPodTemplate(spec.template) },
      status: { replicas: 0, ...object.status },
    };
  },
  ...statusRules<ReplicaSet>({ replicas: 0 }),
  validate: ({ spec }) => validateSpec(orEmpty(spec), root('spec')),
  validateUpdate: ({ spec }, old) => [
    ...validateSpec(orEmpty(spec), root('spec')),
    ...immutable(root('spec').child('selector'), spec?.selector, old.spec?.selector, selectorForm(spec?.selector)),
  ],
  warnings: ({ metadata, spec }, old) =>
    workloadWarnings(metadata.name, spec?.template, ['spec', 'template'], old && { template: old.spec?.template }),
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    spec?.replicas ?? 0,
    status?.replicas ?? 0,
    status?.readyReplicas ?? 0,
    age(metadata.creationTimestamp),
    ...containerCells(spec?.template?.spec?.containers),
    formatLabelSelector(spec?.selector),
  ],
});

const validateSpec = (spec: ReplicaSetSpec, path: FieldPath): FieldError[] => [
  ...nonNegative(path.child('replicas'), spec.replicas),
  ...nonNegative(path.child('minReadySeconds'), spec.minReadySeconds),
  ...workloadSelector(spec.selector, path.child('selector'), 'deployment'),
  ...lastingTemplate(spec.selector, orEmpty(spec.template), path.child('template'), 'ReplicaSet'),
];
