import { formatLabelSelector } from '../machinery/labels.ts';
import type { DaemonSet, DaemonSetSpec } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { defaultPodTemplate } from './pod/defaults.ts';
import { containerCells, labelsCell } from './table-cells.ts';
import { orEmpty } from './zero-values.ts';

export const daemonSet = defineKind<DaemonSet>({
  group: 'apps',
  version: 'v1',
  resource: 'daemonsets',
  nameRule: 'dns-subdomain',
  podTemplate: ['spec', 'template'],
  defaults: (object) => ({
    ...object,
    spec: defaultSpec(orEmpty(object.spec)),
    status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0, ...object.status },
  }),
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    status?.desiredNumberScheduled ?? 0,
    status?.currentNumberScheduled ?? 0,
    status?.numberReady ?? 0,
    status?.updatedNumberScheduled ?? 0,
    status?.numberAvailable ?? 0,
    labelsCell(spec?.template.spec?.nodeSelector),
    age(metadata.creationTimestamp),
    ...containerCells(spec?.template.spec?.containers),
    formatLabelSelector(spec?.selector),
  ],
});

function defaultSpec(spec: DaemonSetSpec): DaemonSetSpec {
  const { updateStrategy = {} } = spec;
  const type = updateStrategy.type || 'RollingUpdate';
  const rollingUpdate = { maxUnavailable: 1, maxSurge: 0, ...updateStrategy.rollingUpdate };
  return {
    ...spec,
    updateStrategy: { ...updateStrategy, type, ...(type === 'RollingUpdate' ? { rollingUpdate } : {}) },
    revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
    template: defaultPodTemplate(spec.template),
  };
}
