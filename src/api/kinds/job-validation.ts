import { semanticEqual } from '../machinery/deep-equal.ts';
import { type FieldError, type FieldPath, invalidValue, notSupported, required } from '../machinery/field-error.ts';
import { selects } from '../machinery/labels.ts';
import { isDns1123Label } from '../machinery/names.ts';
import type { Job, JobSpec } from '../schema/generated/types.ts';
import { immutable, labelSelector, nonNegative, oneOf, root } from './field-checks.ts';
import { internalForm, invalidStruct, selectorForm } from './internal-form.ts';
import { podFailurePolicy } from './job-failure-policy.ts';
import { validatePodTemplate } from './pod/validation/index.ts';
import { templateLabels } from './selector-match.ts';
import { orEmpty } from './zero-values.ts';

const COUNTS = ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished', 'backoffLimitPerIndex'] as const;
const MAX_PARALLEL_INDEXES = 100_000;

export function validateJob({ metadata, spec }: Job): FieldError[] {
  const given = orEmpty(spec);
  const last = (given.completions ?? 0) - 1;
  const longest = `${metadata.name}-${last}`;
  const isTooLong = given.completionMode === 'Indexed' && last >= 0 && isDns1123Label(longest).length > 0;
  return [
    ...generatedSelector({ metadata, spec: given }),
    ...validateJobSpec(given, root('spec')),
    ...(isTooLong
      ? [invalidValue(root('metadata').child('name'), metadata.name, `will not able to create pod with invalid DNS label: ${longest}`)]
      : []),
  ];
}

export function validateJobUpdate({ spec }: Job, old: Job): FieldError[] {
  const path = root('spec');
  const [now, then] = [orEmpty(spec), orEmpty(old.spec)];
  const fixed = (field: 'completionMode' | 'podFailurePolicy' | 'backoffLimitPerIndex' | 'managedBy' | 'successPolicy') =>
    immutable(path.child(field), now[field], then[field], now[field] ?? null);
  return [
    ...validateJobSpec(now, path),
    ...completionsUpdate(now, then, path.child('completions')),
    ...immutable(path.child('selector'), now.selector, then.selector, selectorForm(now.selector)),
    ...templateUpdate(now, then, path.child('template')),
    ...fixed('completionMode'),
    ...fixed('podFailurePolicy'),
    ...fixed('backoffLimitPerIndex'),
    ...fixed('managedBy'),
    ...fixed('successPolicy'),
  ];
}

export function validateJobSpec(spec: JobSpec, path: FieldPath): FieldError[] {
  const { selector } = spec;
  return [
    ...jobSpecFindings(spec, path),
    ...(selector ? labelSelector(path.child('selector'), selector) : [required(path.child('selector'))]),
    ...templateLabels(selector, orEmpty(spec.template), path.child('template')),
  ];
}

/** What holds for a job and for a cron job's template of one. */
export function jobSpecFindings(spec: JobSpec, path: FieldPath): FieldError[] {
  const { completionMode, podReplacementPolicy: replacement, podFailurePolicy: failure, successPolicy } = spec;
  const replacements = failure ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  return [
    ...COUNTS.flatMap((field) => nonNegative(path.child(field), spec[field])),
    ...nonNegative(path.child('maxFailedIndexes'), spec.maxFailedIndexes),
    ...(spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined
      ? [required(path.child('backoffLimitPerIndex'), 'when maxFailedIndexes is specified')]
      : []),
    ...(completionMode === undefined ? [] : oneOf(path.child('completionMode'), completionMode, ['NonIndexed', 'Indexed'])),
    ...indexFindings(spec, path),
    ...(failure ? podFailurePolicy(spec, failure, path.child('podFailurePolicy')) : []),
    ...(successPolicy && completionMode !== 'Indexed'
      ? [invalidValue(path.child('successPolicy'), successPolicy, 'requires indexed completion mode')]
      : []),
    ...(successPolicy && completionMode === 'Indexed' && !successPolicy.rules?.length
      ? [required(path.child('successPolicy', 'rules'), 'at least one rules must be specified when the successPolicy is specified')]
      : []),
    ...(replacement === undefined ? [] : oneOf(path.child('podReplacementPolicy'), replacement, replacements)),
    ...validatePodTemplate(orEmpty(spec.template), path.child('template')),
    ...restartFindings(spec, path.child('template', 'spec', 'restartPolicy')),
  ];
}

function indexFindings(spec: JobSpec, path: FieldPath): FieldError[] {
  const { completionMode = 'NonIndexed', completions, parallelism = 0, backoffLimitPerIndex: perIndex, maxFailedIndexes: failed } = spec;
  const needsIndexes = 'requires indexed completion mode';
  if (completionMode === 'NonIndexed')
    return [
      ...(perIndex === undefined ? [] : [invalidValue(path.child('backoffLimitPerIndex'), perIndex, needsIndexes)]),
      ...(failed === undefined ? [] : [invalidValue(path.child('maxFailedIndexes'), failed, needsIndexes)]),
    ];
  if (completionMode !== 'Indexed') return [];
  const most = `must be less than or equal to ${MAX_PARALLEL_INDEXES}`;
  return [
    ...(completions === undefined ? [required(path.child('completions'), 'when completion mode is Indexed')] : []),
    ...(parallelism > MAX_PARALLEL_INDEXES ? [invalidValue(path.child('parallelism'), parallelism, `${most} when completion mode is Indexed`)] : []),
    ...(completions !== undefined && failed !== undefined && failed > completions
      ? [invalidValue(path.child('maxFailedIndexes'), failed, 'must be less than or equal to completions')]
      : []),
    ...(failed !== undefined && failed > MAX_PARALLEL_INDEXES ? [invalidValue(path.child('maxFailedIndexes'), failed, most)] : []),
  ];
}

function restartFindings({ template, podFailurePolicy: failure }: JobSpec, path: FieldPath): FieldError[] {
  const policy = template?.spec?.restartPolicy ?? '';
  if (policy === 'Always' || policy === '') return [required(path, 'valid values: "OnFailure", "Never"')];
  if (policy !== 'OnFailure' && policy !== 'Never') return [notSupported(path, policy, ['OnFailure', 'Never'])];
  return failure && policy !== 'Never' ? [invalidValue(path, policy, 'only "Never" is supported when podFailurePolicy is specified')] : [];
}

/** The labels that tie a job's pods to it, and the selector over them. */
export const jobLabels = (uid: string, name: string): Record<string, string> => ({
  'batch.kubernetes.io/controller-uid': uid,
  'batch.kubernetes.io/job-name': name,
  'controller-uid': uid,
  'job-name': name,
});

function generatedSelector({ metadata, spec }: Pick<Job, 'metadata'> & { readonly spec: JobSpec }): FieldError[] {
  if (spec.manualSelector || !spec.selector) return [];
  const { uid = '', name = '' } = metadata;
  const expected = jobLabels(uid, name);
  const path = root('spec').child('template', 'metadata', 'labels');
  const labels = spec.template?.metadata?.labels ?? {};
  const order = ['controller-uid', 'job-name', 'batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name'];
  const missing = order.flatMap((key) => {
    const value = labels[key];
    if (value === undefined) return [required(path.key(key), `must be '${expected[key]}'`)];
    return value === expected[key] ? [] : [invalidValue(path.key(key), labels, `must be '${expected[key]}'`)];
  });
  const isGenerated = labelSelector(path, spec.selector).length > 0 || selects(spec.selector, expected);
  return [
    ...(uid ? [] : [required(root('metadata').child('uid'))]),
    ...missing,
    ...(isGenerated ? [] : [invalidStruct(root('spec').child('selector'), selectorForm(spec.selector), '`selector` not auto-generated')]),
  ];
}

function completionsUpdate(spec: JobSpec, old: JobSpec, path: FieldPath): FieldError[] {
  const { completions, parallelism } = spec;
  if (spec.completionMode !== 'Indexed') return immutable(path, completions, old.completions, completions ?? null);
  if (completions === undefined || completions === old.completions || completions === parallelism) return [];
  return [invalidValue(path, completions, 'can only be modified in tandem with spec.parallelism')];
}

/** A suspended job that has not started yet may be told anew where to run; else the template is fixed. */
function templateUpdate(spec: JobSpec, old: JobSpec, path: FieldPath): FieldError[] {
  const [now, then] = [orEmpty(spec.template), orEmpty(old.template)];
  const directives = ({ metadata: _, spec: pod }: typeof now) => {
    const { nodeSelector: __, tolerations: ___, affinity: ____, schedulingGates: _____, ...rest } = orEmpty(pod);
    return rest;
  };
  const isSame = old.suspend ? semanticEqual(directives(now), directives(then)) : semanticEqual(now, then);
  return isSame ? [] : [invalidStruct(path, internalForm('PodTemplateSpec', now), 'field is immutable')];
}
