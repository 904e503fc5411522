import { isPlainObject } from '../../../api/machinery/json.ts';
import { KustomizeError } from './errors.ts';
import { type Identity, sameIdentity, showIdentity } from './identity.ts';
import type { Resource } from './resource.ts';

/** The resources of a build in their order; no two may be called the same. */
export class ResourceList {
  readonly items: Resource[] = [];

  append(resource: Resource): void {
    const id = resource.current;
    if (this.items.some((item) => sameIdentity(item.current, id))) {
      throw new KustomizeError(`may not add resource with an already registered id: ${showIdentity(id)}`);
    }
    this.items.push(resource);
  }

  appendAll(resources: readonly Resource[]): void {
    for (const resource of resources) this.append(resource);
  }

  replaceAll(resources: readonly Resource[]): void {
    this.items.length = 0;
    this.appendAll(resources);
  }

  /** The resources that are, or were once, called so. */
  everCalled(id: Identity): Resource[] {
    return this.items.filter((item) => item.identities.some((known) => sameIdentity(known, id)));
  }

  /** The one resource that a patch means by its own name. */
  patchTarget(id: Identity): Resource {
    const [found, ...more] = this.everCalled(id);
    if (found && more.length === 0) return found;
    const why = found ? 'multiple matches' : 'no matches';
    throw new KustomizeError(`${why} for Id ${showIdentity(id)}; failed to find unique target for patch ${showIdentity(id)}`);
  }

  /** Takes in what a generator made: as a new resource, or into one that is there. */
  absorb(resource: Resource): void {
    const id = resource.current;
    const matches = this.everCalled(id);
    const [old] = matches;
    if (matches.length > 1) {
      throw new KustomizeError(
        `found multiple objects [${matches.map((match) => showIdentity(match.current)).join(' ')}] that could accept merge of ${showIdentity(id)}`,
      );
    }
    if (!old) {
      if (resource.behavior !== 'create') throw new KustomizeError(`id ${goStruct(id)} does not exist; cannot merge or replace`);
      this.append(resource);
      return;
    }
    if (resource.behavior === 'create') {
      throw new KustomizeError(`id ${goStruct(id)} exists; can not use behavior: 'create', behavior must be merge or replace`);
    }
    mergeInto(resource, old);
    this.items[this.items.indexOf(old)] = resource;
  }
}

/** The newcomer keeps the old one's name and history. */
function mergeInto(resource: Resource, old: Resource): void {
  for (const field of ['labels', 'annotations'] as const) {
    const merged = { ...old.strings(field), ...resource.strings(field) };
    if (Object.keys(merged).length > 0) resource.metadata[field] = merged;
  }
  resource.name = old.name;
  if (old.namespace) resource.metadata.namespace = old.namespace;
  resource.previous = old.previous;
  resource.prefixes = old.prefixes;
  resource.suffixes = old.suffixes;
  resource.needsHash ||= old.needsHash;
  if (resource.behavior !== 'merge') return;
  for (const field of ['data', 'binaryData']) {
    const [before, after] = [old.object[field], resource.object[field]];
    if (isPlainObject(before) || isPlainObject(after)) {
      resource.object[field] = { ...(isPlainObject(before) ? before : {}), ...(isPlainObject(after) ? after : {}) };
    }
  }
}

/** As Go prints the struct of an id. */
const goStruct = ({ group, version, kind, name, namespace }: Identity): string =>
  `resid.ResId{Gvk:resid.Gvk{Group:${JSON.stringify(group)}, Version:${JSON.stringify(version)}, Kind:${JSON.stringify(kind)}, isClusterScoped:false}, Name:${JSON.stringify(name)}, Namespace:${JSON.stringify(namespace)}}`;
