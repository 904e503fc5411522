import { byCodePoint } from '../../../api/machinery/json.ts';
import { compareQuantities, isQuantity } from '../../../api/machinery/quantity.ts';
import { UsageError } from '../errors.ts';
import { findValues } from './expressions.ts';
import { relaxedPath } from './relaxed-path.ts';

/** Sorts things by a field of their objects: absent first, then as numbers, quantities, times or text. */
export function sortByField<T>(things: readonly T[], field: string, objectOf: (thing: T) => unknown): T[] {
  const path = safePath(field);
  const keyed = things.map((thing) => ({ thing, value: findValues(path, objectOf(thing))[0] }));
  if (things.length > 0 && keyed.every(({ value }) => value === undefined)) {
    throw new UsageError(`couldn't find any field with path ${JSON.stringify(path)} in the list of objects`);
  }
  return keyed.sort((a, b) => compareValues(a.value, b.value)).map(({ thing }) => thing);
}

function safePath(field: string): string {
  try {
    return relaxedPath(field);
  } catch {
    return field;
  }
}

function compareValues(a: unknown, b: unknown): number {
  if (a === undefined || a === null || b === undefined || b === null)
    return Number(a !== undefined && a !== null) - Number(b !== undefined && b !== null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string' && isQuantity(a) && isQuantity(b)) return compareQuantities(a, b);
  return naturalOrder(String(a), String(b));
}

/** Digits inside text compare as numbers, as the sorter of kubectl does. */
function naturalOrder(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x = '', y = ''] = [left[i], right[i]];
    const both = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) || byCodePoint(x, y) : byCodePoint(x, y);
    if (both !== 0) return both;
  }
  return left.length - right.length;
}
