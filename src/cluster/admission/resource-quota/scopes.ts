import type { KubeObject } from '../../../api/machinery/object.ts';
import type { PodSpec, ResourceQuota, ScopedResourceSelectorRequirement } from '../../../api/schema/generated/types.ts';
import { asPod } from '../pod-object.ts';

/** Whether an object falls under all scopes of a quota; scopes are about pods (and, for a class of volumes, claims). */
export function inScopes({ spec }: ResourceQuota, object: KubeObject): boolean {
  const scopes = (spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' }));
  const all: readonly ScopedResourceSelectorRequirement[] = [...scopes, ...(spec?.scopeSelector?.matchExpressions ?? [])];
  if (all.length === 0) return true;
  return object.kind === 'Pod' && all.every((scope) => matches(scope, asPod(object).spec));
}

function matches({ scopeName, operator, values = [] }: ScopedResourceSelectorRequirement, spec: PodSpec): boolean {
  switch (scopeName) {
    case 'Terminating':
      return spec.activeDeadlineSeconds !== undefined;
    case 'NotTerminating':
      return spec.activeDeadlineSeconds === undefined;
    case 'BestEffort':
      return isBestEffort(spec);
    case 'NotBestEffort':
      return !isBestEffort(spec);
    case 'PriorityClass':
      return matchesClass(operator, values, spec.priorityClassName ?? '');
    case 'CrossNamespacePodAffinity':
      return reachesOtherNamespaces(spec);
    default:
      return false;
  }
}

function matchesClass(operator: string, values: readonly string[], name: string): boolean {
  if (operator === 'Exists') return name !== '';
  if (operator === 'DoesNotExist') return name === '';
  return operator === 'In' ? values.includes(name) : !values.includes(name);
}

const isBestEffort = (spec: PodSpec): boolean =>
  [...spec.containers, ...(spec.initContainers ?? [])].every(({ resources }) =>
    [resources?.requests, resources?.limits].every((list) => !list || Object.keys(list).length === 0),
  );

function reachesOtherNamespaces({ affinity }: PodSpec): boolean {
  const { podAffinity, podAntiAffinity } = affinity ?? {};
  const terms = [podAffinity, podAntiAffinity].flatMap((a) => [
    ...(a?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(a?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ]);
  return terms.some(({ namespaces, namespaceSelector }) => (namespaces ?? []).length > 0 || namespaceSelector !== undefined);
}
