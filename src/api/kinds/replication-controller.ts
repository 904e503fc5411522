import type { ReplicationController } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { defaultPodTemplate } from './pod/defaults.ts';
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
