import type { ObjectMeta, OwnerReference } from '../schema/generated/types.ts';

export type { JsonObject, LabelSelector, ObjectMeta, OwnerReference } from '../schema/generated/types.ts';

/**
 * Any Kubernetes object, of a kind known or unknown at build time. Objects that left the store are frozen;
 * to change one, build another. Each known kind has its own interface in schema/generated/types.ts.
 */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** A served resource: `resource` is the plural, lower-case name in URLs. */
export interface GroupVersionResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

export type OwnerRef = OwnerReference;

export const apiVersionOf = ({ group, version }: { group: string; version: string }): string => (group ? `${group}/${version}` : version);

export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? { group: '', version: apiVersion } : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}
