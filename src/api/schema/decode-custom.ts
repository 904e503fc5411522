import { isPlainObject, type PlainObject } from '../machinery/json.ts';
import type { KubeObject } from '../machinery/object.ts';
import { type Decoded, DecodeError, decode } from './decode.ts';
import { objectMetaSchema } from './definitions.ts';
import { joinPath, type PathStep } from './json-text.ts';
import type { Schema } from './schema.ts';

/** Decodes a custom resource: metadata strictly, unknown fields pruned and noted (sorted, as the server reports them). Types are left to validation. */
export function decodeCustom(schema: Schema, body: unknown, duplicates: readonly string[] = []): Decoded {
  if (!isPlainObject(body)) throw new DecodeError('json: cannot unmarshal into Go value of type map[string]interface {}');
  const unknown: string[] = [];
  const pruned = prune(schema, body, [], unknown);
  const metadata = decodeMetadata(body.metadata);
  const strictErrors = [
    ...duplicates.map((path) => `duplicate field ${JSON.stringify(path)}`),
    ...metadata.strictErrors,
    ...unknown.sort().map((path) => `unknown field ${JSON.stringify(path)}`),
  ];
  return { object: { ...(pruned as PlainObject), metadata: metadata.object } as unknown as KubeObject, strictErrors };
}

function decodeMetadata(metadata: unknown): { object: unknown; strictErrors: readonly string[] } {
  const { object, strictErrors } = decode(
    { kind: 'object', goType: 'v1.PartialObjectMetadata', structName: 'PartialObjectMetadata', fields: new Map([['metadata', objectMetaSchema()]]) },
    { metadata: metadata ?? {} },
  );
  return { object: object.metadata, strictErrors };
}

function prune(schema: Schema | undefined, value: unknown, path: readonly PathStep[], unknown: string[]): unknown {
  if (!schema || path[0] === 'metadata') return value;
  if (Array.isArray(value)) return schema.items ? value.map((item, i) => prune(schema.items, item, [...path, i], unknown)) : value;
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
    const inner = schema.fields?.get(key) ?? schema.items;
    const kept = inner ?? (schema.preserveUnknownFields || isTypeMeta(schema, key) ? ('kept' as const) : undefined);
    if (kept === undefined) {
      unknown.push(joinPath([...path, key]));
      return [];
    }
    return [[key, kept === 'kept' ? member : prune(kept, member, [...path, key], unknown)]];
  });
  return Object.fromEntries(entries);
}

const isTypeMeta = (schema: Schema, key: string): boolean =>
  schema.kind === 'any'
    ? schema.validation?.type === undefined && !schema.fields
    : Boolean(schema.embeddedResource) && ['apiVersion', 'kind', 'metadata'].includes(key);
