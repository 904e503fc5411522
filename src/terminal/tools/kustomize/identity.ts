import { parseApiVersion } from '../../../api/machinery/object.ts';
import { builtinResources } from '../../../api/schema/resources.ts';

export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What a resource is called, at one moment of the build. */
export interface Identity extends Gvk {
  readonly name: string;
  readonly namespace: string;
}

/** Says which identities are meant: an empty field means any. */
export type GvkPattern = Partial<Gvk>;

export const gvkOf = (object: Readonly<Record<string, unknown>>): Gvk => ({
  ...parseApiVersion(typeof object.apiVersion === 'string' ? object.apiVersion : ''),
  kind: typeof object.kind === 'string' ? object.kind : '',
});

export const fits = (gvk: Gvk, { group, version, kind }: GvkPattern): boolean =>
  (!group || group === gvk.group) && (!version || version === gvk.version) && (!kind || kind === gvk.kind);

let clusterWide: ReadonlySet<string> | undefined;

export function isClusterScoped({ group, version, kind }: Gvk): boolean {
  clusterWide ??= new Set(builtinResources().flatMap((fact) => (fact.scope === 'Cluster' ? [`${fact.group}/${fact.version}/${fact.kind}`] : [])));
  return clusterWide.has(`${group}/${version}/${kind}`);
}

const nowhere = '_non_namespaceable_';

/** Where the resource lives; no namespace means `default`. */
export const effectiveNamespace = (id: Identity): string => (isClusterScoped(id) ? nowhere : id.namespace || 'default');

export const sameGvk = (a: Gvk, b: Gvk): boolean => a.group === b.group && a.version === b.version && a.kind === b.kind;
export const sameIdentity = (a: Identity, b: Identity): boolean =>
  sameGvk(a, b) && a.name === b.name && effectiveNamespace(a) === effectiveNamespace(b);

export const showGvk = ({ group, version, kind }: GvkPattern): string => `${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}`;

export const showIdentity = (id: Identity): string => `${showGvk(id)}/${id.name || '[noName]'}.${id.namespace || '[noNs]'}`;
