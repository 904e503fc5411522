import { type FieldError, type FieldPath, invalidValue, notSupported, required } from '../../machinery/field-error.ts';
import { isDns1123Subdomain, isPathSegmentName } from '../../machinery/names.ts';
import type { ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, Subject } from '../../schema/generated/types.ts';
import { findings, labelSelector, oneOf, root } from '../field-checks.ts';
import { internalForm, invalidStruct } from '../internal-form.ts';

const GROUP = 'rbac.authorization.k8s.io';

export const validateRole = ({ rules }: Role): FieldError[] => (rules ?? []).flatMap((rule, i) => ruleFindings(rule, true, root('rules').index(i)));

export function validateClusterRole({ rules, aggregationRule }: ClusterRole): FieldError[] {
  const path = root('aggregationRule').child('clusterRoleSelectors');
  const selectors = aggregationRule?.clusterRoleSelectors ?? [];
  return [
    ...(rules ?? []).flatMap((rule, i) => ruleFindings(rule, false, root('rules').index(i))),
    ...(aggregationRule && selectors.length === 0 ? [required(path, 'at least one clusterRoleSelector required if aggregationRule is non-nil')] : []),
    ...selectors.flatMap((selector, i) => labelSelector(path.index(i), selector)),
  ];
}

function ruleFindings(rule: PolicyRule, isNamespaced: boolean, path: FieldPath): FieldError[] {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs: urls = [] } = rule;
  const at = path.child('nonResourceURLs');
  const errors = verbs.length > 0 ? [] : [required(path.child('verbs'), 'verbs must contain at least one value')];
  if (urls.length === 0)
    return [
      ...errors,
      ...(apiGroups.length > 0 ? [] : [required(path.child('apiGroups'), 'resource rules must supply at least one api group')]),
      ...(resources.length > 0 ? [] : [required(path.child('resources'), 'resource rules must supply at least one resource')]),
    ];
  const isMixed = apiGroups.length + resources.length + resourceNames.length > 0;
  return [
    ...errors,
    ...(isNamespaced ? [invalidValue(at, urls, 'namespaced rules cannot apply to non-resource URLs')] : []),
    ...(isMixed ? [invalidValue(at, urls, 'rules cannot apply to both regular resources and non-resource URLs')] : []),
  ];
}

type Binding = RoleBinding | ClusterRoleBinding;

export function validateBinding({ roleRef, subjects }: Binding, isNamespaced: boolean): FieldError[] {
  const path = root('roleRef');
  const { apiGroup, kind, name } = roleRef;
  return [
    ...oneOf(path.child('apiGroup'), apiGroup, [GROUP]),
    ...oneOf(path.child('kind'), kind, isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole']),
    ...(name ? findings(path.child('name'), name, isPathSegmentName(name)) : [required(path.child('name'))]),
    ...(subjects ?? []).flatMap((subject, i) => subjectFindings(subject, isNamespaced, root('subjects').index(i))),
  ];
}

export function validateBindingUpdate(binding: Binding, old: Binding, isNamespaced: boolean): FieldError[] {
  const [now, then] = [binding.roleRef, old.roleRef];
  const isSame = now.apiGroup === then.apiGroup && now.kind === then.kind && now.name === then.name;
  return [
    ...validateBinding(binding, isNamespaced),
    ...(isSame ? [] : [invalidStruct(root('roleRef'), internalForm('RoleRef', now), 'cannot change roleRef')]),
  ];
}

function subjectFindings({ kind, name, namespace, apiGroup = '' }: Subject, isNamespaced: boolean, path: FieldPath): FieldError[] {
  const errors = name ? [] : [required(path.child('name'))];
  if (kind === 'User' || kind === 'Group') return [...errors, ...oneOf(path.child('apiGroup'), apiGroup, [GROUP])];
  if (kind !== 'ServiceAccount') return [...errors, notSupported(path.child('kind'), kind ?? '', ['ServiceAccount', 'User', 'Group'])];
  return [
    ...errors,
    ...(name ? findings(path.child('name'), name, isDns1123Subdomain(name)) : []),
    ...oneOf(path.child('apiGroup'), apiGroup, ['']),
    ...(isNamespaced || namespace ? [] : [required(path.child('namespace'))]),
  ];
}
