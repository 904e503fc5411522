import type { PlainObject } from '../../../../api/machinery/json.ts';
import { createThreeWayJsonMergePatch } from '../../../../api/machinery/merge-patch.ts';
import type { KubeObject } from '../../../../api/machinery/object.ts';
import { createThreeWayMergePatch } from '../../../../api/machinery/strategic-diff.ts';
import { lastApplied } from '../../writing/last-applied.ts';
import { builtInSchema, patchLocally, patchTypes } from '../../writing/local-patch.ts';

export interface Patch {
  readonly type: 'application/strategic-merge-patch+json' | 'application/merge-patch+json';
  readonly body: PlainObject;
}

/** What turns the live object into the manifest's wishes, deleting only what an earlier apply had set. */
export function threeWayPatch(modified: KubeObject, current: KubeObject): Patch {
  const schema = builtInSchema(modified);
  const original = lastApplied(current);
  if (!schema) return { type: 'application/merge-patch+json', body: createThreeWayJsonMergePatch(original, { ...modified }, { ...current }) };
  return { type: 'application/strategic-merge-patch+json', body: createThreeWayMergePatch(original, { ...modified }, { ...current }, schema) };
}

export const isEmptyPatch = ({ body }: Patch): boolean => Object.keys(body).length === 0;

export const patchedLocally = (current: KubeObject, { type, body }: Patch): KubeObject =>
  patchLocally(current, type === patchTypes.merge ? 'merge' : 'strategic', body);
