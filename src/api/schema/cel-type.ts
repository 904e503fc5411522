import { BOOL, BYTES, type CelType, DOUBLE, DURATION, DYN, escapeName, INT, listOf, mapOf, objectType, STRING, TIMESTAMP } from '../cel/index.ts';
import type { JSONSchemaProps, JsonValue } from './generated/types.ts';

const cache = new WeakMap<JSONSchemaProps, CelType>();

/** What expressions know of a value with this schema; the root of a resource knows its name too. */
export function celTypeOf(props: JSONSchemaProps, isRoot = false): CelType {
  if (isRoot) return rooted(build(props));
  const known = cache.get(props);
  if (known) return known;
  const made = build(props);
  cache.set(props, made);
  return made;
}

const TEXT_FORMATS: Readonly<Record<string, CelType>> = { byte: BYTES, duration: DURATION, date: TIMESTAMP, 'date-time': TIMESTAMP };
const META: CelType = objectType('metadata', { name: STRING, generateName: STRING });

function build(props: JSONSchemaProps): CelType {
  if (props['x-kubernetes-int-or-string']) return DYN;
  switch (props.type) {
    case 'array': {
      const items = asProps(props.items);
      return listOf(items ? celTypeOf(items) : DYN);
    }
    case 'object':
      return objectOf(props);
    case 'string':
      return TEXT_FORMATS[props.format ?? ''] ?? STRING;
    case 'boolean':
      return BOOL;
    case 'number':
      return DOUBLE;
    case 'integer':
      return INT;
    default:
      return DYN;
  }
}

function objectOf(props: JSONSchemaProps): CelType {
  const values = asProps(props.additionalProperties);
  if (values) return mapOf(STRING, celTypeOf(values));
  const members = Object.entries(props.properties ?? {});
  const made = objectType('object', () => new Map(members.map(([name, member]) => [escapeName(name), celTypeOf(member)])));
  return props['x-kubernetes-embedded-resource'] ? rooted(made) : made;
}

function rooted(type: CelType): CelType {
  if (type.kind !== 'object') return type;
  return objectType(type.name, () => new Map([...type.fields(), ['apiVersion', STRING], ['kind', STRING], ['metadata', META]]));
}

export const asProps = (value: JsonValue | undefined): JSONSchemaProps | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JSONSchemaProps) : undefined;
