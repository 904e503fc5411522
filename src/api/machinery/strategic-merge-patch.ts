import { deepEqual } from './deep-equal.ts';
import { formatGoValue } from './go-format.ts';
import { copyValue, isPlainObject, memberOf, type PlainObject, setMember } from './json.ts';
import { PatchError } from './patch-error.ts';
import { DELETE_FROM, DIRECTIVE, fieldRules, goTypeOf, isDirectiveKey, type PatchSchema, RETAIN_KEYS, SET_ORDER, sameType } from './patch-schema.ts';
import { mergeLists, orderLists } from './strategic-lists.ts';

/** Whether a patch is applied to an object, or two patches are merged into one (where directives and nulls survive). */
export type MergeMode = 'apply' | 'combine';

/** Applies a strategic merge patch: lists merge by their merge key, `$patch`, `$retainKeys` and the list directives are obeyed. */
export function applyStrategicMergePatch(original: PlainObject, patch: PlainObject, schema: PatchSchema | undefined): PlainObject {
  return mergeMaps(copyValue(original), copyValue(patch), schema, 'apply');
}

export const combineStrategicPatches = (first: PlainObject, second: PlainObject, schema: PatchSchema | undefined): PlainObject =>
  mergeMaps(copyValue(first), copyValue(second), schema, 'combine');

/** Changes `original` and `patch`, which must be copies. */
export function mergeMaps(original: PlainObject, patch: PlainObject, schema: PatchSchema | undefined, mode: MergeMode): PlainObject {
  if (Object.hasOwn(patch, DIRECTIVE)) return obeyDirective(patch);
  retainKeys(original, patch, mode);
  for (const key of Object.keys(patch).filter((k) => k.startsWith(SET_ORDER))) mergeOrderedList(original, patch, key, schema, mode);
  for (const [key, value] of Object.entries(patch)) mergeField(original, key, value, schema, mode);
  return original;
}

function obeyDirective(patch: PlainObject): PlainObject {
  const { [DIRECTIVE]: directive, ...rest } = patch;
  if (directive === 'replace') return rest;
  if (directive === 'delete') return {};
  throw new PatchError(`unknown patch type: ${formatGoValue(directive)} in map: ${formatGoValue(patch)}`);
}

function retainKeys(original: PlainObject, patch: PlainObject, mode: MergeMode): void {
  const list = patch[RETAIN_KEYS];
  if (list === undefined) return;
  delete patch[RETAIN_KEYS];
  if (mode === 'combine') {
    const before = original[RETAIN_KEYS];
    if (before !== undefined && !deepEqual(before, list)) {
      throw new PatchError(
        `${formatGoValue(before)} and ${formatGoValue(list)} are not deep equal: this may happen when calculating the 3-way diff patch`,
      );
    }
    original[RETAIN_KEYS] = list;
    return;
  }
  if (!Array.isArray(list)) throw new PatchError('invalid patch format of retainKeys');
  const retained = new Set(list);
  const stray = Object.keys(patch).some((key) => patch[key] !== null && !isDirectiveKey(key) && !retained.has(key));
  if (stray) throw new PatchError('invalid patch format of retainKeys');
  for (const key of Object.keys(original)) if (!retained.has(key)) delete original[key];
}

/** A list that comes with `$setElementOrder/…` is merged and put in that order in one go. */
function mergeOrderedList(original: PlainObject, patch: PlainObject, key: string, schema: PatchSchema | undefined, mode: MergeMode): void {
  const order = patch[key];
  if (mode === 'combine') {
    if (original[key] !== undefined && !deepEqual(original[key], order)) throw new PatchError('invalid patch format of setElementOrder list');
    original[key] = order;
  }
  delete patch[key];
  const field = key.slice(SET_ORDER.length);
  const rules = fieldRules(schema, field);
  const [before, change] = [listOrNothing(memberOf(original, field)), listOrNothing(memberOf(patch, field))];
  if (!Array.isArray(order)) throw new PatchError(`expected a []interface {}, but received a ${goTypeOf(order)}`);
  if (!before && !change) return;
  const merged = before && change ? mergeSlices(before, change, schema, field, false, mode) : (before ?? (removeDirectives(change) as unknown[]));
  original[field] = orderLists(merged, order, before ?? [], rules.mergeKey);
  delete patch[field];
}

function listOrNothing(value: unknown): unknown[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw new PatchError(`expected a []interface {}, but received a ${goTypeOf(value)}`);
  return value;
}

function mergeField(original: PlainObject, patchKey: string, value: unknown, schema: PatchSchema | undefined, mode: MergeMode): void {
  const deletesFromList = patchKey.startsWith(DELETE_FROM);
  if (deletesFromList && mode === 'combine') {
    original[patchKey] = value;
    return;
  }
  const key = deletesFromList ? patchKey.slice(DELETE_FROM.length) : patchKey;
  if (value === null) {
    if (mode === 'apply') {
      delete original[key];
      return;
    }
    delete original[key];
  }
  const before = memberOf(original, key);
  if (before === undefined || !sameType(before, value)) {
    if (!deletesFromList) setWhole(original, key, value, mode);
  } else if (isPlainObject(before) && isPlainObject(value)) {
    const rules = fieldRules(schema, key);
    setMember(original, key, rules.strategy === 'replace' ? value : mergeMaps(before, value, rules.schema, mode));
  } else if (Array.isArray(before) && Array.isArray(value)) {
    setMember(original, key, mergeSlices(before, value, schema, key, deletesFromList, mode));
  } else {
    setMember(original, key, value);
  }
}

function setWhole(original: PlainObject, key: string, value: unknown, mode: MergeMode): void {
  const cleaned = removeDirectives(mode === 'apply' ? withoutNulls(value) : value);
  if (cleaned === undefined) delete original[key];
  else setMember(original, key, cleaned);
}

function mergeSlices(
  before: unknown[],
  change: unknown[],
  schema: PatchSchema | undefined,
  key: string,
  deletes: boolean,
  mode: MergeMode,
): unknown[] {
  const rules = fieldRules(schema, key);
  if (rules.strategy !== 'merge' && !deletes) return change;
  return mergeLists(before, change, { mergeKey: rules.mergeKey, items: rules.schema?.items, name: schema?.structName ?? '', deletes, mode });
}

/** Drops whatever is marked by `$patch`; undefined where nothing is left. */
function removeDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(removeDirectives).filter((item) => item !== undefined);
  if (!isPlainObject(value)) return value;
  if (Object.hasOwn(value, DIRECTIVE)) return undefined;
  const entries = Object.entries(value).map(([key, member]) => [key, removeDirectives(member)] as const);
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  );
}
