import type { Secret } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { compact } from './zero-values.ts';

export const secret = defineKind<Secret>({
  group: '',
  version: 'v1',
  resource: 'secrets',
  nameRule: 'dns-subdomain',
  selectableFields: { type: ({ type }) => type ?? '' },
  defaults: (object) => ({ ...mergeStringData(object), type: object.type || 'Opaque' }),
  row: ({ metadata, type, data }, { age }) => [metadata.name ?? '', type ?? '', Object.keys(data ?? {}).length, age(metadata.creationTimestamp)],
});

/** stringData is for writing only: it goes into data, encoded, and is never stored. */
function mergeStringData(object: Secret): Secret {
  if (!object.stringData) return object;
  const encoded = Object.entries(object.stringData).map(([key, text]) => [key, Buffer.from(text, 'utf8').toString('base64')]);
  const { stringData: _, ...rest } = object;
  return compact({ ...rest, data: encoded.length > 0 ? { ...object.data, ...Object.fromEntries(encoded) } : object.data });
}
