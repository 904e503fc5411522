import { objectMetaSchema } from './definitions.ts';
import type { JSONSchemaProps, JsonValue } from './generated/types.ts';
import type { Schema, SchemaKind } from './schema.ts';

/** The schema of a custom resource's objects, from its version's openAPIV3Schema: apiVersion, kind and metadata are the server's own. */
export function crdSchema(props: JSONSchemaProps | undefined): Schema {
  if (!props) return { kind: 'object', goType: 'object', fields: new Map(typeMeta()), preserveUnknownFields: true };
  const schema = schemaFromProps(props);
  const fields = new Map([...(schema.fields ?? []), ...typeMeta()]);
  return { ...schema, kind: 'object', fields: new Map([...fields].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

const STRING: Schema = { kind: 'string', goType: 'string' };
const typeMeta = (): [string, Schema][] => [
  ['apiVersion', STRING],
  ['kind', STRING],
  ['metadata', objectMetaSchema()],
];

const cache = new WeakMap<JSONSchemaProps, Schema>();

export function schemaFromProps(props: JSONSchemaProps): Schema {
  const known = cache.get(props);
  if (known) return known;
  const made = build(props);
  cache.set(props, made);
  return made;
}

function build(props: JSONSchemaProps): Schema {
  const kind = kindOf(props);
  const enumeration = props.enum?.filter((value): value is string => typeof value === 'string');
  return {
    kind,
    goType: props.type ?? 'object',
    validation: props,
    ...(props.properties ? { fields: members(props.properties) } : {}),
    ...(props.required ? { required: props.required } : {}),
    ...itemsOf(props),
    ...(enumeration && enumeration.length > 0 ? { enum: enumeration } : {}),
    ...(props.default === undefined ? {} : { default: props.default }),
    ...(props.nullable ? { nullable: true } : {}),
    ...listMarks(props),
    ...(props['x-kubernetes-map-type'] === 'atomic' ? { atomic: true } : {}),
    ...(props['x-kubernetes-preserve-unknown-fields'] ? { preserveUnknownFields: true } : {}),
    ...(props['x-kubernetes-embedded-resource'] ? { embeddedResource: true } : {}),
    ...(props.description ? { description: props.description } : {}),
  };
}

function kindOf(props: JSONSchemaProps): SchemaKind {
  if (props['x-kubernetes-int-or-string']) return 'int-or-string';
  switch (props.type) {
    case 'object':
      return props.properties || !additionalSchema(props) ? 'object' : 'map';
    case 'array':
      return 'list';
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return props.type;
    default:
      return 'any';
  }
}

const members = (properties: Readonly<Record<string, JSONSchemaProps>>): Map<string, Schema> =>
  new Map(
    Object.keys(properties)
      .sort()
      .flatMap((name): [string, Schema][] => {
        const props = properties[name];
        return props ? [[name, schemaFromProps(props)]] : [];
      }),
  );

function itemsOf(props: JSONSchemaProps): { items?: Schema } {
  const inner = props.type === 'array' ? asProps(props.items) : additionalSchema(props);
  return inner ? { items: schemaFromProps(inner) } : {};
}

/** `true` admits anything. */
const ANYTHING: JSONSchemaProps = { 'x-kubernetes-preserve-unknown-fields': true };
const additionalSchema = (props: JSONSchemaProps): JSONSchemaProps | undefined =>
  props.additionalProperties === true ? ANYTHING : asProps(props.additionalProperties);

const asProps = (value: JsonValue | undefined): JSONSchemaProps | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JSONSchemaProps) : undefined;

function listMarks(props: JSONSchemaProps): Partial<Schema> {
  const type = props['x-kubernetes-list-type'];
  const keys = props['x-kubernetes-list-map-keys'];
  return {
    ...(type === 'atomic' || type === 'set' || type === 'map' ? { listType: type } : {}),
    ...(keys ? { listMapKeys: keys } : {}),
  };
}
