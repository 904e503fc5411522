import { schemaData } from './data.ts';
import type { Schema, SchemaKind } from './schema.ts';

interface FieldFact {
  readonly type: string;
  readonly enum?: readonly string[];
  readonly listType?: 'atomic' | 'set' | 'map';
  readonly listMapKeys?: readonly string[];
  readonly mapType?: 'atomic' | 'granular';
  readonly patchStrategy?: string;
  readonly mergeKey?: string;
}

interface DefinitionFact {
  readonly gvk?: readonly (readonly [string, string, string])[];
  readonly required?: readonly string[];
  readonly fields?: Readonly<Record<string, string | FieldFact>>;
  readonly type?: string;
  readonly mapType?: 'atomic' | 'granular';
}

interface GoFact {
  readonly omit?: readonly string[];
  readonly always?: readonly string[];
  readonly named?: Readonly<Record<string, string>>;
}

type Facts = { readonly kubernetes: string; readonly definitions: Readonly<Record<string, DefinitionFact>> };

const facts = (): Readonly<Record<string, DefinitionFact>> => schemaData<Facts>('fields').definitions;
const goFact = (id: string): GoFact => schemaData<Record<string, GoFact>>('goFields')[id] ?? {};

const SPECIAL: ReadonlyMap<string, { kind: SchemaKind; goType: string }> = new Map([
  ['io.k8s.apimachinery.pkg.api.resource.Quantity', { kind: 'quantity', goType: 'resource.Quantity' }],
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', { kind: 'int-or-string', goType: 'intstr.IntOrString' }],
  ['io.k8s.apimachinery.pkg.apis.meta.v1.Time', { kind: 'time', goType: 'v1.Time' }],
  ['io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime', { kind: 'micro-time', goType: 'v1.MicroTime' }],
]);

const definitions = new Map<string, Schema>();
const fieldMaps = new Map<string, ReadonlyMap<string, Schema>>();

/** A definition by its OpenAPI name (`io.k8s.api.core.v1.Pod`). */
export function definitionSchema(id: string): Schema | undefined {
  const fact = facts()[id];
  if (!fact) return undefined;
  const known = definitions.get(id);
  if (known) return known;
  const made = structure(id, fact);
  definitions.set(id, made);
  return made;
}

let byGvk: Map<string, string> | undefined;

/** The definition of a built-in kind. */
export function kindSchema(group: string, version: string, kind: string): Schema | undefined {
  byGvk ??= new Map(
    Object.entries(facts()).flatMap(([id, { gvk }]) => (gvk?.length === 1 ? gvk.map(([g, v, k]): [string, string] => [`${g}/${v}/${k}`, id]) : [])),
  );
  const id = byGvk.get(`${group}/${version}/${kind}`);
  return id === undefined ? undefined : definitionSchema(id);
}

/** ObjectMeta, which CRDs' schemas leave out. */
export const objectMetaSchema = (): Schema => definitionSchema('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta') ?? { kind: 'any', goType: '' };

function structure(id: string, fact: DefinitionFact): Schema {
  const special = SPECIAL.get(id);
  if (special) return special;
  const [version = '', base = ''] = id.split('.').slice(-2);
  const goType = `${version}.${base}`;
  if (!fact.fields) return { kind: 'any', goType, definition: id, preserveUnknownFields: true };
  const go = goFact(id);
  let fields: ReadonlyMap<string, Schema> | undefined;
  return {
    kind: 'object',
    definition: id,
    structName: base,
    goType,
    required: fact.required ?? [],
    omittedWhenZero: new Set(go.omit),
    alwaysPresent: new Set(go.always),
    ...(fact.mapType === 'atomic' ? { atomic: true } : {}),
    get fields() {
      fields ??= fieldsOf(id, fact, go);
      return fields;
    },
  };
}

function fieldsOf(id: string, fact: DefinitionFact, go: GoFact): ReadonlyMap<string, Schema> {
  const known = fieldMaps.get(id);
  if (known) return known;
  const made = new Map(Object.entries(fact.fields ?? {}).map(([name, field]) => [name, fieldSchema(field, go.named?.[name])]));
  fieldMaps.set(id, made);
  return made;
}

function fieldSchema(field: string | FieldFact, goType: string | undefined): Schema {
  if (typeof field === 'string') return typeSchema(field, goType);
  const base = typeSchema(field.type, goType);
  const marks: Schema = {
    kind: base.kind,
    goType: base.goType,
    ...(field.enum ? { enum: field.enum } : {}),
    ...(field.listType ? { listType: field.listType } : {}),
    ...(field.listMapKeys ? { listMapKeys: field.listMapKeys } : {}),
    ...(field.mapType === 'atomic' ? { atomic: true } : {}),
    ...(field.patchStrategy ? { patchStrategies: field.patchStrategy.split(',') } : {}),
    ...(field.mergeKey ? { patchMergeKey: field.mergeKey } : {}),
  };
  return withMarks(base, marks);
}

/** Keeps `fields` lazy: copying it eagerly would never end in recursive definitions. */
function withMarks(base: Schema, marks: Schema): Schema {
  const lazy = Object.getOwnPropertyDescriptors(base);
  return Object.defineProperties({}, { ...lazy, ...Object.getOwnPropertyDescriptors(marks) }) as Schema;
}

function typeSchema(type: string, named?: string): Schema {
  if (type.startsWith('[')) {
    const items = typeSchema(type.slice(1, -1));
    return { kind: 'list', items, goType: named ?? `[]${items.goType}` };
  }
  if (type.startsWith('{')) {
    const items = typeSchema(type.slice(1, -1));
    return { kind: 'map', items, goType: named ?? `map[string]${items.goType}` };
  }
  const definition = definitionSchema(type);
  if (definition) return definition;
  return scalarSchema(type, named);
}

function scalarSchema(type: string, named: string | undefined): Schema {
  const [base = '', format = ''] = type.split(':');
  if (format === 'byte') return { kind: 'bytes', goType: '[]uint8' };
  if (format === 'int-or-string') return { kind: 'int-or-string', goType: 'intstr.IntOrString' };
  if (base === 'integer') return { kind: 'integer', goType: named ?? (format || 'int64') };
  if (base === 'number') return { kind: 'number', goType: named ?? 'float64' };
  if (base === 'boolean') return { kind: 'boolean', goType: named ?? 'bool' };
  if (base === 'string') return { kind: 'string', goType: named ?? 'string' };
  return { kind: 'any', goType: 'interface {}', preserveUnknownFields: true };
}
