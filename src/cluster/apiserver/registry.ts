import { kindFor } from '../../api/kinds/index.ts';
import { loadFacts } from './facts.ts';
import type { Column, ServedResource, ServedSubresource } from './served-resource.ts';

interface ResourceFact {
  group: string;
  version: string;
  resource: string;
  kind: string;
  singular: string;
  scope: 'Namespaced' | 'Cluster';
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
  subresources?: ServedSubresource[];
  columns?: Column[];
}

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
  loadFacts<ResourceFact[]>('resources').map(({ scope, shortNames = [], categories = [], subresources = [], columns = [], ...fact }) => ({
    ...fact,
    listKind: `${fact.kind}List`,
    namespaced: scope === 'Namespaced',
    shortNames,
    categories,
    subresources,
    columns,
    definition: kindFor(fact.group, fact.version, fact.resource),
    bucket: STORED_AS[`${fact.group}/${fact.resource}`] ?? `${fact.group}/${fact.resource}`,
  }));
