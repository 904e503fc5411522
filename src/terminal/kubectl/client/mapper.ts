import { parseApiVersion } from '../../../api/machinery/object.ts';
import { UsageError } from '../errors.ts';
import type { Mapping } from './discovery.ts';

/** Finds served resources by what people and manifests call them. */
export class Mapper {
  readonly all: readonly Mapping[];

  constructor(all: readonly Mapping[]) {
    this.all = all;
  }

  /** `po`, `pods`, `Pod`, `deployments.apps`, `deployments.v1.apps`. */
  find(argument: string): Mapping | undefined {
    const [resource = '', ...rest] = argument.toLowerCase().split('.');
    if (rest.length >= 2) {
      const [version, ...group] = rest;
      const full = this.#named(resource, (m) => m.version === version && m.group === group.join('.'));
      if (full) return full;
    }
    const group = rest.join('.');
    return (
      this.#named(resource, (m) => !group || m.group === group) ??
      this.#named(resource, (m) => Boolean(group) && m.group.startsWith(group)) ??
      this.#core(resource, rest)
    );
  }

  /** `pods.v1`: the core group has no name. */
  #core(resource: string, rest: readonly string[]): Mapping | undefined {
    return rest.length === 1 || (rest.length === 2 && rest[1] === '')
      ? this.#named(resource, (m) => m.group === '' && m.version === rest[0])
      : undefined;
  }

  #named(name: string, fits: (mapping: Mapping) => boolean): Mapping | undefined {
    const fitting = this.all.filter(fits);
    return (
      fitting.find((m) => m.resource === name) ??
      fitting.find((m) => m.singular === name) ??
      fitting.find((m) => m.shortNames.includes(name)) ??
      fitting.find((m) => m.kind.toLowerCase() === name)
    );
  }

  require(argument: string): Mapping {
    const found = this.find(argument);
    if (!found) throw new UsageError(`the server doesn't have a resource type ${JSON.stringify(argument.split('.')[0] ?? '')}`);
    return found;
  }

  forObject({ apiVersion, kind }: { apiVersion: string; kind: string }): Mapping | undefined {
    const { group, version } = parseApiVersion(apiVersion);
    return this.all.find((m) => m.group === group && m.version === version && m.kind === kind);
  }

  forKind(group: string, kind: string): Mapping | undefined {
    return this.all.find((m) => m.group === group && m.kind === kind);
  }

  /** The resources of a category (`all`), each in its preferred version. */
  category(name: string): Mapping[] {
    const seen = new Set<string>();
    return this.all.filter((m) => m.categories.includes(name) && !seen.has(`${m.resource}.${m.group}`) && seen.add(`${m.resource}.${m.group}`));
  }
}

export function resourcePath(mapping: Pick<Mapping, 'group' | 'version' | 'resource' | 'namespaced'>, namespace: string, ...tail: string[]): string {
  const root = mapping.group ? `/apis/${mapping.group}/${mapping.version}` : `/api/${mapping.version}`;
  const scope = mapping.namespaced && namespace ? `/namespaces/${namespace}` : '';
  return [`${root}${scope}/${mapping.resource}`, ...tail.filter(Boolean)].join('/');
}

/** `deployment.apps`, as names are printed: `deployment.apps/web`. */
export const printedType = (mapping: Pick<Mapping, 'group' | 'singular' | 'kind'>): string =>
  `${mapping.kind.toLowerCase()}${mapping.group ? `.${mapping.group}` : ''}`;
