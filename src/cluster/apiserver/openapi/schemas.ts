import { schemaData } from '../../../api/schema/data.ts';

interface FieldFact {
  readonly type: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly patchStrategy?: string;
  readonly mergeKey?: string;
  readonly listType?: string;
  readonly listMapKeys?: readonly string[];
  readonly mapType?: string;
}

interface DefinitionFact {
  readonly gvk?: readonly (readonly [string, string, string])[];
  readonly required?: readonly string[];
  readonly fields?: Readonly<Record<string, string | FieldFact>>;
  readonly type?: string;
}

export type SchemaObject = Record<string, unknown>;

const facts = () => schemaData<{ definitions: Readonly<Record<string, DefinitionFact>> }>('fields').definitions;
const descriptions = () => schemaData<Readonly<Record<string, Readonly<Record<string, string>>>>>('descriptions');

/** Every definition that `roots` lead to, as OpenAPI v3 components or v2 definitions (`prefix` is where references point). */
export function schemasFrom(roots: readonly string[], prefix: string): Record<string, SchemaObject> {
  const found: Record<string, SchemaObject> = {};
  const open = [...roots];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const fact = facts()[id];
    if (!fact || found[id]) continue;
    found[id] = definition(id, fact, prefix, (other) => open.push(other));
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const allDefinitions = (): string[] => Object.keys(facts());

/** The definitions that belong to a group and version. */
export const definitionsOf = (group: string, version: string): string[] =>
  Object.entries(facts()).flatMap(([id, { gvk }]) => (gvk?.some(([g, v]) => g === group && v === version) ? [id] : []));

function definition(id: string, fact: DefinitionFact, prefix: string, need: (id: string) => void): SchemaObject {
  const texts = descriptions()[id] ?? {};
  const description = texts[''] ? { description: texts[''] } : {};
  if (fact.type === 'string:int-or-string') return { ...description, format: 'int-or-string', type: 'string' };
  if (!fact.fields)
    return { ...description, type: fact.type?.split(':')[0] ?? 'object', ...(fact.type?.includes(':') ? { format: fact.type.split(':')[1] } : {}) };
  const properties = Object.fromEntries(
    Object.entries(fact.fields).map(([name, field]) => [
      name,
      { ...(texts[name] ? { description: texts[name] } : {}), ...property(field, prefix, need) },
    ]),
  );
  return {
    ...description,
    type: 'object',
    ...(fact.required ? { required: fact.required } : {}),
    properties,
    ...(fact.gvk ? { 'x-kubernetes-group-version-kind': fact.gvk.map(([group, version, kind]) => ({ group, version, kind })) } : {}),
  };
}

function property(field: string | FieldFact, prefix: string, need: (id: string) => void): SchemaObject {
  if (typeof field === 'string') return typeSchema(field, prefix, need);
  const type = typeSchema(field.type, prefix, need);
  return {
    ...(type.$ref && prefix.includes('components') ? { allOf: [type] } : type),
    ...(field.enum ? { enum: field.enum } : {}),
    ...(field.default === undefined ? {} : { default: field.default }),
    ...(field.patchStrategy ? { 'x-kubernetes-patch-strategy': field.patchStrategy } : {}),
    ...(field.mergeKey ? { 'x-kubernetes-patch-merge-key': field.mergeKey } : {}),
    ...(field.listType ? { 'x-kubernetes-list-type': field.listType } : {}),
    ...(field.listMapKeys ? { 'x-kubernetes-list-map-keys': field.listMapKeys } : {}),
    ...(field.mapType ? { 'x-kubernetes-map-type': field.mapType } : {}),
  };
}

function typeSchema(type: string, prefix: string, need: (id: string) => void): SchemaObject {
  const inner = () => typeSchema(type.slice(1, -1), prefix, need);
  if (type.startsWith('[')) return { type: 'array', items: inner() };
  if (type.startsWith('{')) return { type: 'object', additionalProperties: inner() };
  if (facts()[type]) {
    need(type);
    return { $ref: `${prefix}${type}` };
  }
  const [name = 'object', format] = type.split(':');
  return { type: name, ...(format ? { format } : {}) };
}
