import { type FieldError, required } from '../machinery/field-error.ts';
import type { ReplicationController } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { nonNegative, root } from './field-checks.ts';
import { defaultPodTemplate } from './pod/defaults.ts';
import { lastingTemplate } from './selector-match.ts';
import { statusRules } from './status-rules.ts';
import { containerCells, labelsCell } from './table-cells.ts';
import { orEmpty } from './zero-values.ts';

export const replicationController = defineKind<ReplicationController>({
  group: '',
  version: 'v1',
  resource: 'replicationcontrollers',
  nameRule: 'dns-subdomain',
  podTemplate: ['spec', 'template'],
  scale: {
    replicas: 'spec.replicas',
    statusReplicas: 'status.replicas',
    selector: ({ spec }) => labelsCell(spec?.selector),
  },
  selectableFields: { 'status.replicas': ({ status }) => String(status?.replicas ?? 0) },
  defaults(object) {
    const spec = orEmpty(object.spec);
    const labels = spec.template?.metadata?.labels;
    const isEmpty = (map: object | undefined) => Object.keys(map ?? {}).length === 0;
    return {
      ...object,
      metadata: labels && isEmpty(object.metadata.labels) ? { ...object.metadata, labels } : object.metadata,
      spec: {
        ...spec,
        replicas: spec.replicas ?? 1,
        ...(labels && isEmpty(spec.selector) ? { selector: labels } : {}),
        ...(spec.template ? { template: defaultPodTemplate(spec.template) } : {}),
      },
      status: { replicas: 0, ...object.status },
    };
  },
  ...statusRules<ReplicationController>({ replicas: 0 }),
  validate: validateSpec,
  validateUpdate: validateSpec,
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    spec?.replicas ?? 0,
    status?.replicas ?? 0,
    status?.readyReplicas ?? 0,
    age(metadata.creationTimestamp),
    ...containerCells(spec?.template?.spec?.containers),
    labelsCell(spec?.selector),
  ],
});

function validateSpec({ spec = {} }: ReplicationController): FieldError[] {
  const path = root('spec');
  const { selector = {}, template } = spec;
  const templatePath = path.child('template');
  return [
    ...nonNegative(path.child('minReadySeconds'), spec.minReadySeconds),
    ...(Object.keys(selector).length > 0 ? [] : [required(path.child('selector'))]),
    ...nonNegative(path.child('replicas'), spec.replicas),
    ...(template ? lastingTemplate({ matchLabels: selector }, template, templatePath, 'ReplicationController') : [required(templatePath)]),
  ];
}
