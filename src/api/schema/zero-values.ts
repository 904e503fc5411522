import type { PlainObject } from '../machinery/json.ts';
import { isPlainObject } from '../machinery/json.ts';
import type { Schema } from './schema.ts';

/** What a Go value of this type is before anything is put into it; undefined where it would print as null. */
export function zeroOf(schema: Schema): unknown {
  switch (schema.kind) {
    case 'object':
      return withGoZeroes(schema, {});
    case 'string':
      return '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'quantity':
      return '0';
    default:
      return undefined;
  }
}

/** Leaves the fields as Go's encoder would write them: empty ones tagged omitempty go, plain structures and untagged scalars come. */
export function withGoZeroes(schema: Schema, object: PlainObject): PlainObject {
  const omit = schema.omittedWhenZero;
  if (omit) for (const name of Object.keys(object)) if (omit.has(name) && isZero(object[name])) delete object[name];
  for (const name of schema.alwaysPresent ?? []) {
    const field = schema.fields?.get(name);
    if (object[name] === undefined && field) {
      const zero = zeroOf(field);
      if (zero !== undefined) object[name] = zero;
    }
  }
  return object;
}

const isZero = (value: unknown): boolean =>
  value === '' ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (isPlainObject(value) && Object.keys(value).length === 0);
