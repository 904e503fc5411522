import { formatLabelSelector } from '../machinery/labels.ts';
import type { Deployment, DeploymentSpec } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { defaultPodTemplate } from './pod/defaults.ts';
import { containerCells } from './table-cells.ts';
import { orEmpty } from './zero-values.ts';

export const deployment = defineKind<Deployment>({
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  nameRule: 'dns-subdomain',
  podTemplate: ['spec', 'template'],
  scale: {
    replicas: 'spec.replicas',
    statusReplicas: 'status.replicas',
    selector: ({ spec }) => formatLabelSelector(spec?.selector),
  },
  defaults: (object) => ({ ...object, spec: defaultSpec(orEmpty(object.spec)), status: object.status ?? {} }),
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
    status?.updatedReplicas ?? 0,
    status?.availableReplicas ?? 0,
    age(metadata.creationTimestamp),
    ...containerCells(spec?.template.spec?.containers),
    formatLabelSelector(spec?.selector),
  ],
});

function defaultSpec(spec: DeploymentSpec): DeploymentSpec {
  const { strategy = {} } = spec;
  const type = strategy.type || 'RollingUpdate';
  const rollingUpdate = { maxUnavailable: '25%', maxSurge: '25%', ...strategy.rollingUpdate };
  return {
    ...spec,
    replicas: spec.replicas ?? 1,
    revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
    progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
    strategy: { ...strategy, type, ...(type === 'RollingUpdate' ? { rollingUpdate } : {}) },
    template: defaultPodTemplate(spec.template),
  };
}
