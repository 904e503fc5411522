import { isPlainObject, type PlainObject } from '../../../api/machinery/json.ts';
import { parseYamlDocuments } from '../../../api/machinery/yaml.ts';
import type { Files } from '../../../machine/index.ts';
import { KustomizeError, within } from './errors.ts';
import { fixReferences } from './fix-references.ts';
import { Folder } from './folder.ts';
import { generate } from './generators.ts';
import { addHashes } from './hash.ts';
import type { Kustomization } from './kustomization.ts';
import { readKustomization } from './kustomization-file.ts';
import { ordered } from './order.ts';
import { applyJsonPatches, applyPatches } from './patches.ts';
import { applyReplacements } from './replacements.ts';
import { Resource } from './resource.ts';
import { ResourceList } from './resource-list.ts';
import { addAnnotations, addLabels, addPrefixes, addSuffixes, setImages, setNamespaces, setReplicas } from './transformers.ts';

export interface Built {
  readonly objects: readonly PlainObject[];
  /** About fields that should no longer be used. */
  readonly warnings: readonly string[];
}

/** Builds the kustomization in a folder, as `kustomize build`; complaints name the folder as it was typed. Throws KustomizeError. */
export function buildKustomization(files: Files, path: string, typed = path): Built {
  const warnings: string[] = [];
  const build = new Build((warning) => warnings.push(warning));
  const folder = Folder.open(files, path, typed);
  const kustomization = readKustomization(folder, (warning) => warnings.push(warning));
  const list = build.accumulate(folder, kustomization, new ResourceList());
  addHashes(list.items);
  fixReferences(list.items);
  const kept = list.items.filter((resource) => resource.strings('annotations')['config.kubernetes.io/local-config'] !== 'true');
  return { objects: ordered(kept, kustomization).map(({ object }) => object), warnings };
}

class Build {
  readonly #warn: (text: string) => void;

  constructor(warn: (text: string) => void) {
    this.#warn = warn;
  }

  /** Resources, then generators, then components, then transformers. A component works on its parent's list. */
  accumulate(folder: Folder, kustomization: Kustomization, list: ResourceList): ResourceList {
    refuseUnsimulated(kustomization);
    within('accumulating resources', () => {
      for (const path of kustomization.resources) this.#addResource(folder, path, list);
    });
    for (const resource of generate(folder, kustomization)) within('merging from generator', () => list.absorb(resource));
    within('accumulating components', () => {
      for (const path of kustomization.components ?? []) this.#addComponent(folder, path, list);
    });
    transform(folder, list, kustomization);
    return list;
  }

  /** A path may lead to a file or to another kustomization; where it is neither, both failures are told. */
  #addResource(folder: Folder, path: string, list: ResourceList): void {
    try {
      addFile(folder, path, list);
    } catch (error) {
      if (!(error instanceof KustomizeError)) throw error;
      within(`accumulation err='${error.message}'`, () => list.appendAll(this.#enter(folder.enter(path), 'Kustomization', new ResourceList())));
    }
  }

  #addComponent(folder: Folder, path: string, list: ResourceList): void {
    const inside = enterComponent(folder, path);
    try {
      this.#enter(inside, 'Component', list);
    } catch (error) {
      if (!(error instanceof KustomizeError)) throw error;
      throw new KustomizeError(`accumulateDirectory: ${JSON.stringify(error.message)}`);
    }
  }

  #enter(folder: Folder, kind: 'Kustomization' | 'Component', list: ResourceList): readonly Resource[] {
    const kustomization = within(`couldn't make target for path '${folder.root}'`, () => readKustomization(folder, this.#warn));
    if (kind === 'Component' && kustomization.kind !== 'Component') {
      throw new KustomizeError(`expected kind 'Component' for path '${folder.root}' but got '${kustomization.kind}'`);
    }
    if (kind === 'Kustomization' && kustomization.kind === 'Component') {
      throw new KustomizeError(`expected kind != 'Component' for path '${folder.root}'`);
    }
    return within(`recursed accumulation of path '${folder.root}'`, () => this.accumulate(folder, kustomization, list)).items;
  }
}

function enterComponent(folder: Folder, path: string): Folder {
  try {
    return folder.enter(path);
  } catch (error) {
    if (!(error instanceof KustomizeError)) throw error;
    throw new KustomizeError(`loader.New ${JSON.stringify(error.message)}`);
  }
}

function transform(folder: Folder, list: ResourceList, kustomization: Kustomization): void {
  applyPatches(folder, list, kustomization);
  setNamespaces(list, kustomization);
  addPrefixes(list, kustomization);
  addSuffixes(list, kustomization);
  addLabels(list, kustomization);
  addAnnotations(list, kustomization);
  applyJsonPatches(folder, list, kustomization);
  setReplicas(list, kustomization);
  setImages(list, kustomization);
  applyReplacements(folder, list.items, kustomization);
}

const unsimulated = ['vars', 'helmCharts', 'helmChartInflationGenerator', 'generators', 'transformers', 'validators', 'configurations'] as const;

function refuseUnsimulated(kustomization: Kustomization): void {
  const used = unsimulated.find((field) => kustomization[field] !== undefined);
  if (used) throw new KustomizeError(`kubeproctor does not simulate the field '${used}' of kustomizations`);
}

function addFile(folder: Folder, path: string, list: ResourceList): void {
  const resources = within(`accumulating resources from '${path}'`, () => parsedResources(folder.load(path)));
  within(`merging resources from '${path}'`, () => list.appendAll(resources));
}

function parsedResources(text: string): Resource[] {
  let documents: unknown[];
  try {
    documents = parseYamlDocuments(text);
  } catch (error) {
    throw new KustomizeError(
      `MalformedYAMLError: ${(error instanceof Error ? error.message : String(error)).replace(/^error converting YAML to JSON: /, '')}`,
    );
  }
  return documents.flatMap(opened).map((object) => new Resource(object));
}

function opened(document: unknown): PlainObject[] {
  if (document === null || document === undefined) return [];
  if (!isPlainObject(document)) throw new KustomizeError('missing Resource metadata');
  if (typeof document.kind === 'string' && document.kind.endsWith('List') && Array.isArray(document.items)) return document.items.flatMap(opened);
  if (!document.kind) throw new KustomizeError(`missing kind in object ${JSON.stringify(document)}`);
  if (!isPlainObject(document.metadata) || !document.metadata.name) throw new KustomizeError(`missing metadata.name in object ${shown(document)}`);
  return [document];
}

/** As Go prints a resource without a name. */
const shown = ({ apiVersion, kind }: PlainObject): string => `{{${String(apiVersion ?? '')} ${String(kind ?? '')}} {{ } map[] map[]}}`;
