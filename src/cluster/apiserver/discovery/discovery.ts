import type { ServedResource } from '../served-resource.ts';

interface GroupVersions {
  readonly group: string;
  readonly versions: readonly string[];
}

/** The core group is listed apart; the others in the order in which upstream serves them. */
export function groupsOf(resources: readonly ServedResource[]): readonly GroupVersions[] {
  const groups = new Map<string, string[]>();
  for (const { group, version } of resources) {
    const versions = groups.get(group) ?? [];
    if (!versions.includes(version)) versions.push(version);
    groups.set(group, versions);
  }
  return [...groups].map(([group, versions]) => ({ group, versions: versions.sort(byPreference) }));
}

/** v2 before v1, GA before beta before alpha. */
function byPreference(a: string, b: string): number {
  const rank = (version: string) => {
    const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
    if (!match) return [0, 0, 0];
    const stage = match[2] === undefined ? 3 : match[2] === 'beta' ? 2 : 1;
    return [stage, Number(match[1]), Number(match[3] ?? 0)];
  };
  const [left, right] = [rank(a), rank(b)];
  return left.map((n, i) => (right[i] ?? 0) - n).find((d) => d !== 0) ?? (a < b ? -1 : 1);
}

export const legacyVersions = (server: string) => ({
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: server }],
});

export const groupList = (resources: readonly ServedResource[]) => ({
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: groupsOf(resources)
    .filter(({ group }) => group !== '')
    .map(groupEntry),
});

function groupEntry({ group, versions }: GroupVersions) {
  const entries = versions.map((version) => ({ groupVersion: `${group}/${version}`, version }));
  return { name: group, versions: entries, preferredVersion: entries[0] };
}

export function apiGroup(resources: readonly ServedResource[], name: string) {
  const found = groupsOf(resources).find(({ group }) => group === name);
  return found && { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(found) };
}

export function resourceList(all: readonly ServedResource[], group: string, version: string) {
  const resources = all.filter((r) => r.group === group && r.version === version);
  if (resources.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    ...(group ? { apiVersion: 'v1' } : {}),
    groupVersion: group ? `${group}/${version}` : version,
    resources: resources.flatMap(resourceEntries),
  };
}

function resourceEntries(r: ServedResource) {
  const { resource, singular, namespaced, kind, verbs, shortNames, categories } = r;
  const main = {
    name: resource,
    singularName: singular,
    namespaced,
    kind,
    verbs,
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
  };
  const subresources = r.subresources.map(({ subresource, verbs: allowed, responseKind }) => ({
    name: `${resource}/${subresource}`,
    singularName: '',
    namespaced,
    ...(responseKind?.version ? { group: responseKind.group, version: responseKind.version } : {}),
    kind: responseKind?.kind ?? kind,
    verbs: allowed,
  }));
  return [main, ...subresources];
}
