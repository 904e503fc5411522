import { semanticEqual } from '../machinery/deep-equal.ts';
import { type FieldError, type FieldPath, forbiddenField, invalidValue, required } from '../machinery/field-error.ts';
import { formatLabelSelector } from '../machinery/labels.ts';
import type { StatefulSet, StatefulSetSpec } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { dnsLabel, nonNegative, oneOf, root } from './field-checks.ts';
import { internalForm, invalidStruct } from './internal-form.ts';
import { defaultClaimSpec } from './persistent-volume-claim.ts';
import { validateClaimSpec } from './persistent-volume-claim-validation.ts';
import { defaultPodTemplate } from './pod/defaults.ts';
import { validatePodTemplate } from './pod/validation/index.ts';
import { alwaysRestarts, templateLabels, workloadSelector } from './selector-match.ts';
import { statusRules } from './status-rules.ts';
import { containerCells } from './table-cells.ts';
import { workloadWarnings } from './workload-warnings.ts';
import { orEmpty } from './zero-values.ts';

export const statefulSet = defineKind<StatefulSet>({
  group: 'apps',
  version: 'v1',
  resource: 'statefulsets',
  nameRule: 'dns-label',
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
  ...statusRules<StatefulSet>({ replicas: 0, availableReplicas: 0 }),
  validate: ({ spec }) => validateSpec(orEmpty(spec), root('spec'), true),
  validateUpdate: ({ spec }, old) => [
    ...validateSpec(orEmpty(spec), root('spec'), false),
    ...(onlyAllowedChanges(orEmpty(spec), orEmpty(old.spec)) ? [] : [forbiddenField(root('spec'), FIXED)]),
  ],
  warnings: ({ metadata, spec }, old) =>
    workloadWarnings(metadata.name, spec?.template, ['spec', 'template'], old && { template: old.spec?.template }),
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

const FIXED =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', " +
  "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
const MAY_CHANGE = new Set([
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
]);

function onlyAllowedChanges(spec: StatefulSetSpec, old: StatefulSetSpec): boolean {
  const fixed = (from: StatefulSetSpec) => Object.fromEntries(Object.entries(from).filter(([field]) => !MAY_CHANGE.has(field)));
  return semanticEqual(fixed(spec), fixed(old));
}

function validateSpec(spec: StatefulSetSpec, path: FieldPath, isNew: boolean): FieldError[] {
  const { podManagementPolicy: policy = '', selector, serviceName } = spec;
  const template = withClaimVolumes(spec);
  const at = path.child('template');
  return [
    ...(['OrderedReady', 'Parallel'].includes(policy)
      ? []
      : [invalidValue(path.child('podManagementPolicy'), policy, "must be 'OrderedReady' or 'Parallel'")]),
    ...validateStrategy(spec.updateStrategy ?? {}, path.child('updateStrategy')),
    ...retentionFindings(spec, path.child('persistentVolumeClaimRetentionPolicy')),
    ...(isNew ? claimFindings(spec, path.child('volumeClaimTemplates')) : []),
    ...nonNegative(path.child('replicas'), spec.replicas),
    ...nonNegative(path.child('minReadySeconds'), spec.minReadySeconds),
    ...nonNegative(path.child('ordinals.start'), spec.ordinals?.start),
    ...(isNew && serviceName ? dnsLabel(path.child('serviceName'), serviceName) : []),
    ...workloadSelector(selector, path.child('selector'), 'statefulset'),
    ...templateLabels(selector, template, at),
    ...validatePodTemplate(template, at),
    ...alwaysRestarts(template, at, 'StatefulSet'),
  ];
}

/** The template as its pods will see it: each claim template stands for a volume of its name. */
function withClaimVolumes({ template, volumeClaimTemplates: claims = [] }: StatefulSetSpec): StatefulSetSpec['template'] {
  const given = orEmpty(template);
  const names = claims.map(({ metadata }) => metadata.name ?? '');
  const volumes = names.map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  const others = (given.spec?.volumes ?? []).filter(({ name }) => !names.includes(name));
  return claims.length === 0 || !given.spec ? given : { ...given, spec: { ...given.spec, volumes: [...volumes, ...others] } };
}

function validateStrategy(strategy: NonNullable<StatefulSetSpec['updateStrategy']>, path: FieldPath): FieldError[] {
  const { type, rollingUpdate } = strategy;
  if (!type) return [required(path)];
  if (type === 'OnDelete')
    return rollingUpdate ? [invalidValue(path.child('rollingUpdate'), rollingUpdate, "only allowed for updateStrategy 'RollingUpdate'")] : [];
  if (type !== 'RollingUpdate')
    return [invalidStruct(path, internalForm('StatefulSetUpdateStrategy', strategy), "must be 'RollingUpdate' or 'OnDelete'")];
  return nonNegative(path.child('rollingUpdate', 'partition'), rollingUpdate?.partition);
}

const retentionFindings = ({ persistentVolumeClaimRetentionPolicy: policy }: StatefulSetSpec, path: FieldPath): FieldError[] =>
  (['whenDeleted', 'whenScaled'] as const).flatMap((field) => (policy ? oneOf(path.child(field), policy[field], ['Delete', 'Retain']) : []));

const claimFindings = ({ volumeClaimTemplates: claims = [] }: StatefulSetSpec, path: FieldPath): FieldError[] =>
  claims.flatMap(({ metadata, spec }, i) => [
    ...dnsLabel(path.index(i).child('metadata', 'name'), metadata.name ?? ''),
    ...validateClaimSpec(orEmpty(spec), path.index(i).child('spec')),
  ]);
