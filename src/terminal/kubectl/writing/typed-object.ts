import { byCodePoint, isPlainObject, type PlainObject } from '../../../api/machinery/json.ts';
import { type KubeObject, parseApiVersion } from '../../../api/machinery/object.ts';
import { decode } from '../../../api/schema/decode.ts';
import { kindSchema } from '../../../api/schema/definitions.ts';
import type { Schema } from '../../../api/schema/schema.ts';
import { goFieldOrder } from './go-field-order.ts';

const schemaOf = ({ apiVersion, kind }: KubeObject): Schema | undefined => {
  const { group, version } = parseApiVersion(apiVersion);
  return kindSchema(group, version, kind);
};

/** The object as Go's structures hold it: plain structures are there even when empty, what is unknown is dropped. */
export function typedObject<T extends object>(draft: T): KubeObject {
  const object = withoutUndefined(draft) as KubeObject;
  const schema = schemaOf(object);
  return schema ? (withNulls(schema, decode(schema, object).object) as KubeObject) : object;
}

/** Lists that Go always writes out are null when nothing was put into them. */
function withNulls(schema: Schema | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withNulls(schema?.items, item));
  if (!isPlainObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withNulls(schema?.fields?.get(name) ?? schema?.items, member)]);
  const empty = [...(schema?.alwaysPresent ?? [])].filter((name) => !(name in value) && schema?.fields?.get(name)?.kind === 'list');
  return Object.fromEntries([...members, ...empty.map((name) => [name, null])]);
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (!isPlainObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutUndefined(member)]));
}

/** JSON with the fields in the order in which Go declares them, as commands print the objects they made. */
export function typedJson(object: KubeObject): string {
  const text = JSON.stringify(arranged(schemaOf(object), object), null, 4);
  return text.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function arranged(schema: Schema | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => arranged(schema?.items, item));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(orderedKeys(schema, value).map((name) => [name, arranged(schema?.fields?.get(name) ?? schema?.items, value[name])]));
}

function orderedKeys(schema: Schema | undefined, value: PlainObject): string[] {
  const keys = Object.keys(value).sort(byCodePoint);
  const order = goFieldOrder[shortName(schema?.definition ?? '')]?.split(' ');
  if (!order) return keys;
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return keys.sort((a, b) => rank(a) - rank(b) || byCodePoint(a, b));
}

/** `io.k8s.api.core.v1.Pod` is `core.v1.Pod`. */
const shortName = (definition: string): string => definition.replace(/^io\.k8s\.(api|apimachinery\.pkg\.apis)\./, '');
