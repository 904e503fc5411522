import type { PlainObject } from '../../../../api/machinery/json.ts';
import { applyMergePatch, createThreeWayJsonMergePatch } from '../../../../api/machinery/merge-patch.ts';
import { type KubeObject, parseApiVersion } from '../../../../api/machinery/object.ts';
import { createThreeWayMergePatch } from '../../../../api/machinery/strategic-diff.ts';
import { applyStrategicMergePatch } from '../../../../api/machinery/strategic-merge-patch.ts';
import { kindSchema } from '../../../../api/schema/definitions.ts';
import { lastApplied } from '../../writing/last-applied.ts';

export interface Patch {
  readonly type: 'application/strategic-merge-patch+json' | 'application/merge-patch+json';
  readonly body: PlainObject;
}

const schemaOf = ({ apiVersion, kind }: KubeObject) => {
  const { group, version } = parseApiVersion(apiVersion);
  return kindSchema(group, version, kind);
};

/** What turns the live object into the manifest's wishes, deleting only what an earlier apply had set. */
export function threeWayPatch(modified: KubeObject, current: KubeObject): Patch {
  const schema = schemaOf(modified);
  const original = lastApplied(current);
  if (!schema) return { type: 'application/merge-patch+json', body: createThreeWayJsonMergePatch(original, { ...modified }, { ...current }) };
  return { type: 'application/strategic-merge-patch+json', body: createThreeWayMergePatch(original, { ...modified }, { ...current }, schema) };
}

export const isEmptyPatch = ({ body }: Patch): boolean => Object.keys(body).length === 0;

export function patchedLocally(current: KubeObject, { type, body }: Patch): KubeObject {
  if (type === 'application/merge-patch+json') return applyMergePatch(current, body) as KubeObject;
  return applyStrategicMergePatch({ ...current }, body, schemaOf(current)) as unknown as KubeObject;
}
