import { semanticEqual } from '../machinery/deep-equal.ts';
import { type FieldError, type FieldPath, invalidValue, notSupported, required } from '../machinery/field-error.ts';
import { formatLabelSelector } from '../machinery/labels.ts';
import type { DaemonSet, DaemonSetSpec } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { immutable, isEmptySelector, labelSelector, nonNegative, root } from './field-checks.ts';
import { invalidStruct, selectorForm } from './internal-form.ts';
import { defaultPodTemplate } from './pod/defaults.ts';
import { amountOf, atMostAll, intOrPercent, lastingTemplate } from './selector-match.ts';
import { statusRules } from './status-rules.ts';
import { containerCells, labelsCell } from './table-cells.ts';
import { workloadWarnings } from './workload-warnings.ts';
import { orEmpty } from './zero-values.ts';

const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';
const NO_STATUS = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };
const rules = statusRules<DaemonSet>(NO_STATUS);

export const daemonSet = defineKind<DaemonSet>({
  group: 'apps',
  version: 'v1',
  resource: 'daemonsets',
  nameRule: 'dns-subdomain',
  podTemplate: ['spec', 'template'],
  defaults: (object) => ({
    ...object,
    spec: defaultSpec(orEmpty(object.spec)),
    status: { ...NO_STATUS, ...object.status },
  }),
  ...rules,
  prepareForCreate: (object) => withTemplateGeneration({ ...object, status: NO_STATUS }, 1),
  prepareForUpdate(object, old, context) {
    const next = rules.prepareForUpdate(object, old, context);
    const generation = Number(old.metadata.annotations?.[TEMPLATE_GENERATION] ?? 1);
    return withTemplateGeneration(next, generation + (semanticEqual(next.spec?.template, old.spec?.template) ? 0 : 1));
  },
  validate: ({ spec }) => validateSpec(orEmpty(spec), root('spec')),
  validateUpdate: ({ spec }, old) => [
    ...immutable(root('spec').child('selector'), spec?.selector, old.spec?.selector, selectorForm(spec?.selector)),
    ...validateSpec(orEmpty(spec), root('spec')),
  ],
  warnings: ({ metadata, spec }, old) =>
    workloadWarnings(metadata.name, spec?.template, ['spec', 'template'], old && { template: old.spec?.template }),
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

function validateSpec(spec: DaemonSetSpec, path: FieldPath): FieldError[] {
  const { selector } = spec;
  return [
    ...labelSelector(path.child('selector'), selector),
    ...(selector && isEmptySelector(selector)
      ? [invalidStruct(path.child('selector'), selectorForm(selector), 'empty selector is invalid for daemonset')]
      : []),
    ...lastingTemplate(selector, orEmpty(spec.template), path.child('template'), 'DaemonSet'),
    ...nonNegative(path.child('minReadySeconds'), spec.minReadySeconds),
    ...validateStrategy(spec.updateStrategy ?? {}, path.child('updateStrategy')),
    ...nonNegative(path.child('revisionHistoryLimit'), spec.revisionHistoryLimit),
  ];
}

function validateStrategy({ type, rollingUpdate }: NonNullable<DaemonSetSpec['updateStrategy']>, path: FieldPath): FieldError[] {
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') return [notSupported(path, type, ['RollingUpdate', 'OnDelete'])];
  const at = path.child('rollingUpdate');
  if (!rollingUpdate) return [required(at)];
  const { maxUnavailable, maxSurge } = rollingUpdate;
  const [unavailable, surge] = [at.child('maxUnavailable'), at.child('maxSurge')];
  const [hasUnavailable, hasSurge] = [amountOf(maxUnavailable) !== 0, amountOf(maxSurge) !== 0];
  return [
    ...intOrPercent(unavailable, maxUnavailable),
    ...intOrPercent(surge, maxSurge),
    ...atMostAll(unavailable, maxUnavailable),
    ...atMostAll(surge, maxSurge),
    ...(hasUnavailable && hasSurge ? [invalidValue(surge, maxSurge, 'may not be set when maxUnavailable is non-zero')] : []),
    ...(hasUnavailable || hasSurge ? [] : [required(unavailable, 'cannot be 0 when maxSurge is 0')]),
  ];
}

/** How often the template has changed; apps/v1 has no field for it any more. */
function withTemplateGeneration(object: DaemonSet, generation: number): DaemonSet {
  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [TEMPLATE_GENERATION]: String(generation) } } };
}
