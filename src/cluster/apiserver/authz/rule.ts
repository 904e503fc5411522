import type { PolicyRule } from '../../../api/schema/generated/types.ts';
import type { Attributes } from './authorizer.ts';

const ALL = '*';

export function ruleAllows(rule: PolicyRule, { isResource, verb, group, resource, subresource, name, path }: Attributes): boolean {
  if (!has(rule.verbs, verb)) return false;
  if (!isResource) return (rule.nonResourceURLs ?? []).some((url) => urlMatches(url, path));
  return has(rule.apiGroups, group) && resourceMatches(rule.resources, resource, subresource) && nameMatches(rule.resourceNames, name);
}

const has = (values: readonly string[] | undefined, wanted: string): boolean => (values ?? []).some((v) => v === ALL || v === wanted);

function resourceMatches(resources: readonly string[] | undefined, resource: string, subresource: string): boolean {
  const wanted = subresource ? `${resource}/${subresource}` : resource;
  return (resources ?? []).some((r) => r === ALL || r === wanted || (subresource !== '' && r === `*/${subresource}`));
}

const nameMatches = (names: readonly string[] | undefined, name: string): boolean => !names || names.length === 0 || names.includes(name);

function urlMatches(url: string, path: string): boolean {
  if (url === ALL || url === path) return true;
  return url.endsWith('*') && path.startsWith(url.replace(/\*+$/, ''));
}
