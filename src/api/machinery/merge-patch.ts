import { deepEqual } from './deep-equal.ts';
import { isPlainObject, memberOf, type PlainObject, setMember } from './json.ts';

/** RFC 7386: null removes, objects merge, all else replaces. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isPlainObject(patch)) return patch;
  const result: PlainObject = isPlainObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (value !== undefined) setMember(result, key, applyMergePatch(memberOf(result, key), value));
  }
  return result;
}

/** The merge patch that makes `modified` of `original`. */
export function createMergePatch(original: PlainObject, modified: PlainObject): PlainObject {
  const patch: PlainObject = {};
  for (const [key, value] of Object.entries(modified)) {
    const before = memberOf(original, key);
    if (value === undefined || deepEqual(before, value)) continue;
    setMember(patch, key, isPlainObject(before) && isPlainObject(value) ? createMergePatch(before, value) : value);
  }
  for (const key of Object.keys(original)) {
    if (memberOf(modified, key) === undefined && original[key] !== undefined) setMember(patch, key, null);
  }
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
      if (Object.keys(inner).length > 0 || (!keep && Object.keys(value).length === 0)) setMember(result, key, inner);
    } else if ((value === null) === keep) setMember(result, key, value);
  }
  return result;
}

function applyKeepingNulls(target: unknown, patch: unknown): unknown {
  if (!isPlainObject(patch) || !isPlainObject(target)) return patch;
  const result = { ...target };
  for (const [key, value] of Object.entries(patch)) setMember(result, key, applyKeepingNulls(memberOf(result, key), value));
  return result;
}
