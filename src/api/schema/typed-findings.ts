import { fieldStep, formatFieldPath } from '../machinery/field-set.ts';
import { isPlainObject } from '../machinery/json.ts';
import { PatchError } from '../machinery/patch-error.ts';
import { itemStep, memberSchema } from '../machinery/typed-value.ts';
import type { Schema } from './schema.ts';

/** What server-side apply holds against a configuration: unknown fields, items of keyed lists that have no key or share one. */
export function typedFindings(schema: Schema | undefined, value: unknown, path: readonly string[] = []): string[] {
  if (!schema || schema.kind === 'any') return [];
  if (Array.isArray(value)) return listFindings(schema, value, path);
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const below = [...path, fieldStep(name)];
    const inner = memberSchema(schema, name) as Schema | undefined;
    if (inner) return typedFindings(inner, member, below);
    return isOpen(schema, name) ? [] : [`${formatFieldPath(below)}: field not declared in schema`];
  });
}

const isOpen = ({ fields, preserveUnknownFields, embeddedResource }: Schema, name: string): boolean =>
  !fields || Boolean(preserveUnknownFields) || (Boolean(embeddedResource) && ['apiVersion', 'kind', 'metadata'].includes(name));

function listFindings(schema: Schema, list: readonly unknown[], path: readonly string[]): string[] {
  const keyed = schema.listType === 'map' || schema.listType === 'set';
  if (!keyed) return list.flatMap((item, i) => typedFindings(schema.items, item, [...path, `i:${i}`]));
  const seen = new Set<string>();
  return list.flatMap((item, i) => {
    const step = stepOf(schema, item, i);
    if (step instanceof PatchError) return [`${formatFieldPath(path)}: ${step.message}`];
    if (seen.has(step)) return [`${formatFieldPath(path)}: duplicate entries for key ${formatFieldPath([step])}`];
    seen.add(step);
    return typedFindings(schema.items, item, [...path, step]);
  });
}

function stepOf(schema: Schema, item: unknown, index: number): string | PatchError {
  try {
    return itemStep(schema, item, index);
  } catch (error) {
    if (error instanceof PatchError) return error;
    throw error;
  }
}
