import { deepEqual } from '../machinery/deep-equal.ts';
import { type FieldError, forbiddenField, invalidValue, tooLong } from '../machinery/field-error.ts';
import { isConfigMapKey } from '../machinery/names.ts';
import type { ConfigMap } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { findings, root } from './field-checks.ts';

export const MAX_DATA_BYTES = 1024 * 1024;
const SEALED = 'field is immutable when `immutable` is set';

export const configMap = defineKind<ConfigMap>({
  group: '',
  version: 'v1',
  resource: 'configmaps',
  nameRule: 'dns-subdomain',
  validate: validateData,
  validateUpdate: (object, old) => [...sealedFindings(object, old, ['data', 'binaryData']), ...validateData(object)],
  row: ({ metadata, data, binaryData }, { age }) => [
    metadata.name ?? '',
    Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length,
    age(metadata.creationTimestamp),
  ],
});

function validateData({ data = {}, binaryData = {} }: ConfigMap): FieldError[] {
  const size = [...Object.values(data).map((text) => Buffer.byteLength(text)), ...Object.values(binaryData).map(decodedLength)];
  return [
    ...Object.keys(data)
      .sort()
      .flatMap((key) => [
        ...findings(root('data').key(key), key, isConfigMapKey(key)),
        ...(key in binaryData ? [invalidValue(root('data').key(key), key, 'duplicate of key present in binaryData')] : []),
      ]),
    ...Object.keys(binaryData)
      .sort()
      .flatMap((key) => findings(root('binaryData').key(key), key, isConfigMapKey(key))),
    ...(size.reduce((sum, bytes) => sum + bytes, 0) > MAX_DATA_BYTES ? [tooLong(root(''), MAX_DATA_BYTES)] : []),
  ];
}

export const decodedLength = (base64: string): number => Buffer.byteLength(base64, 'base64');

interface Sealable {
  readonly immutable?: boolean;
  readonly data?: unknown;
  readonly binaryData?: unknown;
}

/** Once sealed by `immutable: true`, neither the seal nor the data may change. */
export function sealedFindings(object: Sealable, old: Sealable, fields: readonly ('data' | 'binaryData')[]): FieldError[] {
  if (!old.immutable) return [];
  return [
    ...(object.immutable ? [] : [forbiddenField(root('immutable'), SEALED)]),
    ...fields.filter((field) => !deepEqual(object[field] ?? {}, old[field] ?? {})).map((field) => forbiddenField(root(field), SEALED)),
  ];
}
