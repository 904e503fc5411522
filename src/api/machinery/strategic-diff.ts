import { deepEqual } from './deep-equal.ts';
import { formatGoValue } from './go-format.ts';
import { byCodePoint, isPlainObject, memberOf, type PlainObject, setMember } from './json.ts';
import { DELETE_FROM, fieldRules, isMapList, mergeKeyOf, type PatchSchema, RETAIN_KEYS, SET_ORDER, sameType, sortByOrder } from './patch-schema.ts';
import { combineStrategicPatches } from './strategic-merge-patch.ts';

interface DiffOptions {
  readonly ignoreDeletions?: boolean;
  readonly ignoreChanges?: boolean;
  readonly setOrder?: boolean;
}

/** The strategic merge patch that makes `modified` of `original`. */
export const createTwoWayMergePatch = (original: PlainObject, modified: PlainObject, schema: PatchSchema | undefined): PlainObject =>
  diffMaps(original, modified, schema, { setOrder: true });

/** What kubectl apply sends: additions and changes against `current`, deletions against what was applied last (`original`). */
export function createThreeWayMergePatch(
  original: PlainObject,
  modified: PlainObject,
  current: PlainObject,
  schema: PatchSchema | undefined,
): PlainObject {
  const changes = diffMaps(current, modified, schema, { ignoreDeletions: true, setOrder: true });
  const deletions = diffMaps(original, modified, schema, { ignoreChanges: true, setOrder: true });
  return combineStrategicPatches(deletions, changes, schema);
}

function diffMaps(
  original: PlainObject,
  modified: PlainObject,
  schema: PatchSchema | undefined,
  options: DiffOptions,
  buildRetainKeys = false,
): PlainObject {
  const patch: PlainObject = {};
  const keys = Object.keys(modified).filter((key) => modified[key] !== undefined);
  for (const key of keys) diffField(key, memberOf(original, key), modified[key], patch, schema, options);
  if (!options.ignoreDeletions) {
    for (const key of Object.keys(original)) {
      if (original[key] !== undefined && memberOf(modified, key) === undefined) setMember(patch, key, null);
    }
  }
  if (buildRetainKeys && keys.length > 0 && (Object.keys(patch).length > 0 || keys.some((key) => memberOf(original, key) === undefined))) {
    patch[RETAIN_KEYS] = keys.filter((key) => modified[key] !== null).sort(byCodePoint);
  }
  return patch;
}

function diffField(key: string, before: unknown, after: unknown, patch: PlainObject, schema: PatchSchema | undefined, options: DiffOptions): void {
  const mayChange = !options.ignoreChanges;
  if (before === undefined || !sameType(before, after)) {
    if (mayChange) setMember(patch, key, after);
  } else if (isPlainObject(before) && isPlainObject(after)) {
    const rules = fieldRules(schema, key);
    if (rules.strategy === 'replace') {
      if (mayChange) setMember(patch, key, after);
      return;
    }
    const inner = diffMaps(before, after, rules.schema, options, rules.retainKeys);
    if (Object.keys(inner).length > 0) setMember(patch, key, inner);
  } else if (Array.isArray(before) && Array.isArray(after)) {
    diffListField(key, before, after, patch, schema, options);
  } else if (mayChange && !deepEqual(before, after)) {
    setMember(patch, key, after);
  }
}

function diffListField(
  key: string,
  before: unknown[],
  after: unknown[],
  patch: PlainObject,
  schema: PatchSchema | undefined,
  options: DiffOptions,
): void {
  const rules = fieldRules(schema, key);
  if (rules.strategy !== 'merge') {
    if (!options.ignoreChanges && !deepEqual(before, after)) setMember(patch, key, after);
    return;
  }
  const { additions, deletions, order } = diffLists(before, after, rules.schema?.items, rules.mergeKey, rules.retainKeys, options);
  if (additions.length > 0) setMember(patch, key, additions);
  if (deletions.length > 0) patch[DELETE_FROM + key] = deletions;
  if (order.length > 0) patch[SET_ORDER + key] = order;
}

interface ListDiff {
  readonly additions: unknown[];
  readonly deletions: unknown[];
  readonly order: unknown[];
}

function diffLists(
  before: unknown[],
  after: unknown[],
  items: PatchSchema | undefined,
  mergeKey: string,
  retainKeys: boolean,
  options: DiffOptions,
): ListDiff {
  if (before.length === 0) return { additions: options.ignoreChanges ? [] : after, deletions: [], order: [] };
  if (!isMapList(before, after)) return diffScalars(before, after, options);
  const changed = sortByOrder(diffItems(before, after, items, mergeKey, retainKeys, options), after, mergeKey);
  const sameOrder = before.length === after.length && before.every((item, i) => mergeKeyOf(item, mergeKey) === mergeKeyOf(after[i], mergeKey));
  const ordered =
    options.setOrder && ((!options.ignoreChanges && (changed.length > 0 || !sameOrder)) || (!options.ignoreDeletions && changed.length > 0));
  return { additions: changed, deletions: [], order: ordered ? after.map((item) => ({ [mergeKey]: mergeKeyOf(item, mergeKey) })) : [] };
}

function diffItems(
  before: unknown[],
  after: unknown[],
  items: PatchSchema | undefined,
  mergeKey: string,
  retainKeys: boolean,
  options: DiffOptions,
): unknown[] {
  const keyed = (list: unknown[]) => new Map(list.map((item) => [formatGoValue(mergeKeyOf(item, mergeKey)), item]));
  const [old, now] = [keyed(before), keyed(after)];
  const result: unknown[] = [];
  const removals: unknown[] = [];
  for (const key of [...new Set([...old.keys(), ...now.keys()])].sort(byCodePoint)) {
    const [was, is] = [old.get(key), now.get(key)];
    if (isPlainObject(was) && isPlainObject(is)) {
      const patch = diffMaps(was, is, items, options, retainKeys);
      if (Object.keys(patch).length > 0) result.push({ ...patch, [mergeKey]: is[mergeKey] });
    } else if (is !== undefined) {
      if (!options.ignoreChanges) result.push(is);
    } else if (!options.ignoreDeletions && isPlainObject(was)) {
      removals.push({ [mergeKey]: was[mergeKey], $patch: 'delete' });
    }
  }
  return [...result, ...removals];
}

function diffScalars(before: unknown[], after: unknown[], options: DiffOptions): ListDiff {
  const added = after.filter((item) => !before.includes(item));
  const removed = [...new Set(before.filter((item) => !after.includes(item)))];
  const additions = options.ignoreChanges ? [] : added;
  const deletions = options.ignoreDeletions ? [] : removed.sort((a, b) => byCodePoint(formatGoValue(a), formatGoValue(b)));
  const ordered = options.setOrder && ((!options.ignoreDeletions && deletions.length > 0) || (!options.ignoreChanges && !deepEqual(before, after)));
  return { additions, deletions, order: ordered ? after : [] };
}
