import { formatLabelSelector } from '../machinery/labels.ts';
import type { StatefulSet, StatefulSetSpec } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { defaultClaimSpec } from './persistent-volume-claim.ts';
import { defaultPodTemplate } from './pod/defaults.ts';
import { containerCells } from './table-cells.ts';
import { orEmpty } from './zero-values.ts';

export const statefulSet = defineKind<StatefulSet>({
  group: 'apps',
  version: 'v1',
  resource: 'statefulsets',
  nameRule: 'dns-subdomain',
  podTemplate: ['spec', 'template'],
  scale: {
    replicas: 'spec.replicas',
    statusReplicas: 'status.replicas',
    selector: ({ spec }) => formatLabelSelector(spec?.selector),
  },
  defaults: (object) => ({
    ...object,
    spec: defaultSpec(orEmpty(object.spec)),
    status: { replicas: 0, availableReplicas: 0, ...object.status },
  }),
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
    age(metadata.creationTimestamp),
    ...containerCells(spec?.template.spec?.containers),
  ],
});

function defaultSpec(spec: StatefulSetSpec): StatefulSetSpec {
  const { persistentVolumeClaimRetentionPolicy: retention } = spec;
  return {
    ...spec,
    serviceName: spec.serviceName ?? '',
    podManagementPolicy: spec.podManagementPolicy || 'OrderedReady',
    updateStrategy: defaultStrategy(spec.updateStrategy),
    persistentVolumeClaimRetentionPolicy: {
      whenDeleted: retention?.whenDeleted || 'Retain',
      whenScaled: retention?.whenScaled || 'Retain',
    },
    replicas: spec.replicas ?? 1,
    revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
    template: defaultPodTemplate(spec.template),
    ...(spec.volumeClaimTemplates
      ? {
          volumeClaimTemplates: spec.volumeClaimTemplates.map((claim) => ({
            ...claim,
            kind: 'PersistentVolumeClaim' as const,
            apiVersion: 'v1' as const,
            spec: defaultClaimSpec(claim.spec),
            status: { phase: 'Pending', ...claim.status },
          })),
        }
      : {}),
  };
}

function defaultStrategy(strategy: StatefulSetSpec['updateStrategy']): StatefulSetSpec['updateStrategy'] {
  const type = strategy?.type || 'RollingUpdate';
  const rollingUpdate = strategy?.rollingUpdate ?? (strategy?.type ? undefined : {});
  if (type !== 'RollingUpdate' || !rollingUpdate) return { ...strategy, type };
  return { ...strategy, type, rollingUpdate: { ...rollingUpdate, partition: rollingUpdate.partition ?? 0 } };
}
