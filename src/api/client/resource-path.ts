import type { ResourceType } from './api-client.ts';

/** The URL path of a collection, an object or a subresource. */
export function resourcePath(
  { group, version, resource, namespaced }: Omit<ResourceType, 'kind' | 'object'>,
  namespace?: string,
  name?: string,
  subresource?: string,
): string {
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`;
  const parts = [root];
  if (namespaced && namespace) parts.push('namespaces', encodeURIComponent(namespace));
  parts.push(resource);
  if (name) parts.push(encodeURIComponent(name));
  if (subresource) parts.push(subresource);
  return parts.join('/');
}
