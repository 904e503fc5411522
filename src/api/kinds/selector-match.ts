import { type FieldError, type FieldPath, forbiddenField, invalidValue, notSupported, required } from '../machinery/field-error.ts';
import { selects } from '../machinery/labels.ts';
import { isValidPercent } from '../machinery/names.ts';
import type { LabelSelector, PodTemplateSpec } from '../schema/generated/types.ts';
import { findings, isEmptySelector, labelSelector, NOT_NEGATIVE } from './field-checks.ts';
import { invalidStruct, selectorForm } from './internal-form.ts';
import { validatePodTemplate } from './pod/validation/index.ts';

const MISMATCH = '`selector` does not match template `labels`';

/** A workload's selector: present, not empty, well formed. */
export function workloadSelector(selector: LabelSelector | undefined, path: FieldPath, kind: string): FieldError[] {
  if (!selector) return [required(path)];
  return [
    ...labelSelector(path, selector),
    ...(isEmptySelector(selector) ? [invalidStruct(path, selectorForm(selector), `empty selector is invalid for ${kind}`)] : []),
  ];
}

export function templateLabels(selector: LabelSelector | undefined, template: PodTemplateSpec, path: FieldPath): FieldError[] {
  if (selector && isEmptySelector(selector)) return [];
  const labels = template.metadata?.labels;
  return labelSelector(path, selector).length > 0 || selects(selector, labels)
    ? []
    : [invalidStruct(path.child('metadata', 'labels'), selectorForm(labels), MISMATCH)];
}

/** The template of a workload whose pods run for ever. */
export function lastingTemplate(selector: LabelSelector | undefined, template: PodTemplateSpec, path: FieldPath, kind: string): FieldError[] {
  return [...templateLabels(selector, template, path), ...validatePodTemplate(template, path), ...alwaysRestarts(template, path, kind)];
}

export function alwaysRestarts({ spec }: PodTemplateSpec, path: FieldPath, kind: string): FieldError[] {
  const policy = spec?.restartPolicy ?? '';
  return [
    ...(policy === 'Always' ? [] : [notSupported(path.child('spec', 'restartPolicy'), policy, ['Always'])]),
    ...(spec?.activeDeadlineSeconds === undefined
      ? []
      : [forbiddenField(path.child('spec', 'activeDeadlineSeconds'), `activeDeadlineSeconds in ${kind} is not Supported`)]),
  ];
}

type IntOrPercent = number | string | undefined;

export function intOrPercent(path: FieldPath, value: IntOrPercent): FieldError[] {
  if (typeof value === 'string') return findings(path, value, isValidPercent(value));
  return value !== undefined && value < 0 ? [invalidValue(path, value, NOT_NEGATIVE)] : [];
}

export const atMostAll = (path: FieldPath, value: IntOrPercent): FieldError[] =>
  typeof value === 'string' && /^\d+%$/.test(value) && Number.parseInt(value, 10) > 100
    ? [invalidValue(path, value, 'must not be greater than 100%')]
    : [];

/** The number, or the number before the percent sign. */
export const amountOf = (value: IntOrPercent): number => (typeof value === 'string' ? Number.parseInt(value, 10) || 0 : (value ?? 0));
