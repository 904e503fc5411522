import { deepEqual } from './deep-equal.ts';
import { isPlainObject, type PlainObject } from './json.ts';

/** RFC 7386: null removes, objects merge, all else replaces. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isPlainObject(patch)) return patch;
  const result: PlainObject = isPlainObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (value !== undefined) result[key] = applyMergePatch(result[key], value);
  }
  return result;
}

/** The merge patch that makes `modified` of `original`. */
export function createMergePatch(original: PlainObject, modified: PlainObject): PlainObject {
  const patch: PlainObject = {};
  for (const [key, value] of Object.entries(modified)) {
    const before = original[key];
    if (value === undefined || deepEqual(before, value)) continue;
    patch[key] = isPlainObject(before) && isPlainObject(value) ? createMergePatch(before, value) : value;
  }
  for (const key of Object.keys(original)) if (modified[key] === undefined && original[key] !== undefined) patch[key] = null;
  return patch;
}

/** What kubectl apply sends for kinds it knows no schema of: additions and changes against `current`, deletions against `original`. */
export function createThreeWayJsonMergePatch(original: PlainObject, modified: PlainObject, current: PlainObject): PlainObject {
  const changes = keepOrDeleteNulls(createMergePatch(current, modified), false);
  const deletions = keepOrDeleteNulls(createMergePatch(original, modified), true);
  return applyKeepingNulls(deletions, changes) as PlainObject;
}

function keepOrDeleteNulls(patch: PlainObject, keep: boolean): PlainObject {
  const result: PlainObject = {};
  for (const [key, value] of Object.entries(patch)) {
    if (isPlainObject(value)) {
      const inner = keepOrDeleteNulls(value, keep);
      if (Object.keys(inner).length > 0 || (!keep && Object.keys(value).length === 0)) result[key] = inner;
    } else if ((value === null) === keep) result[key] = value;
  }
  return result;
}

function applyKeepingNulls(target: unknown, patch: unknown): unknown {
  if (!isPlainObject(patch) || !isPlainObject(target)) return patch;
  const result = { ...target };
  for (const [key, value] of Object.entries(patch)) result[key] = applyKeepingNulls(result[key], value);
  return result;
}
