import { isPlainObject, type PlainObject } from '../../../api/machinery/json.ts';
import { applyJsonPatch, type JsonPatchOperation } from '../../../api/machinery/json-patch.ts';
import { applyMergePatch } from '../../../api/machinery/merge-patch.ts';
import { type KubeObject, parseApiVersion } from '../../../api/machinery/object.ts';
import { applyStrategicMergePatch } from '../../../api/machinery/strategic-merge-patch.ts';
import { kindSchema } from '../../../api/schema/definitions.ts';
import { UsageError } from '../errors.ts';
import { string } from '../flags/flag.ts';
import { typedObject } from './typed-object.ts';

export const overrideFlags = {
  overrides: string('', 'JSON that changes the generated object.'),
  'override-type': string('', 'How the override changes the object: json, merge or strategic.', {
    default: 'merge',
    values: ['json', 'merge', 'strategic'],
  }),
};

/** Changes a generated object by what --overrides says. */
export function withOverrides(object: KubeObject, { overrides, 'override-type': type }: { overrides: string; 'override-type': string }): KubeObject {
  if (!overrides) return object;
  const patch = parsed(overrides);
  if (type === 'json') return typedObject(applyJsonPatch(object, operationsOf(patch)) as object);
  if (type === 'merge' || type === '') return typedObject(applyMergePatch(object, mapping(patch, 'Invalid JSON Patch')) as object);
  if (type !== 'strategic') throw new UsageError(`invalid override type: ${type}`);
  const { group, version } = parseApiVersion(object.apiVersion);
  return typedObject(applyStrategicMergePatch({ ...object }, mapping(patch, 'Invalid JSON document'), kindSchema(group, version, object.kind)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError('Invalid JSON Patch');
  }
}

function mapping(patch: unknown, complaint: string): PlainObject {
  if (!isPlainObject(patch)) throw new UsageError(complaint);
  return patch;
}

function operationsOf(patch: unknown): readonly JsonPatchOperation[] {
  if (!Array.isArray(patch)) throw new UsageError('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  return patch as readonly JsonPatchOperation[];
}
