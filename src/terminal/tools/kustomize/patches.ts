import { isPlainObject, type PlainObject } from '../../../api/machinery/json.ts';
import { applyJsonPatch, type JsonPatchOperation } from '../../../api/machinery/json-patch.ts';
import { PatchError } from '../../../api/machinery/patch-error.ts';
import { applyStrategicMergePatch } from '../../../api/machinery/strategic-merge-patch.ts';
import { parseYaml, parseYamlDocuments } from '../../../api/machinery/yaml.ts';
import { kindSchema } from '../../../api/schema/definitions.ts';
import { KustomizeError, within } from './errors.ts';
import type { Folder } from './folder.ts';
import { gvkOf, showIdentity } from './identity.ts';
import type { Kustomization, PatchEntry } from './kustomization.ts';
import { Resource } from './resource.ts';
import type { ResourceList } from './resource-list.ts';
import { selected } from './select.ts';

type Options = NonNullable<PatchEntry['options']>;

/** patchesStrategicMerge and patches; each patch sees what the one before it left. */
export function applyPatches(folder: Folder, list: ResourceList, { patchesStrategicMerge = [], patches = [] }: Kustomization): void {
  for (const text of patchesStrategicMerge) {
    for (const patch of strategicPatches(text.includes('\n') ? text : folder.load(text)) ?? []) mergeByName(list, patch, {});
  }
  for (const entry of patches) applyEntry(folder, list, entry);
}

export function applyJsonPatches(folder: Folder, list: ResourceList, { patchesJson6902 = [] }: Kustomization): void {
  for (const { target, path, patch } of patchesJson6902) {
    if (!target) throw new KustomizeError('must specify the target field in patchesJson6902');
    const [first] = selected(list.items, { ...target, name: target.name ?? '' });
    if (!first) throw new KustomizeError(`unable to find target for patchesJson6902 ${target.kind ?? ''}/${target.name ?? ''}`);
    patchByJson(first, operationsOf(path ? folder.load(path) : (patch ?? '')) ?? []);
  }
}

function applyEntry(folder: Folder, list: ResourceList, { path, patch: inline = '', target, options = {} }: PatchEntry): void {
  const given = inline.trim();
  if (!given && !path) throw new KustomizeError('must specify one of patch and path in\n{}\n');
  if (given && path) throw new KustomizeError(`patch and path can't be set at the same time\npatch: ${JSON.stringify(given)}\npath: ${path}\n`);
  const text = path ? within(`failed to get the patch file from path(${path})`, () => folder.load(path)) : given;
  const source = path ? `[path: ${JSON.stringify(path)}]` : `[patch: ${JSON.stringify(given)}]`;
  const operations = operationsOf(text);
  if (operations) {
    if (!target) throw new KustomizeError(`must specify a target for JSON patch ${source}`);
    for (const resource of selected(list.items, target)) patchByJson(resource, operations);
    return;
  }
  const patches = strategicPatches(text);
  if (!patches) throw new KustomizeError(`unable to parse SM or JSON patch from ${source}`);
  if (!target) for (const patch of patches) mergeByName(list, patch, options);
  else if (patches.length > 1) {
    throw new KustomizeError(`Multiple Strategic-Merge Patches in one \`patches\` entry is not allowed to set \`patches.target\` field: ${source}`);
  } else for (const patch of patches) mergeInto(list, selected(list.items, target), patch, options);
}

function operationsOf(text: string): readonly JsonPatchOperation[] | undefined {
  try {
    const value = parseYaml(text);
    return Array.isArray(value) ? (value as JsonPatchOperation[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where the text is no list of named objects. */
function strategicPatches(text: string): PlainObject[] | undefined {
  try {
    const documents = parseYamlDocuments(text).filter((document) => document !== null);
    const valid = documents.every(
      (document) => isPlainObject(document) && document.kind && isPlainObject(document.metadata) && document.metadata.name,
    );
    return valid ? (documents as PlainObject[]) : undefined;
  } catch {
    return undefined;
  }
}

function patchByJson(resource: Resource, operations: readonly JsonPatchOperation[]): void {
  resource.remember();
  try {
    resource.object = applyJsonPatch(resource.object, operations) as PlainObject;
  } catch (error) {
    if (error instanceof PatchError) throw new KustomizeError(error.message);
    throw error;
  }
}

function mergeByName(list: ResourceList, patch: PlainObject, options: Options): void {
  const id = new Resource(patch).original;
  const target = within(`no resource matches strategic merge patch ${JSON.stringify(showIdentity(id))}`, () => list.patchTarget(id));
  mergeInto(list, [target], patch, options);
}

function mergeInto(list: ResourceList, targets: readonly Resource[], patch: PlainObject, options: Options): void {
  const removed = targets.filter((target) => merge(target, patch, options) === 'removed');
  if (removed.length > 0) list.replaceAll(list.items.filter((item) => !removed.includes(item)));
}

/** A resource keeps its name, kind and namespace whatever the patch calls itself, unless that is allowed to change. */
function merge(target: Resource, patch: PlainObject, { allowNameChange, allowKindChange }: Options): 'merged' | 'removed' {
  if (patch.$patch === 'delete') return 'removed';
  const { name, namespace, group, version, kind } = target.current;
  const apiVersion = target.object.apiVersion;
  if (allowNameChange || allowKindChange) target.remember();
  try {
    target.object = applyStrategicMergePatch(structuredClone(target.object), structuredClone(patch), kindSchema(group, version, kind));
  } catch (error) {
    if (error instanceof PatchError) throw new KustomizeError(error.message);
    throw error;
  }
  if (!allowKindChange) Object.assign(target.object, { kind, apiVersion });
  if (!allowNameChange) target.name = name;
  if (namespace) target.metadata.namespace = namespace;
  else delete target.metadata.namespace;
  return gvkOf(target.object).kind ? 'merged' : 'removed';
}
