import type { ServedResource } from '../served-resource.ts';
import { groupsOf } from './discovery.ts';

/** Discovery in one document, as `apidiscovery.k8s.io` v2 defines it. */
export function aggregatedDiscovery(all: readonly ServedResource[], version: 'v2' | 'v2beta1', core: boolean) {
  const groups = groupsOf(all).filter(({ group }) => (group === '') === core);
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${version}`,
    metadata: {},
    items: groups.map(({ group, versions }) => ({
      metadata: { ...(group ? { name: group } : {}), creationTimestamp: null },
      versions: versions.map((v) => ({
        version: v,
        resources: all.filter((r) => r.group === group && r.version === v).map(entry),
        freshness: 'Current',
      })),
    })),
  };
}

function entry(r: ServedResource) {
  return {
    resource: r.resource,
    responseKind: { group: r.group, version: r.version, kind: r.kind },
    scope: r.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: r.singular,
    verbs: r.verbs,
    ...(r.shortNames.length > 0 ? { shortNames: r.shortNames } : {}),
    ...(r.categories.length > 0 ? { categories: r.categories } : {}),
    ...(r.subresources.length > 0 ? { subresources: r.subresources.map((s) => subresource(s, r)) } : {}),
  };
}

function subresource({ subresource: name, responseKind, verbs }: ServedResource['subresources'][number], r: ServedResource) {
  const { group, version, kind } = responseKind ?? r;
  return { subresource: name, responseKind: { group, version, kind }, verbs };
}
