import { duplicate, type FieldError, type FieldPath, invalidValue, notSupported, required } from '../../machinery/field-error.ts';
import { isPathSegmentName } from '../../machinery/names.ts';
import type { MatchResources, NamedRuleWithOperations } from '../../schema/generated/types.ts';
import { findings, labelSelector, requiredOneOf } from '../field-checks.ts';

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const SCOPES = ['*', 'Cluster', 'Namespaced'];

export const matchFindings = (match: MatchResources, path: FieldPath): FieldError[] => [
  ...requiredOneOf(path.child('matchPolicy'), match.matchPolicy, ['Equivalent', 'Exact']),
  ...labelSelector(path.child('namespaceSelector'), match.namespaceSelector),
  ...labelSelector(path.child('objectSelector'), match.objectSelector),
  ...(match.resourceRules ?? []).flatMap((rule, i) => ruleFindings(rule, path.child('resourceRules').index(i))),
  ...(match.excludeResourceRules ?? []).flatMap((rule, i) => ruleFindings(rule, path.child('excludeResourceRules').index(i))),
];

function ruleFindings(rule: NamedRuleWithOperations, path: FieldPath): FieldError[] {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], resourceNames = [], scope } = rule;
  return [
    ...resourceNames.flatMap((name, i) => [
      ...findings(path.child('resourceNames').index(i), name, isPathSegmentName(name)),
      ...(resourceNames.indexOf(name) < i ? [duplicate(path.child('resourceNames').index(i), name)] : []),
    ]),
    ...aloneFindings(operations, path.child('operations'), 'operations'),
    ...operations.flatMap((one, i) => (OPERATIONS.includes(one) ? [] : [notSupported(path.child('operations').index(i), one, OPERATIONS)])),
    ...aloneFindings(apiGroups, path.child('apiGroups'), 'API groups'),
    ...aloneFindings(apiVersions, path.child('apiVersions'), 'API versions'),
    ...apiVersions.flatMap((version, i) => (version ? [] : [required(path.child('apiVersions').index(i))])),
    ...resourceFindings(resources, path.child('resources')),
    ...(scope === undefined || SCOPES.includes(scope) ? [] : [notSupported(path.child('scope'), scope, SCOPES)]),
  ];
}

/** `*` leaves nothing else to say. */
const aloneFindings = (values: readonly string[], path: FieldPath, what: string): FieldError[] => {
  if (values.length === 0) return [required(path)];
  return values.length > 1 && values.includes('*') ? [invalidValue(path, values, `if '*' is present, must not specify other ${what}`)] : [];
};

function resourceFindings(resources: readonly string[], path: FieldPath): FieldError[] {
  if (resources.length === 0) return [required(path)];
  const isPlain = (name: string) => name !== '*' && !name.includes('/');
  return [
    ...resources.flatMap((name, i) => {
      const before = resources.slice(0, i);
      const [resource = '', sub] = name.split('/');
      if (!name) return [required(path.index(i))];
      if (sub === undefined) return [];
      const because = (other: string) => invalidValue(path.index(i), name, `if '${other}' is present, must not specify ${name}`);
      return [...(before.includes(`${resource}/*`) ? [because(`${resource}/*`)] : []), ...(before.includes(`*/${sub}`) ? [because(`*/${sub}`)] : [])];
    }),
    ...(resources.length > 1 && resources.includes('*/*')
      ? [invalidValue(path, resources, "if '*/*' is present, must not specify other resources")]
      : []),
    ...(resources.includes('*') && resources.some(isPlain)
      ? [invalidValue(path, resources, "if '*' is present, must not specify other resources without subresources")]
      : []),
  ];
}
