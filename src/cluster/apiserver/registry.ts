import { kindFor } from '../../api/kinds/index.ts';
import { kindSchema } from '../../api/schema/definitions.ts';
import { builtinResources } from '../../api/schema/resources.ts';
import type { ServedResource } from './served-resource.ts';

const ANYTHING = { kind: 'any', goType: 'unstructured.Unstructured', preserveUnknownFields: true } as const;

const DEPRECATED: Readonly<Record<string, string>> = {
  Endpoints: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  ComponentStatus: 'v1 ComponentStatus is deprecated in v1.19+',
};

/** Resources kept in another group's or version's form. */
const STORED_AS: Readonly<Record<string, string>> = { 'events.k8s.io/events': '/events' };

/** Everything that this API server serves: the built-in resources, and those of CustomResourceDefinitions as they come and go. */
export class Registry {
  readonly #builtIn: readonly ServedResource[];
  #custom: readonly ServedResource[] = [];
  #byPath = new Map<string, ServedResource>();
  /** Rises when what is served changes. */
  generation = 1;

  constructor() {
    this.#builtIn = builtInResources();
    this.#index();
  }

  all(): readonly ServedResource[] {
    return [...this.#builtIn, ...this.#custom];
  }

  find(group: string, version: string, resource: string): ServedResource | undefined {
    return this.#byPath.get(`${group}/${version}/${resource}`);
  }

  /** The first served version of a resource. */
  findAnyVersion(group: string, resource: string): ServedResource | undefined {
    return this.all().find((r) => r.group === group && r.resource === resource);
  }

  findKind(group: string, version: string, kind: string): ServedResource | undefined {
    return this.all().find((r) => r.group === group && r.version === version && r.kind === kind);
  }

  setCustom(resources: readonly ServedResource[]): void {
    this.#custom = resources;
    this.generation += 1;
    this.#index();
  }

  #index(): void {
    this.#byPath = new Map(this.all().map((r) => [`${r.group}/${r.version}/${r.resource}`, r]));
  }
}

const builtInResources = (): ServedResource[] =>
  builtinResources().map(({ scope, shortNames = [], categories = [], subresources = [], columns = [], ...fact }) => ({
    ...fact,
    listKind: `${fact.kind}List`,
    namespaced: scope === 'Namespaced',
    shortNames,
    categories,
    subresources,
    columns,
    ...(DEPRECATED[fact.kind] ? { deprecation: DEPRECATED[fact.kind] } : {}),
    definition: kindFor(fact.group, fact.version, fact.resource),
    schema: () => kindSchema(fact.group, fact.version, fact.kind) ?? ANYTHING,
    bucket: STORED_AS[`${fact.group}/${fact.resource}`] ?? `${fact.group}/${fact.resource}`,
  }));
