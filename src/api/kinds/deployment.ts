import { type FieldError, type FieldPath, forbiddenField, invalidValue, required } from '../machinery/field-error.ts';
import { formatLabelSelector } from '../machinery/labels.ts';
import type { Deployment, DeploymentSpec } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { immutable, nonNegative, oneOf, root } from './field-checks.ts';
import { selectorForm } from './internal-form.ts';
import { defaultPodTemplate } from './pod/defaults.ts';
import { amountOf, atMostAll, intOrPercent, lastingTemplate, workloadSelector } from './selector-match.ts';
import { statusRules } from './status-rules.ts';
import { containerCells } from './table-cells.ts';
import { workloadWarnings } from './workload-warnings.ts';
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
  ...statusRules<Deployment>({}),
  validate: ({ spec }) => validateSpec(orEmpty(spec), root('spec')),
  validateUpdate: ({ spec }, old) => [
    ...validateSpec(orEmpty(spec), root('spec')),
    ...immutable(root('spec').child('selector'), spec?.selector, old.spec?.selector, selectorForm(spec?.selector)),
  ],
  warnings: ({ metadata, spec }, old) =>
    workloadWarnings(metadata.name, spec?.template, ['spec', 'template'], old && { template: old.spec?.template }),
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

function validateSpec(spec: DeploymentSpec, path: FieldPath): FieldError[] {
  const { minReadySeconds = 0, progressDeadlineSeconds: deadline } = spec;
  return [
    ...nonNegative(path.child('replicas'), spec.replicas),
    ...workloadSelector(spec.selector, path.child('selector'), 'deployment'),
    ...lastingTemplate(spec.selector, orEmpty(spec.template), path.child('template'), 'ReplicaSet'),
    ...validateStrategy(spec.strategy ?? {}, path.child('strategy')),
    ...nonNegative(path.child('minReadySeconds'), minReadySeconds),
    ...nonNegative(path.child('revisionHistoryLimit'), spec.revisionHistoryLimit),
    ...nonNegative(path.child('progressDeadlineSeconds'), deadline),
    ...(deadline !== undefined && deadline <= minReadySeconds
      ? [invalidValue(path.child('progressDeadlineSeconds'), deadline, 'must be greater than minReadySeconds')]
      : []),
  ];
}

function validateStrategy({ type, rollingUpdate }: NonNullable<DeploymentSpec['strategy']>, path: FieldPath): FieldError[] {
  const at = path.child('rollingUpdate');
  if (type === 'Recreate') return rollingUpdate ? [forbiddenField(at, "may not be specified when strategy `type` is 'Recreate'")] : [];
  if (type !== 'RollingUpdate') return oneOf(path, type, ['Recreate', 'RollingUpdate']);
  if (!rollingUpdate) return [required(at, 'this should be defaulted and never be nil')];
  const { maxUnavailable, maxSurge } = rollingUpdate;
  const unavailable = at.child('maxUnavailable');
  return [
    ...intOrPercent(unavailable, maxUnavailable),
    ...intOrPercent(at.child('maxSurge'), maxSurge),
    ...(amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0
      ? [invalidValue(unavailable, maxUnavailable, 'may not be 0 when `maxSurge` is 0')]
      : []),
    ...atMostAll(unavailable, maxUnavailable),
  ];
}
