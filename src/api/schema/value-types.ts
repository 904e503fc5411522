import { isPlainObject } from '../machinery/json.ts';

/** A JSON value's type in OpenAPI's terms. */
export function typeOfValue(value: unknown): 'null' | 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isPlainObject(value)) return 'object';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'boolean' ? 'boolean' : 'string';
}
