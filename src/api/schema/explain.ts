import { schemaData } from './data.ts';
import type { Schema } from './schema.ts';

type Descriptions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The text of a definition itself; `''` where it has none. */
export const describeDefinition = (id: string): string => schemaData<Descriptions>('descriptions')[id]?.[''] ?? '';

/** The text of a definition's field, without that of the field's type; `''` where it has none. */
export const describeField = (id: string, field: string): string => schemaData<Descriptions>('descriptions')[id]?.[field] ?? '';

/** A schema's own text, built-in or from a CRD. */
export const describeSchema = (schema: Schema): string => schema.description ?? (schema.definition ? describeDefinition(schema.definition) : '');

/** The paragraphs that `kubectl explain` prints of a field: its own text, then its type's. */
export function describeMember(owner: Schema, field: string): string[] {
  const member = owner.fields?.get(field);
  const own = member?.description ?? (owner.definition ? describeField(owner.definition, field) : '');
  const target = member?.items ?? member;
  const type = target?.definition ? describeDefinition(target.definition) : '';
  return [own, type].filter(Boolean);
}
