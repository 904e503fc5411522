import type { Api } from './api.ts';

/** One served resource. */
export interface Mapping {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly verbs: readonly string[];
  readonly subresources: readonly string[];
}

interface GroupDiscovery {
  readonly metadata?: { name?: string };
  readonly versions?: readonly { version: string; resources?: readonly ResourceDiscovery[] }[];
}

interface ResourceDiscovery {
  readonly resource: string;
  readonly responseKind?: { kind?: string };
  readonly scope?: string;
  readonly singularResource?: string;
  readonly verbs?: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly subresources?: readonly { subresource: string }[];
}

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';

/** Everything the server serves, core group first, each group's preferred version first. */
export async function discover(api: Api): Promise<Mapping[]> {
  const [core, groups] = [await api.get('/api', undefined, { accept: aggregated }), await api.get('/apis', undefined, { accept: aggregated })];
  return [...mappingsOf(core.items as readonly GroupDiscovery[]), ...mappingsOf(groups.items as readonly GroupDiscovery[])];
}

function mappingsOf(groups: readonly GroupDiscovery[] | undefined): Mapping[] {
  return (groups ?? []).flatMap(({ metadata, versions = [] }) =>
    versions.flatMap(({ version, resources = [] }) => resources.map((resource) => mappingOf(metadata?.name ?? '', version, resource))),
  );
}

const mappingOf = (group: string, version: string, found: ResourceDiscovery): Mapping => ({
  group,
  version,
  resource: found.resource,
  singular: found.singularResource || (found.responseKind?.kind ?? '').toLowerCase(),
  kind: found.responseKind?.kind ?? '',
  namespaced: found.scope === 'Namespaced',
  shortNames: found.shortNames ?? [],
  categories: found.categories ?? [],
  verbs: found.verbs ?? [],
  subresources: (found.subresources ?? []).map(({ subresource }) => subresource),
});
