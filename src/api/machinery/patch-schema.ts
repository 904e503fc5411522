import { formatGoValue } from './go-format.ts';
import { isPlainObject } from './json.ts';
import { PatchError } from './patch-error.ts';

/** What a strategic merge patch must know of a value; api/schema's Schema has all of it. */
export interface PatchSchema {
  readonly structName?: string;
  readonly fields?: ReadonlyMap<string, PatchSchema>;
  readonly items?: PatchSchema;
  readonly patchStrategies?: readonly string[];
  readonly patchMergeKey?: string;
}

export const DIRECTIVE = '$patch';
export const RETAIN_KEYS = '$retainKeys';
export const DELETE_FROM = '$deleteFromPrimitiveList/';
export const SET_ORDER = '$setElementOrder/';

export interface FieldRules {
  readonly schema: PatchSchema | undefined;
  readonly strategy: 'merge' | 'replace' | undefined;
  readonly retainKeys: boolean;
  readonly mergeKey: string;
}

/** How a field of `schema` is patched; unknown fields merge as maps and replace as lists. */
export function fieldRules(schema: PatchSchema | undefined, field: string): FieldRules {
  const found = schema?.fields?.get(field) ?? schema?.items;
  const strategies = found?.patchStrategies ?? [];
  return {
    schema: found,
    strategy: strategies.includes('merge') ? 'merge' : strategies.includes('replace') ? 'replace' : undefined,
    retainKeys: strategies.includes('retainKeys'),
    mergeKey: found?.patchMergeKey ?? '',
  };
}

export const isMapList = (...lists: readonly (readonly unknown[])[]): boolean => lists.some((list) => isPlainObject(list[0]));

export function mergeKeyOf(item: unknown, mergeKey: string): unknown {
  if (!isPlainObject(item)) throw new PatchError(`expected a map[string]interface {}, but received a ${goTypeOf(item)}`);
  if (!Object.hasOwn(item, mergeKey)) throw new PatchError(`map: ${formatGoValue(item)} does not contain declared merge key: ${mergeKey}`);
  return item[mergeKey];
}

/** The name Go's reflect gives a decoded JSON value's type. */
export function goTypeOf(value: unknown): string {
  if (value === null || value === undefined) return '%!s(<nil>)';
  if (Array.isArray(value)) return '[]interface {}';
  if (isPlainObject(value)) return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

export const sameType = (a: unknown, b: unknown): boolean => goTypeOf(a) === goTypeOf(b);

/** What identifies an item: its merge key, or itself in a list of scalars. */
export const identity = (item: unknown, mergeKey: string): unknown => (mergeKey !== '' && isPlainObject(item) ? item[mergeKey] : item);

export const indexOfItem = (list: readonly unknown[], item: unknown, mergeKey: string): number =>
  list.findIndex((other) => identity(other, mergeKey) === identity(item, mergeKey));

/** Sorts by position in `order`; items marked for deletion go last. */
export function sortByOrder(items: readonly unknown[], order: readonly unknown[], mergeKey: string): unknown[] {
  const deleted = (item: unknown) => mergeKey !== '' && isPlainObject(item) && item[DIRECTIVE] === 'delete';
  const rank = new Map(order.map((item, i) => [identity(item, mergeKey), i]));
  const position = (item: unknown) => rank.get(identity(item, mergeKey)) ?? order.length;
  const kept = items.filter((item) => !deleted(item)).sort((a, b) => position(a) - position(b));
  return [...kept, ...items.filter(deleted)];
}

export const isDirectiveKey = (key: string): boolean => key.startsWith(DELETE_FROM) || key.startsWith(SET_ORDER);
