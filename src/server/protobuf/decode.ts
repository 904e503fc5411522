import { MESSAGES } from './messages.ts';
import { numberOf, readFields, textOf, type WireField } from './wire.ts';

interface Field {
  readonly name: string;
  readonly type: string;
}

type Json = Record<string, unknown>;

let messages: Map<string, ReadonlyMap<number, Field>> | undefined;

function fieldsOf(name: string): ReadonlyMap<number, Field> | undefined {
  messages ??= new Map(MESSAGES.trim().split('\n').map(readMessage));
  return messages.get(name);
}

function readMessage(line: string): [string, ReadonlyMap<number, Field>] {
  const [name = '', ...fields] = line.split(' ');
  return [
    name,
    new Map(
      fields.map((text) => {
        const [number, field = '', type = ''] = text.split(':');
        return [Number(number), { name: field, type }];
      }),
    ),
  ];
}

const MAGIC = Buffer.from('k8s\0');

export const isProtobuf = (body: Uint8Array): boolean => Buffer.from(body.subarray(0, 4)).equals(MAGIC);

/** A Kubernetes object from its protobuf form; undefined for kinds that have none. */
export function decodeProtobuf(body: Uint8Array): Json | undefined {
  const envelope = new Map([...readFields(body.subarray(4))].map(({ number, value }) => [number, value]));
  const type = envelope.get(1);
  const raw = envelope.get(2);
  const meta = new Map(type instanceof Uint8Array ? [...readFields(type)].map(({ number, value }) => [number, textOf(value)]) : []);
  const [apiVersion = '', kind = ''] = [meta.get(1), meta.get(2)];
  const message = messageFor(apiVersion, kind);
  if (!message) return undefined;
  return { apiVersion, kind, ...decodeMessage(message, raw instanceof Uint8Array ? raw : new Uint8Array()) };
}

function messageFor(apiVersion: string, kind: string): string | undefined {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const name = `${group.split('.')[0] || 'core'}.${version}.${kind}`;
  return [name, `@${kind}`].find((candidate) => fieldsOf(candidate) !== undefined);
}

function decodeMessage(name: string, bytes: Uint8Array): Json {
  const fields = fieldsOf(name);
  const result: Json = {};
  for (const { number, value } of readFields(bytes)) {
    const field = fields?.get(number);
    if (field) put(result, field, value);
  }
  return result;
}

function put(result: Json, { name, type }: Field, value: WireField['value']): void {
  if (type.startsWith('[')) {
    const list = (result[name] ?? []) as unknown[];
    list.push(decodeValue(type.slice(1, -1), value));
    result[name] = list;
  } else if (type.startsWith('{')) {
    const entry = new Map(value instanceof Uint8Array ? [...readFields(value)].map((f) => [f.number, f.value]) : []);
    const member = entry.get(2);
    const empty = new Uint8Array();
    result[name] = { ...(result[name] as Json | undefined), [textOf(entry.get(1))]: decodeValue(type.slice(1, -1), member ?? empty) };
  } else if (name === '+') Object.assign(result, decodeValue(type, value));
  else result[name] = decodeValue(type, value);
}

function decodeValue(type: string, value: WireField['value']): unknown {
  switch (type) {
    case 'string':
      return textOf(value);
    case 'bytes':
      return Buffer.from(value instanceof Uint8Array ? value : []).toString('base64');
    case 'bool':
      return value === 1n;
    case 'int32':
    case 'int64':
    case 'uint32':
      return numberOf(value);
    case 'double':
      return value instanceof Uint8Array ? Buffer.from(value).readDoubleLE() : 0;
    default:
      return value instanceof Uint8Array ? decodeNamed(type, value) : undefined;
  }
}

/** Messages that JSON writes as something else than an object. */
function decodeNamed(type: string, bytes: Uint8Array): unknown {
  const member = (number: number) => [...readFields(bytes)].findLast((f) => f.number === number)?.value;
  switch (type) {
    case 'resource.Quantity':
      return textOf(member(1));
    case 'intstr.IntOrString':
      return numberOf(member(1)) === 1 ? textOf(member(3)) : numberOf(member(2));
    case '@Time':
    case '@MicroTime':
      return timeText(numberOf(member(1)), numberOf(member(2)), type === '@MicroTime');
    case '@Duration':
      return `${numberOf(member(1)) / 1e9}s`;
    case '@FieldsV1':
    case 'runtime.RawExtension':
    case 'apiextensions.v1.JSON':
      return bytes.length > 0 ? JSON.parse(textOf(member(1)) || 'null') : null;
    case 'apiextensions.v1.JSONSchemaPropsOrArray':
    case 'apiextensions.v1.JSONSchemaPropsOrBool':
    case 'apiextensions.v1.JSONSchemaPropsOrStringArray':
      return eitherForm(decodeMessage(type, bytes));
    case 'authorization.v1.ExtraValue':
    case 'authentication.v1.ExtraValue':
    case 'certificates.v1.ExtraValue':
      return decodeMessage(type, bytes).items ?? [];
    default:
      return decodeMessage(type, bytes);
  }
}

const eitherForm = ({ schema, jSONSchemas, allows, property }: Json): unknown => schema ?? jSONSchemas ?? property ?? allows ?? false;

/** A zero time is null. */
function timeText(seconds: number, nanos: number, micro: boolean): string | null {
  if (seconds === 0 && nanos === 0) return null;
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return micro ? `${whole}.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z` : `${whole}Z`;
}
