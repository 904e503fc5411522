import { duplicate, type FieldError, type FieldPath, forbiddenField, invalidValue, notFoundValue, required } from '../../../machinery/field-error.ts';
import { isQualifiedName } from '../../../machinery/names.ts';
import { canonicalQuantity, compareQuantities, quantityMilli } from '../../../machinery/quantity.ts';
import type { PodSpec, ResourceRequirements } from '../../../schema/generated/types.ts';
import { findings, NOT_NEGATIVE } from '../../field-checks.ts';
import {
  isExtendedResource,
  isHugePages,
  isNativeResource,
  isOvercommitAllowed,
  isStandardContainerResource,
  isStandardResource,
} from '../../resource-names.ts';
import { effectiveAmounts } from '../resource-defaults.ts';

type NameCheck = (path: FieldPath, name: string) => FieldError[];

export const validateContainerResources = (resources: ResourceRequirements, path: FieldPath, claims: readonly string[]): FieldError[] =>
  requirements(resources, path, containerResourceName, claims);

export function validatePodResources(spec: PodSpec, path: FieldPath): FieldError[] {
  const { resources } = spec;
  if (!resources) return [];
  if (spec.os?.name === 'windows') return [forbiddenField(path, 'may not be set for a windows pod')];
  return [
    ...(resources.claims ? [forbiddenField(path.child('claims'), 'claims may not be set for Resources at pod-level')] : []),
    ...requirements(resources, path, podResourceName, []),
    ...podConsistency(spec, resources, path),
  ];
}

function requirements(resources: ResourceRequirements, path: FieldPath, checkName: NameCheck, claims: readonly string[]): FieldError[] {
  const { limits = {}, requests = {} } = resources;
  const [limitPath, requestPath] = [path.child('limits'), path.child('requests')];
  const amounts = (list: Readonly<Record<string, string>>) => Object.entries(list).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  const lacksCompute = names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory');
  return [
    ...amounts(limits).flatMap(([name, value]) => [...checkName(limitPath.key(name), name), ...quantityValue(limitPath.key(name), name, value)]),
    ...amounts(requests).flatMap(([name, value]) => [
      ...checkName(requestPath.key(name), name),
      ...quantityValue(requestPath.key(name), name, value),
      ...againstLimit(name, value, limits[name], limitPath, requestPath),
    ]),
    ...(lacksCompute ? [forbiddenField(path, 'HugePages require cpu or memory')] : []),
    ...claimNames(resources.claims ?? [], claims, path.child('claims')),
  ];
}

function againstLimit(name: string, request: string, limit: string | undefined, limitPath: FieldPath, requestPath: FieldPath): FieldError[] {
  const mayDiffer = isOvercommitAllowed(name);
  if (limit === undefined) return mayDiffer ? [] : [required(limitPath, 'Limit must be set for non overcommitable resources')];
  const order = compareQuantities(request, limit);
  const shown = canonicalQuantity(request);
  if (order !== 0 && !mayDiffer) return [invalidValue(requestPath, shown, `must be equal to ${name} limit of ${canonicalQuantity(limit)}`)];
  return order > 0 ? [invalidValue(requestPath, shown, `must be less than or equal to ${name} limit of ${canonicalQuantity(limit)}`)] : [];
}

function claimNames(claims: NonNullable<ResourceRequirements['claims']>, known: readonly string[], path: FieldPath): FieldError[] {
  const seen = new Set<string>();
  return claims.flatMap(({ name, request }, i) => {
    const key = request ? `${name}/${request}` : name;
    if (!name) return [required(path.index(i))];
    if (seen.has(name) || seen.has(key)) return [duplicate(path.index(i), key)];
    seen.add(key);
    return known.includes(name) ? [] : [notFoundValue(path.index(i), name)];
  });
}

/** A quantity of a resource: never negative, and whole where the resource comes in pieces. */
export function quantityValue(path: FieldPath, name: string, value: string): FieldError[] {
  const isCounted = isHugePages(name) || isExtendedResource(name) || COUNTED.has(name);
  return [
    ...nonNegativeQuantity(path, value),
    ...(isCounted && quantityMilli(value) % 1000 !== 0 ? [invalidValue(path, canonicalQuantity(value), 'must be an integer')] : []),
  ];
}

export const nonNegativeQuantity = (path: FieldPath, value: string): FieldError[] =>
  compareQuantities(value, '0') < 0 ? [invalidValue(path, canonicalQuantity(value), NOT_NEGATIVE)] : [];

const COUNTED = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

export function resourceName(path: FieldPath, name: string): FieldError[] {
  const errors = findings(path, name, isQualifiedName(name));
  if (errors.length > 0) return errors;
  return name.includes('/') || isStandardResource(name) ? [] : [invalidValue(path, name, 'must be a standard resource type or fully qualified')];
}

export function containerResourceName(path: FieldPath, name: string): FieldError[] {
  const errors = resourceName(path, name);
  if (!name.includes('/'))
    return isStandardContainerResource(name) ? errors : [...errors, invalidValue(path, name, 'must be a standard resource for containers')];
  if (isNativeResource(name) || isExtendedResource(name)) return errors;
  return [...errors, invalidValue(path, name, "doesn't follow extended resource name standard")];
}

const isPodResource = (name: string): boolean => name === 'cpu' || name === 'memory' || isHugePages(name);

function podResourceName(path: FieldPath, name: string): FieldError[] {
  const errors = resourceName(path, name);
  if (errors.length > 0 || isPodResource(name)) return errors;
  return [
    {
      type: 'FieldValueNotSupported',
      field: path.toString(),
      message: `Unsupported value: ${JSON.stringify(name)}: supported values: "cpu", "hugepages-", "memory"`,
    },
  ];
}

function podConsistency(spec: PodSpec, { requests = {}, limits = {} }: ResourceRequirements, path: FieldPath): FieldError[] {
  const asked = effectiveAmounts(spec, 'requests');
  const tooSmall = Object.entries(requests)
    .sort()
    .flatMap(([name, value]) =>
      asked[name] !== undefined && compareQuantities(asked[name], value) > 0
        ? [
            invalidValue(
              path.child('requests').key(name),
              canonicalQuantity(value),
              `must be greater than or equal to aggregate container requests of ${canonicalQuantity(asked[name])}`,
            ),
          ]
        : [],
    );
  const exceeded = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].flatMap((container) =>
    Object.entries(container.resources?.limits ?? {}).flatMap(([name, value]) => {
      const limit = limits[name];
      return limit !== undefined && compareQuantities(value, limit) > 0
        ? [
            invalidValue(
              path.child('limits').key(name),
              canonicalQuantity(value),
              `must be less than or equal to pod limits of ${canonicalQuantity(limit)}`,
            ),
          ]
        : [];
    }),
  );
  return [...tooSmall, ...exceeded];
}
