import { schemaData } from './data.ts';

export interface ResourceFact {
  readonly group: string;
  readonly version: string;
  /** Plural. */
  readonly resource: string;
  readonly kind: string;
  readonly singular: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly subresources?: readonly SubresourceFact[];
  /** Name, type, format, priority of each column of the server's table. */
  readonly columns?: readonly (readonly [string, string, string, number])[];
}

export interface SubresourceFact {
  readonly subresource: string;
  readonly verbs: readonly string[];
  readonly responseKind: { readonly group: string; readonly version: string; readonly kind: string };
}

/** Every built-in resource, in the server's order of preference. */
export const builtinResources = (): readonly ResourceFact[] => schemaData<readonly ResourceFact[]>('resources');

/** How a user may name a resource: plural, singular, short name or kind, with group and version where given (`deploy`, `deployments.apps`, `hpa.v2.autoscaling`). */
export interface ResourceArgument {
  readonly name: string;
  readonly group?: string;
  readonly version?: string;
}

/** All readings of a user's words, most specific first, as a REST mapper tries them. */
export function readResourceArgument(argument: string): ResourceArgument[] {
  const [name = '', second, ...rest] = argument.split('.');
  if (second === undefined) return [{ name }];
  const withGroup = { name, group: [second, ...rest].join('.') };
  return rest.length > 0 ? [{ name, version: second, group: rest.join('.') }, withGroup] : [withGroup];
}

/** Finds a resource among `resources` by plural, singular, short name, or kind; earlier ones win. */
export function findResource(resources: readonly ResourceFact[], argument: string): ResourceFact | undefined {
  for (const reading of readResourceArgument(argument)) {
    const scoped = resources.filter((r) => inScope(r, reading));
    const found = byName(scoped, reading.name.toLowerCase());
    if (found) return found;
  }
  return undefined;
}

const inScope = (r: ResourceFact, { group, version }: ResourceArgument): boolean =>
  (group === undefined || r.group === group || (group !== '' && r.group.startsWith(group))) && (version === undefined || r.version === version);

const byName = (resources: readonly ResourceFact[], name: string): ResourceFact | undefined =>
  resources.find((r) => r.resource === name) ??
  resources.find((r) => r.singular === name) ??
  resources.find((r) => r.shortNames?.includes(name)) ??
  resources.find((r) => r.kind.toLowerCase() === name);

/** Versions as upstream ranks them: v2 before v1, GA before beta before alpha, anything else last by name. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [versionRank(a), versionRank(b)];
  if (!left || !right) return left ? -1 : right ? 1 : a < b ? -1 : a > b ? 1 : 0;
  return right[0] - left[0] || right[1] - left[1] || right[2] - left[2];
}

function versionRank(version: string): [number, number, number] | undefined {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (!match) return undefined;
  const stage = match[2] === undefined ? 2 : match[2] === 'beta' ? 1 : 0;
  return [stage, Number(match[1]), Number(match[3] ?? 0)];
}
