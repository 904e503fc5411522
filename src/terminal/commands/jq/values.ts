import { JqError, type Json } from './syntax.ts';

export type JsonObject = { readonly [key: string]: Json };

export const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
export const isObject = (value: Json): value is JsonObject => value !== null && typeof value === 'object' && !Array.isArray(value);
export const truthy = (value: Json): boolean => value !== null && value !== false;

export function typeName(value: Json): string {
  if (value === null) return 'null';
  return isArray(value) ? 'array' : typeof value;
}

/** How values appear in error messages, cut short as jq does. */
export function described(value: Json): string {
  const text = JSON.stringify(value);
  return `${typeName(value)} (${text.length > 11 ? `${text.slice(0, 10)}...` : text})`;
}

const RANK: Readonly<Record<string, number>> = { null: 0, boolean: 1, number: 3, string: 4, array: 5, object: 6 };
const sortedKeys = (value: JsonObject): string[] => Object.keys(value).sort();

export function compare(a: Json, b: Json): number {
  const [x, y] = [typeName(a), typeName(b)];
  if (x !== y) return (RANK[x] ?? 0) - (RANK[y] ?? 0);
  if (isArray(a) && isArray(b)) return compareArrays(a, b);
  if (isObject(a) && isObject(b)) {
    const keys = compareArrays(sortedKeys(a), sortedKeys(b));
    return keys !== 0
      ? keys
      : compareArrays(
          sortedKeys(a).map((key) => a[key] ?? null),
          sortedKeys(b).map((key) => b[key] ?? null),
        );
  }
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : 1;
}

function compareArrays(a: readonly Json[], b: readonly Json[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compare(a[i] ?? null, b[i] ?? null);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function operate(operator: string, a: Json, b: Json): Json {
  switch (operator) {
    case '+':
      return add(a, b);
    case '-':
      if (typeof a === 'number' && typeof b === 'number') return a - b;
      if (isArray(a) && isArray(b)) return a.filter((item) => !b.some((other) => compare(item, other) === 0));
      throw new JqError(`${described(a)} and ${described(b)} cannot be subtracted`);
    case '*':
      return multiply(a, b);
    case '/':
      if (typeof a === 'number' && typeof b === 'number') {
        if (b === 0) throw new JqError(`${described(a)} and ${described(b)} cannot be divided because the divisor is zero`);
        return a / b;
      }
      if (typeof a === 'string' && typeof b === 'string') return a === '' ? [] : a.split(b);
      throw new JqError(`${described(a)} and ${described(b)} cannot be divided`);
    case '%':
      if (typeof a !== 'number' || typeof b !== 'number') throw new JqError(`${described(a)} and ${described(b)} cannot be divided`);
      if (Math.trunc(b) === 0) throw new JqError(`${described(a)} and ${described(b)} cannot be divided because the divisor is zero`);
      return Math.trunc(a) % Math.trunc(b);
    default:
      return comparison(operator, compare(a, b));
  }
}

function comparison(operator: string, order: number): boolean {
  if (operator === '==') return order === 0;
  if (operator === '!=') return order !== 0;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

export function add(a: Json, b: Json): Json {
  if (a === null) return b;
  if (b === null) return a;
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isArray(a) && isArray(b)) return [...a, ...b];
  if (isObject(a) && isObject(b)) return { ...a, ...b };
  throw new JqError(`${described(a)} and ${described(b)} cannot be added`);
}

function multiply(a: Json, b: Json): Json {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (typeof a === 'string' && typeof b === 'number') return b <= 0 ? null : a.repeat(Math.max(1, b));
  if (isObject(a) && isObject(b)) return merge(a, b);
  throw new JqError(`${described(a)} and ${described(b)} cannot be multiplied`);
}

function merge(a: JsonObject, b: JsonObject): JsonObject {
  const out: Record<string, Json> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const old = out[key] ?? null;
    out[key] = isObject(old) && isObject(value) ? merge(old, value) : value;
  }
  return out;
}

export function indexValue(of: Json, key: Json): Json {
  if (of === null && (typeof key === 'string' || typeof key === 'number' || key === null)) return null;
  if (isObject(of) && typeof key === 'string') return Object.hasOwn(of, key) ? (of[key] ?? null) : null;
  if (isArray(of) && typeof key === 'number') return of.at(Math.floor(key)) ?? null;
  if (isObject(key) && (isArray(of) || typeof of === 'string')) return sliceValue(of, key.start ?? null, key.end ?? null);
  if (typeof key === 'string') throw new JqError(`Cannot index ${typeName(of)} with "${key}"`);
  throw new JqError(`Cannot index ${typeName(of)} with ${typeName(key)}`);
}

export function sliceValue(of: Json, from: Json, to: Json): Json {
  if (of === null) return null;
  if (typeof of !== 'string' && !isArray(of)) throw new JqError(`Cannot index ${typeName(of)} with object`);
  const start = typeof from === 'number' ? from : 0;
  return typeof to === 'number' ? of.slice(start, to) : of.slice(start);
}

export type Path = readonly Json[];

export function getPath(value: Json, path: Path): Json {
  return path.reduce<Json>((current, key) => (current === null ? null : indexValue(current, key)), value);
}

export function setPath(value: Json, path: Path, replacement: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (typeof key === 'string') {
    if (value !== null && !isObject(value)) throw new JqError(`Cannot index ${typeName(value)} with "${key}"`);
    return { ...value, [key]: setPath(value?.[key] ?? null, rest, replacement) };
  }
  if (typeof key === 'number') {
    if (value !== null && !isArray(value)) throw new JqError(`Cannot index ${typeName(value)} with number`);
    const copy = [...(value ?? [])];
    const at = key < 0 ? copy.length + key : key;
    if (at < 0) throw new JqError('Out of bounds negative array index');
    while (copy.length < at) copy.push(null);
    copy[at] = setPath(copy[at] ?? null, rest, replacement);
    return copy;
  }
  throw new JqError(`Invalid path component ${described(key)}`);
}

export function deletePath(value: Json, path: Path): Json {
  const [key, ...rest] = path;
  if (key === undefined || value === null) return null;
  if (rest.length > 0) {
    const child = indexValue(value, key);
    return child === null ? value : setPath(value, [key], deletePath(child, rest));
  }
  if (isObject(value) && typeof key === 'string') return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  if (isArray(value) && typeof key === 'number') return value.filter((_, i) => i !== (key < 0 ? value.length + key : key));
  throw new JqError(`Cannot delete field at ${typeName(value)} index of ${typeName(key)}`);
}
