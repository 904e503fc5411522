import { isPlainObject } from '../machinery/json.ts';
import type { Schema } from './schema.ts';

/** Fills in the defaults that a schema declares; null counts as absent where the field may not be null. Builds anew only what changes. */
export function applyDefaults<T>(schema: Schema, value: T): T {
  return fill(schema, value) as T;
}

function fill(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) return schema.items ? mapped(value, schema.items) : value;
  if (!isPlainObject(value)) return value;
  let result = value;
  const put = (key: string, member: unknown) => {
    if (result[key] === member) return;
    if (result === value) result = { ...value };
    result[key] = member;
  };
  for (const [key, field] of schema.fields ?? []) {
    const member = value[key];
    const absent = member === undefined || (member === null && !field.nullable && field.default !== undefined);
    if (absent && field.default !== undefined) put(key, fill(field, structuredClone(field.default)));
    else if (member !== undefined) put(key, fill(field, member));
  }
  if (schema.items) for (const key of Object.keys(value)) if (!schema.fields?.has(key)) put(key, fill(schema.items, value[key]));
  return result;
}

function mapped(list: readonly unknown[], items: Schema): readonly unknown[] {
  const filled = list.map((item) => fill(items, item));
  return filled.every((item, i) => item === list[i]) ? list : filled;
}
