import { duplicate, type FieldError, type FieldPath, forbiddenField, invalidValue, required } from '../machinery/field-error.ts';
import { isQualifiedName } from '../machinery/names.ts';
import { canonicalQuantity, compareQuantities, quantityToNumber } from '../machinery/quantity.ts';
import type { LimitRangeItem, LimitRangeSpec } from '../schema/generated/types.ts';
import { findings } from './field-checks.ts';
import { containerResourceName, resourceName } from './pod/validation/resources.ts';
import { isOvercommitAllowed } from './resource-names.ts';

const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim'];
const LISTS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;

export const validateLimits = ({ limits = [] }: LimitRangeSpec, path: FieldPath): FieldError[] =>
  limits.flatMap((item, i) => {
    const at = path.index(i);
    const isRepeated = limits.findIndex(({ type }) => type === item.type) < i;
    return [
      ...typeFindings(item.type ?? '', at.child('type')),
      ...(isRepeated ? [duplicate(at.child('type'), item.type)] : []),
      ...itemFindings(item, at),
    ];
  });

function typeFindings(type: string, path: FieldPath): FieldError[] {
  const errors = findings(path, type, isQualifiedName(type));
  if (errors.length > 0 || type.includes('/') || TYPES.includes(type)) return errors;
  return [invalidValue(path, type, 'must be a standard limit type or fully qualified')];
}

function itemFindings(item: LimitRangeItem, at: FieldPath): FieldError[] {
  const checkName = item.type === 'Pod' || item.type === 'Container' ? containerResourceName : resourceName;
  const isPod = item.type === 'Pod';
  const names = new Set<string>();
  const errors = LISTS.flatMap((list): FieldError[] => {
    const keys = Object.keys(item[list] ?? {}).sort();
    if (isPod && (list === 'default' || list === 'defaultRequest'))
      return keys.length > 0 ? [forbiddenField(at.child(list), "may not be specified when `type` is 'Pod'")] : [];
    for (const key of keys) names.add(key);
    const nameErrors = keys.flatMap((key) => checkName(at.child(list).key(key), key));
    return list === 'defaultRequest' ? [...nameErrors, ...storageBounds(item, at)] : nameErrors;
  });
  return [...errors, ...[...names].flatMap((name) => comparisons(item, name, at))];
}

const storageBounds = ({ type, min, max }: LimitRangeItem, at: FieldPath): FieldError[] =>
  type === 'PersistentVolumeClaim' && min?.storage === undefined && max?.storage === undefined
    ? [required(at.child('limits'), 'either minimum or maximum storage value is required, but neither was provided')]
    : [];

function comparisons(item: LimitRangeItem, name: string, at: FieldPath): FieldError[] {
  const isPod = item.type === 'Pod';
  const [min, max] = [item.min?.[name], item.max?.[name]];
  const [limit, request] = isPod ? [] : [item.default?.[name], item.defaultRequest?.[name]];
  const here = (list: string) => at.child(list).key(name);
  const above = (a: string | undefined, b: string | undefined, list: string, shown: string | undefined, words: [string, string]): FieldError[] =>
    a !== undefined && b !== undefined && compareQuantities(a, b) > 0
      ? [
          invalidValue(
            here(list),
            canonicalQuantity(shown ?? a),
            `${words[0]} ${canonicalQuantity(a)} is greater than ${words[1]} ${canonicalQuantity(b)}`,
          ),
        ]
      : [];
  return [
    ...above(min, max, 'min', min, ['min value', 'max value']),
    ...above(min, request, 'defaultRequest', request, ['min value', 'default request value']),
    ...above(request, max, 'defaultRequest', request, ['default request value', 'max value']),
    ...above(request, limit, 'defaultRequest', request, ['default request value', 'default limit value']),
    ...above(min, limit, 'default', min, ['min value', 'default value']),
    ...above(limit, max, 'default', max, ['default value', 'max value']),
    ...ratioFindings(item, name, here('maxLimitRequestRatio')),
    ...(!isOvercommitAllowed(name) && limit !== undefined && request !== undefined && compareQuantities(limit, request) !== 0
      ? [invalidValue(here('defaultRequest'), request, `default value ${limit} must equal to defaultRequest value ${request} in ${name}`)]
      : []),
  ];
}

function ratioFindings({ maxLimitRequestRatio, min, max }: LimitRangeItem, name: string, path: FieldPath): FieldError[] {
  const ratio = maxLimitRequestRatio?.[name];
  if (ratio === undefined) return [];
  const [low, high] = [min?.[name], max?.[name]];
  const most = low === undefined || high === undefined ? Number.POSITIVE_INFINITY : quantityToNumber(high) / quantityToNumber(low);
  return [
    ...(compareQuantities(ratio, '1') < 0 ? [invalidValue(path, ratio, `ratio ${ratio} is less than 1`)] : []),
    ...(quantityToNumber(ratio) > most ? [invalidValue(path, ratio, `ratio ${ratio} is greater than max/min = ${most.toFixed(6)}`)] : []),
  ];
}
