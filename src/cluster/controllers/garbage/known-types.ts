import type { ResourceType } from '../../../api/client/api-client.ts';
import { CustomResourceDefinitions, resourceTypes } from '../../../api/kinds/resource-types.ts';
import { apiVersionOf } from '../../../api/machinery/object.ts';
import type { ControllerContext } from '../define-controller.ts';

/** Never stored, or never anybody's dependents. */
const SKIPPED = new Set(['bindings', 'componentstatuses', 'events', 'tokenreviews', 'leases']);
const isStored = ({ resource, group, version }: ResourceType): boolean =>
  !SKIPPED.has(resource) && !resource.endsWith('reviews') && !(group === 'autoscaling' && version === 'v1');

export const builtInTypes: readonly ResourceType[] = resourceTypes.filter(isStored);

/** Tells of every type of object the cluster stores, custom ones as they are established. */
export function forEachType({ informers }: ControllerContext, visit: (type: ResourceType) => void): void {
  const seen = new Set<string>();
  const once = (type: ResourceType) => {
    const key = `${type.group}/${type.resource}`;
    if (seen.has(key)) return;
    seen.add(key);
    visit(type);
  };
  for (const type of builtInTypes) once(type);
  const definitions = informers.for(CustomResourceDefinitions);
  const take = () => {
    for (const definition of definitions.list()) for (const type of customTypes(definition)) once(type);
  };
  take();
  definitions.onChange(take);
}

interface DefinitionLike {
  readonly spec?: {
    readonly group: string;
    readonly scope: string;
    readonly names: { kind: string; plural: string };
    readonly versions: readonly { name: string; storage: boolean; served: boolean }[];
  };
  readonly status?: { readonly conditions?: readonly { type: string; status: string }[] };
}

function customTypes({ spec, status }: DefinitionLike): readonly ResourceType[] {
  if (!spec || !status?.conditions?.some(({ type, status: value }) => type === 'Established' && value === 'True')) return [];
  const version = spec.versions.find(({ storage, served }) => storage && served) ?? spec.versions.find(({ served }) => served);
  if (!version) return [];
  const { kind, plural } = spec.names;
  return [{ group: spec.group, version: version.name, resource: plural, kind, namespaced: spec.scope === 'Namespaced' }];
}

export const kindKey = (apiVersion: string, kind: string): string => `${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${kind}`;
export const kindKeyOf = (type: ResourceType): string => kindKey(apiVersionOf(type), type.kind);
