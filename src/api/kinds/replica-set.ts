import { formatLabelSelector } from '../machinery/labels.ts';
import type { ReplicaSet } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { defaultPodTemplate } from './pod/defaults.ts';
import { containerCells } from './table-cells.ts';
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
