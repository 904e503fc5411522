import { type FieldError, type FieldPath, invalidValue, required } from '../machinery/field-error.ts';
import type { ResourceQuotaSpec } from '../schema/generated/types.ts';
import { quantityValue, resourceName } from './pod/validation/resources.ts';
import { isStandardQuotaResource } from './resource-names.ts';

const COMPUTE = ['cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];
const POD_SCOPES = ['Terminating', 'NotTerminating', 'NotBestEffort', 'PriorityClass', 'CrossNamespacePodAffinity'];
const SCOPES = [...POD_SCOPES, 'BestEffort', 'VolumeAttributesClass'];
const EXISTS_ONLY = ['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating', 'CrossNamespacePodAffinity'];
const EXCLUSIVE = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
];

export function validateQuotaSpec(spec: ResourceQuotaSpec, path: FieldPath): FieldError[] {
  const { hard = {}, scopes = [] } = spec;
  const names = Object.keys(hard).sort();
  return [
    ...names.flatMap((name) => [
      ...quotaName(path.child('hard').key(name), name),
      ...quantityValue(path.child('hard').key(name), name, hard[name] ?? '0'),
    ]),
    ...scopeFindings(scopes, names, path.child('scopes')),
    ...selectorFindings(spec, names, path.child('scopeSelector', 'matchExpressions')),
  ];
}

function quotaName(path: FieldPath, name: string): FieldError[] {
  const errors = resourceName(path, name);
  return name.includes('/') || isStandardQuotaResource(name)
    ? errors
    : [...errors, invalidValue(path, name, 'must be a standard resource for quota')];
}

function appliesTo(scope: string, resource: string): boolean {
  if (scope === 'BestEffort') return resource === 'pods';
  if (scope === 'VolumeAttributesClass') return ['persistentvolumeclaims', 'storage', 'requests.storage'].includes(resource);
  return !POD_SCOPES.includes(scope) || resource === 'pods' || COMPUTE.includes(resource);
}

function scopeFindings(scopes: readonly string[], names: readonly string[], path: FieldPath): FieldError[] {
  return [
    ...scopes.flatMap((scope) => [
      ...(SCOPES.includes(scope) ? [] : [invalidValue(path, scopes, 'unsupported scope')]),
      ...names
        .filter((name) => isStandardQuotaResource(name) && !appliesTo(scope, name))
        .map(() => invalidValue(path, scopes, 'unsupported scope applied to resource')),
    ]),
    ...conflicts(scopes).map(() => invalidValue(path, scopes, 'conflicting scopes')),
  ];
}

const conflicts = (scopes: readonly string[]) => EXCLUSIVE.filter((pair) => pair.every((scope) => scopes.includes(scope)));

function selectorFindings({ scopeSelector, scopes }: ResourceQuotaSpec, names: readonly string[], path: FieldPath): FieldError[] {
  const expressions = scopeSelector?.matchExpressions ?? [];
  const errors = expressions.flatMap(({ scopeName, operator, values = [] }) => [
    ...(SCOPES.includes(scopeName) ? [] : [invalidValue(path.child('scopeName'), scopeName, 'unsupported scope')]),
    ...names
      .filter((name) => isStandardQuotaResource(name) && !appliesTo(scopeName, name))
      .map(() => invalidValue(path, shownSelector(expressions), 'unsupported scope applied to resource')),
    ...(EXISTS_ONLY.includes(scopeName) && operator !== 'Exists' ? [invalidValue(path.child('operator'), operator, EXISTS_MESSAGE)] : []),
    ...operatorFindings(operator, values, path),
  ]);
  const found = conflicts(expressions.map(({ scopeName }) => scopeName));
  return [...errors, ...found.map(() => invalidValue(path, scopes ?? null, 'conflicting scopes'))];
}

const EXISTS_MESSAGE =
  "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, " +
  'ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity';

const shownSelector = (expressions: readonly { readonly scopeName: string; readonly operator: string; readonly values?: readonly string[] }[]) => ({
  MatchExpressions: expressions.map(({ scopeName, operator, values }) => ({ ScopeName: scopeName, Operator: operator, Values: values ?? null })),
});

function operatorFindings(operator: string, values: readonly string[], path: FieldPath): FieldError[] {
  const at = path.child('values');
  if (operator === 'In' || operator === 'NotIn')
    return values.length > 0 ? [] : [required(at, "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector")];
  if (operator === 'Exists' || operator === 'DoesNotExist')
    return values.length === 0 ? [] : [invalidValue(at, values, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector")];
  return [invalidValue(path.child('operator'), operator, 'not a valid selector operator')];
}
