import { formatGoValue } from './go-format.ts';
import { isPlainObject } from './json.ts';
import { PatchError } from './patch-error.ts';
import { DIRECTIVE, identity, indexOfItem, isMapList, mergeKeyOf, type PatchSchema, sortByOrder } from './patch-schema.ts';
import { type MergeMode, mergeMaps } from './strategic-merge-patch.ts';

interface ListRules {
  readonly mergeKey: string;
  readonly items: PatchSchema | undefined;
  readonly name: string;
  /** The patch lists scalars to take out. */
  readonly deletes: boolean;
  readonly mode: MergeMode;
}

export function mergeLists(before: unknown[], change: unknown[], rules: ListRules): unknown[] {
  if (before.length === 0 && change.length === 0) return before;
  if (!isMapList(before, change)) {
    if (rules.deletes && rules.mode === 'apply') return before.filter((item) => !change.includes(item));
    return orderLists([...new Set([...before, ...change])], change, before, '');
  }
  if (rules.mergeKey === '') throw new PatchError(`cannot merge lists without merge key for ${rules.name}`);
  const { kept, additions } = obeyItemDirectives(before, change, rules.mergeKey);
  return orderLists(mergeItems(kept, additions, rules), additions, kept, rules.mergeKey);
}

/** `$patch: delete` takes an item out, `$patch: replace` makes the patch's other items the whole list. */
function obeyItemDirectives(before: readonly unknown[], change: readonly unknown[], mergeKey: string): { kept: unknown[]; additions: unknown[] } {
  let kept = [...before];
  let replace = false;
  const additions: unknown[] = [];
  for (const item of change) {
    const directive = isPlainObject(item) ? item[DIRECTIVE] : undefined;
    if (directive === undefined) additions.push(item);
    else if (directive === 'delete') {
      const gone = mergeKeyOf(item, mergeKey);
      kept = kept.filter((other) => identity(other, mergeKey) !== gone);
    } else if (directive === 'replace') replace = true;
    else if (directive === 'merge') throw new PatchError('merging lists cannot yet be specified in the patch');
    else throw new PatchError(`unknown patch type: ${formatGoValue(directive)} in map: ${formatGoValue(item)}`);
  }
  return replace ? { kept: additions, additions: [] } : { kept, additions };
}

function mergeItems(before: readonly unknown[], change: readonly unknown[], { mergeKey, items, mode }: ListRules): unknown[] {
  const merged = [...before];
  for (const item of change) {
    const key = mergeKeyOf(item, mergeKey);
    const at = merged.findIndex((other) => identity(other, mergeKey) === key);
    const other = merged[at];
    if (isPlainObject(other) && isPlainObject(item)) merged[at] = mergeMaps(other, item, items, mode);
    else merged.push(item);
  }
  return merged;
}

/** Items that `order` names stand in its order, the server's others keep their place among them as far as they had one. */
export function orderLists(merged: readonly unknown[], order: readonly unknown[], serverOrder: readonly unknown[], mergeKey: string): unknown[] {
  if (mergeKey !== '') for (const item of [...merged, ...order]) mergeKeyOf(item, mergeKey);
  const named = merged.filter((item) => indexOfItem(order, item, mergeKey) >= 0);
  const others = merged.filter((item) => indexOfItem(order, item, mergeKey) < 0);
  return interleave(sortByOrder(others, serverOrder, mergeKey), sortByOrder(named, order, mergeKey), serverOrder, mergeKey);
}

function interleave(left: readonly unknown[], right: readonly unknown[], serverOrder: readonly unknown[], mergeKey: string): unknown[] {
  const result: unknown[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [a, b] = [indexOfItem(serverOrder, left[i], mergeKey), indexOfItem(serverOrder, right[j], mergeKey)];
    const takeLeft = j >= right.length || (i < left.length && a >= 0 && b >= 0 && a < b);
    result.push(takeLeft ? left[i++] : right[j++]);
  }
  return result;
}
