import { selects } from '../../../api/machinery/labels.ts';
import type { KubeObject, LabelSelector } from '../../../api/machinery/object.ts';
import type { MatchResources, NamedRuleWithOperations } from '../../../api/schema/generated/types.ts';
import type { AdmissionRequest, AdmissionView } from '../admission-plugin.ts';

/** Whether a policy's or a binding's `matchResources` take in a request; no rules take in everything. */
export function matchesRequest(match: MatchResources | undefined, request: AdmissionRequest, view: AdmissionView): boolean {
  if (!match) return true;
  const { namespaceSelector, objectSelector, resourceRules = [], excludeResourceRules = [] } = match;
  if (!matchesNamespace(namespaceSelector, request, view) || !matchesObject(objectSelector, request)) return false;
  if (excludeResourceRules.some((rule) => matchesRule(rule, request))) return false;
  return resourceRules.length === 0 || resourceRules.some((rule) => matchesRule(rule, request));
}

const isEmpty = (selector: LabelSelector | undefined): boolean =>
  Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0;

/** A namespace is selected by its own labels; what stands in none is always selected. */
function matchesNamespace(selector: LabelSelector | undefined, request: AdmissionRequest, view: AdmissionView): boolean {
  if (isEmpty(selector)) return true;
  const { resource, namespace, object, old } = request;
  if (resource.group === '' && resource.resource === 'namespaces') return selects(selector, (object ?? old)?.metadata.labels);
  return !namespace || selects(selector, view.get('', 'namespaces', '', namespace)?.metadata.labels);
}

function matchesObject(selector: LabelSelector | undefined, { object, old }: AdmissionRequest): boolean {
  const held = (one: KubeObject | undefined) => one !== undefined && selects(selector, one.metadata.labels);
  return isEmpty(selector) || held(object) || held(old);
}

function matchesRule(rule: NamedRuleWithOperations, request: AdmissionRequest): boolean {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], resourceNames = [], scope = '*' } = rule;
  const { operation, resource, subresource, name, namespace } = request;
  const names = (list: readonly string[], value: string) => list.includes('*') || list.includes(value);
  const isNamespace = resource.group === '' && resource.resource === 'namespaces';
  const reach = namespace && !isNamespace ? 'Namespaced' : 'Cluster';
  return (
    names(operations, operation) &&
    names(apiGroups, resource.group) &&
    names(apiVersions, resource.version) &&
    (scope === '*' || scope === reach) &&
    resources.some((one) => namesResource(one, resource.resource, subresource)) &&
    (resourceNames.length === 0 || resourceNames.includes(name))
  );
}

/** `pods`, `pods/*`, `*` + `/scale`, `*`. */
function namesResource(rule: string, resource: string, subresource: string): boolean {
  const [wanted = '', sub = ''] = rule.split('/');
  return (wanted === '*' || wanted === resource) && (sub === '*' || sub === subresource);
}

const OWN = new Set([
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
  'mutatingadmissionpolicies',
  'mutatingadmissionpolicybindings',
  'validatingwebhookconfigurations',
  'mutatingwebhookconfigurations',
]);

/** Policies do not rule over policies. */
export const isExempt = ({ resource }: AdmissionRequest): boolean => resource.group === 'admissionregistration.k8s.io' && OWN.has(resource.resource);
