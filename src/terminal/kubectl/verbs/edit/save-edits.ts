import { deepEqual } from '../../../../api/machinery/deep-equal.ts';
import { toGoJson } from '../../../../api/machinery/json.ts';
import { createMergePatch } from '../../../../api/machinery/merge-patch.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { createTwoWayMergePatch } from '../../../../api/machinery/strategic-diff.ts';
import { resourcePath } from '../../client/mapper.ts';
import { UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import type { Info } from '../../resource/selection.ts';
import { lastAppliedAnnotation, withLastApplied } from '../../writing/last-applied.ts';
import { builtInSchema, patchTypes } from '../../writing/local-patch.ts';
import { type EditResults, noteFailure } from './results.ts';
import { withoutManagedFields } from './session.ts';

export interface Saving {
  readonly originals: readonly Info[];
  readonly query: Readonly<Record<string, string>>;
  readonly subresource: string;
  readonly outputPatch: boolean;
  readonly saveConfig: boolean;
  print(object: KubeObject, operation: string): Promise<void>;
}

/** Sends each edited object's changes as a patch. */
export async function saveAsPatches(kubectl: Invocation, edited: readonly Info[], results: EditResults, saving: Saving): Promise<void> {
  for (const info of edited) {
    const before = withoutManagedFields(originalOf(info, saving.originals).object);
    const after = saving.saveConfig ? withLastApplied(info.object) : info.object;
    if (deepEqual(before, after)) {
      await saving.print(after, 'skipped');
      continue;
    }
    const { type, body } = patchBetween(before, after);
    if (saving.outputPatch) await kubectl.print(`Patch: ${toGoJson(body)}\n`);
    const path = resourcePath(info.mapping, info.namespace, info.name, saving.subresource);
    try {
      await saving.print(await kubectl.api.patch(path, type, body, saving.query), 'edited');
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'Killed') throw error;
      await kubectl.error(`${noteFailure(results, error, info)}\n`);
    }
  }
}

function originalOf({ object }: Info, originals: readonly Info[]): Info {
  const found = originals.find((original) => original.object.metadata.uid === object.metadata.uid);
  if (!found) throw new UsageError(`no original object found for ${toGoJson(object)}`);
  return found;
}

function patchBetween(before: KubeObject, after: KubeObject): { type: string; body: Record<string, unknown> } {
  const identity = ({ apiVersion, kind, metadata }: KubeObject) => `${apiVersion} ${kind} ${metadata.name}`;
  if (identity(before) !== identity(after)) throw new UsageError('At least one of apiVersion, kind and name was changed');
  const schema = builtInSchema(after);
  return schema
    ? { type: patchTypes.strategic, body: createTwoWayMergePatch({ ...before }, { ...after }, schema) }
    : { type: patchTypes.merge, body: createMergePatch({ ...before }, { ...after }) };
}

export async function saveAsNew(kubectl: Invocation, edited: readonly Info[], saving: Saving): Promise<void> {
  for (const { mapping, namespace, object } of edited) {
    const created = saving.saveConfig ? withLastApplied(object) : object;
    await saving.print(await kubectl.api.post(resourcePath(mapping, namespace), created, saving.query), 'created');
  }
}

/** The edited configurations become the objects' records of what was applied last. */
export async function saveAsLastApplied(kubectl: Invocation, edited: readonly Info[], saving: Saving): Promise<void> {
  for (const info of edited) {
    const before = originalOf(info, saving.originals).object;
    if (deepEqual(before, info.object)) {
      await saving.print(info.object, 'skipped');
      continue;
    }
    const path = resourcePath(info.mapping, info.namespace, info.name);
    const body = { metadata: { annotations: { [lastAppliedAnnotation]: toGoJson(info.object) } } };
    await kubectl.api.patch(path, patchTypes.merge, body, saving.query);
    await saving.print(info.object, 'edited');
  }
}
