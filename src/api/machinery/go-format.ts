import { byCodePoint, isPlainObject } from './json.ts';
import { formatGoFloat } from './yaml-order.ts';

/** A plain value as Go's fmt prints it with %v: `map[a:1 b:[x y]]`, `<nil>`. */
export function formatGoValue(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(formatGoValue).join(' ')}]`;
  if (isPlainObject(value)) {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    return `map[${keys
      .sort(byCodePoint)
      .map((key) => `${key}:${formatGoValue(value[key])}`)
      .join(' ')}]`;
  }
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value).toString() : formatGoFloat(value, 21);
  return String(value);
}
