import { isValidCidr, isValidIp } from '../machinery/addresses.ts';
import { semanticEqual } from '../machinery/deep-equal.ts';
import { type FieldError, FieldPath, forbiddenField, invalidValue, notSupported, required } from '../machinery/field-error.ts';
import { isDns1123Label, isDns1123Subdomain, isQualifiedName, isValidLabelValue, isValidPortName, isValidPortNumber } from '../machinery/names.ts';
import type { LabelSelector } from '../schema/generated/types.ts';
import { invalidStruct } from './internal-form.ts';

export const NOT_NEGATIVE = 'must be greater than or equal to 0';
export const IMMUTABLE = 'field is immutable';

export const root = (name: string): FieldPath => new FieldPath(name);

/** One finding per message that a check of names or values gives. */
export const findings = (path: FieldPath, value: unknown, messages: readonly string[]): FieldError[] =>
  messages.map((message) => invalidValue(path, value, message));

export const dnsLabel = (path: FieldPath, value: string): FieldError[] => findings(path, value, isDns1123Label(value));
export const dnsSubdomain = (path: FieldPath, value: string): FieldError[] => findings(path, value, isDns1123Subdomain(value));
export const qualifiedName = (path: FieldPath, value: string): FieldError[] => findings(path, value, isQualifiedName(value));
export const ipAddress = (path: FieldPath, value: string): FieldError[] => findings(path, value, isValidIp(value));
export const cidrBlock = (path: FieldPath, value: string): FieldError[] => findings(path, value, isValidCidr(value));

export const nonNegative = (path: FieldPath, value: number | undefined): FieldError[] =>
  value !== undefined && value < 0 ? [invalidValue(path, value, NOT_NEGATIVE)] : [];
export const positive = (path: FieldPath, value: number): FieldError[] => (value > 0 ? [] : [invalidValue(path, value, 'must be greater than 0')]);

/** `supported` in the order in which the message shall list it. */
export const oneOf = (path: FieldPath, value: string | undefined, supported: readonly string[]): FieldError[] =>
  supported.includes(value ?? '') ? [] : [notSupported(path, value ?? '', supported)];

/** As oneOf, but a missing value is worded as required. */
export const requiredOneOf = (path: FieldPath, value: string | undefined, supported: readonly string[]): FieldError[] =>
  value ? oneOf(path, value, supported) : [required(path)];

export const portNumberOrName = (path: FieldPath, port: number | string | undefined): FieldError[] =>
  typeof port === 'string' ? findings(path, port, isValidPortName(port)) : findings(path, port ?? 0, isValidPortNumber(port ?? 0));

export const immutable = (path: FieldPath, value: unknown, old: unknown, shown: unknown = value): FieldError[] =>
  semanticEqual(value, old) ? [] : [shown === value ? invalidValue(path, value, IMMUTABLE) : invalidStruct(path, shown, IMMUTABLE)];

export const labels = (path: FieldPath, map: Readonly<Record<string, string>> | undefined): FieldError[] =>
  Object.entries(map ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) => [...qualifiedName(path, key), ...findings(path, value, isValidLabelValue(value))]);

export function labelSelector(path: FieldPath, selector: LabelSelector | undefined): FieldError[] {
  if (!selector) return [];
  return [
    ...labels(path.child('matchLabels'), selector.matchLabels),
    ...(selector.matchExpressions ?? []).flatMap((expression, i) => selectorRequirement(path.child('matchExpressions').index(i), expression)),
  ];
}

type Requirement = NonNullable<LabelSelector['matchExpressions']>[number];

function selectorRequirement(path: FieldPath, { key, operator, values = [] }: Requirement): FieldError[] {
  const valuesPath = path.child('values');
  return [
    ...operatorFindings(path, operator, values),
    ...qualifiedName(path.child('key'), key ?? ''),
    ...values.flatMap((value, i) => findings(valuesPath.index(i), value, isValidLabelValue(value))),
  ];
}

function operatorFindings(path: FieldPath, operator: string, values: readonly string[]): FieldError[] {
  if (operator === 'In' || operator === 'NotIn')
    return values.length > 0 ? [] : [required(path.child('values'), "must be specified when `operator` is 'In' or 'NotIn'")];
  if (operator === 'Exists' || operator === 'DoesNotExist')
    return values.length === 0 ? [] : [forbiddenField(path.child('values'), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
  return [invalidValue(path.child('operator'), operator ?? '', 'not a valid selector operator')];
}

export const isEmptySelector = (selector: LabelSelector | undefined): boolean =>
  Object.keys(selector?.matchLabels ?? {}).length + (selector?.matchExpressions?.length ?? 0) === 0;
