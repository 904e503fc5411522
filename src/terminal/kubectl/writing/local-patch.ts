import { applyJsonPatch, type JsonPatchOperation } from '../../../api/machinery/json-patch.ts';
import { applyMergePatch } from '../../../api/machinery/merge-patch.ts';
import { type KubeObject, parseApiVersion } from '../../../api/machinery/object.ts';
import { applyStrategicMergePatch } from '../../../api/machinery/strategic-merge-patch.ts';
import { kindSchema } from '../../../api/schema/definitions.ts';
import { UsageError } from '../errors.ts';

/** The media types of the three patch languages. */
export const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

export type PatchLanguage = keyof typeof patchTypes;

/** What kubectl itself knows of a kind; nothing of custom resources. */
export function builtInSchema({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>) {
  const { group, version } = parseApiVersion(apiVersion);
  return kindSchema(group, version, kind);
}

/** Patches an object without asking the server. */
export function patchLocally(object: KubeObject, language: PatchLanguage, patch: unknown): KubeObject {
  if (language === 'json') return applyJsonPatch(object, patch as readonly JsonPatchOperation[]) as KubeObject;
  if (language === 'merge') return applyMergePatch(object, patch) as KubeObject;
  const schema = builtInSchema(object);
  if (!schema) throw new UsageError(`strategic merge patch is not supported for ${described(object)} locally, try --type merge`);
  return applyStrategicMergePatch({ ...object }, patch as Record<string, unknown>, schema) as unknown as KubeObject;
}

/** As Go prints a GroupVersionKind. */
function described({ apiVersion, kind }: KubeObject): string {
  const { group, version } = parseApiVersion(apiVersion);
  return `${group}/${version}, Kind=${kind}`;
}
