import { FieldPath, invalidValue } from '../../../api/machinery/field-error.ts';
import { formatGoValue } from '../../../api/machinery/go-format.ts';
import { isPlainObject } from '../../../api/machinery/json.ts';
import { applyJsonPatch, type JsonPatchOperation } from '../../../api/machinery/json-patch.ts';
import { applyMergePatch } from '../../../api/machinery/merge-patch.ts';
import { PatchError } from '../../../api/machinery/patch-error.ts';
import { badRequest, StatusError } from '../../../api/machinery/status-error.ts';
import { applyStrategicMergePatch } from '../../../api/machinery/strategic-merge-patch.ts';
import { goKind } from '../../../api/schema/decode.ts';
import type { Schema } from '../../../api/schema/schema.ts';
import { parseBody } from '../body.ts';
import type { ResourceRequest } from '../context.ts';

export const JSON_PATCH = 'application/json-patch+json';
export const MERGE_PATCH = 'application/merge-patch+json';
export const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';
export const APPLY_PATCH = 'application/apply-patch+yaml';

export const patchType = ({ request }: ResourceRequest): string => (request.headers?.['content-type'] ?? '').split(';')[0]?.trim() ?? '';

/** The three kinds of patch that change what is there; apply has its own way. */
export function applyAnyPatch(rr: ResourceRequest, target: unknown, schema: Schema | undefined): unknown {
  const type = patchType(rr);
  const accepted = [JSON_PATCH, MERGE_PATCH, ...(rr.resource.custom ? [] : [STRATEGIC_PATCH]), APPLY_PATCH];
  if (!accepted.includes(type)) throw unsupported(accepted);
  const { value } = patchValue(rr);
  if (type === JSON_PATCH) return jsonPatched(target, value);
  if (!isPlainObject(value) || !isPlainObject(target)) throw notAnObject(type, value);
  try {
    return type === MERGE_PATCH ? applyMergePatch(target, value) : applyStrategicMergePatch(target, value, schema);
  } catch (error) {
    if (error instanceof PatchError) throw type === STRATEGIC_PATCH ? wrongPatch(error.message) : badRequest(error.message);
    throw error;
  }
}

function notAnObject(type: string, value: unknown): StatusError {
  const why = `json: cannot unmarshal ${goKind(value)} into Go value of type map[string]interface {}`;
  return badRequest(type === MERGE_PATCH ? `error decoding patch: ${why}` : why);
}

const wrongPatch = (message: string): StatusError => badRequest(message);

function patchValue(rr: ResourceRequest): { value: unknown } {
  try {
    return parseBody(rr);
  } catch (error) {
    if (error instanceof StatusError && patchType(rr) !== STRATEGIC_PATCH) throw badRequest(`error decoding patch: ${error.message}`);
    throw error;
  }
}

function jsonPatched(target: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) {
    throw badRequest(`error decoding patch: json: cannot unmarshal ${goKind(operations)} into Go value of type []handlers.jsonPatchOp`);
  }
  for (const operation of operations) requireOperation(operation);
  if (operations.length > MAX_OPERATIONS) throw tooManyOperations(operations.length);
  try {
    return applyJsonPatch(target, operations as JsonPatchOperation[]);
  } catch (error) {
    if (error instanceof PatchError) throw unprocessable();
    throw error;
  }
}

const MAX_OPERATIONS = 10_000;

function requireOperation(operation: unknown): void {
  if (operation === null) return;
  const cannot = (value: unknown, what: string) => badRequest(`error decoding patch: json: cannot unmarshal ${goKind(value)} into Go ${what}`);
  if (!isPlainObject(operation)) throw cannot(operation, 'value of type handlers.jsonPatchOp');
  for (const name of ['op', 'path', 'from']) {
    const value = operation[name] ?? '';
    if (typeof value !== 'string') throw cannot(value, `struct field jsonPatchOp.${name} of type string`);
  }
}

const tooManyOperations = (count: number): StatusError =>
  new StatusError({
    code: 413,
    reason: 'RequestEntityTooLarge',
    message: `Request entity too large: The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${count}`,
  });

const unprocessable = (): StatusError =>
  new StatusError({ code: 422, reason: 'Invalid', message: 'the server rejected our request due to an error in our request', details: {} });

/** A patch whose result does not decode. */
export const invalidPatch = (patched: unknown, why: string): StatusError => {
  const { message } = invalidValue(new FieldPath('patch'), JSON.stringify(patched), why);
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: ` "" is invalid: patch: ${message}`,
    details: { causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }] },
  });
};

/** A strategic merge patch whose result does not fit the kind, in the words of the conversion that upstream uses there. */
export const misfitPatch = (patch: unknown, why: string): StatusError => {
  const [, source = '', target = ''] = /cannot unmarshal (\S+).* of type (\S+)$/.exec(why) ?? [];
  const kind = source === 'array' ? 'slice' : source === 'object' ? 'map' : source === 'number' ? 'int64' : source;
  const restore = target.startsWith('[]')
    ? `cannot restore slice from ${kind}`
    : target.startsWith('map[')
      ? `cannot restore map from ${kind}`
      : undefined;
  const detail = target ? (restore ?? (target.includes('.') ? `cannot restore struct from: ${kind}` : `unrecognized type: ${target}`)) : why;
  const { message } = invalidValue(new FieldPath('patch'), formatGoValue(patch), detail);
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: ` "" is invalid: patch: ${message}`,
    details: { causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }] },
  });
};

const unsupported = (accepted: readonly string[]): StatusError =>
  new StatusError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  });
