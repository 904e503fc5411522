import { type FieldError, invalidValue, required, tooLong } from '../machinery/field-error.ts';
import { isConfigMapKey } from '../machinery/names.ts';
import type { Secret } from '../schema/generated/types.ts';
import { decodedLength, MAX_DATA_BYTES, sealedFindings } from './config-map.ts';
import { defineKind } from './define-kind.ts';
import { findings, immutable, root } from './field-checks.ts';
import { jsonObjectError } from './json-object-error.ts';
import { compact } from './zero-values.ts';

export const secret = defineKind<Secret>({
  group: '',
  version: 'v1',
  resource: 'secrets',
  nameRule: 'dns-subdomain',
  selectableFields: { type: ({ type }) => type ?? '' },
  defaults: (object) => ({ ...mergeStringData(object), type: object.type || 'Opaque' }),
  validate: validateSecret,
  validateUpdate: (object, old) => [
    ...immutable(root('type'), object.type, old.type),
    ...sealedFindings(object, old, ['data']),
    ...validateSecret(object),
  ],
  row: ({ metadata, type, data }, { age }) => [metadata.name ?? '', type ?? '', Object.keys(data ?? {}).length, age(metadata.creationTimestamp)],
});

/** stringData is for writing only: it goes into data, encoded, and is never stored. */
function mergeStringData(object: Secret): Secret {
  if (!object.stringData) return object;
  const encoded = Object.entries(object.stringData).map(([key, text]) => [key, Buffer.from(text, 'utf8').toString('base64')]);
  const { stringData: _, ...rest } = object;
  return compact({ ...rest, data: encoded.length > 0 ? { ...object.data, ...Object.fromEntries(encoded) } : object.data });
}

function validateSecret(object: Secret): FieldError[] {
  const { data = {} } = object;
  const path = root('data');
  const size = Object.values(data).reduce((sum, value) => sum + decodedLength(value), 0);
  return [
    ...Object.keys(data)
      .sort()
      .flatMap((key) => findings(path.key(key), key, isConfigMapKey(key))),
    ...(size > MAX_DATA_BYTES ? [tooLong(path, MAX_DATA_BYTES)] : []),
    ...typeFindings(object),
  ];
}

function typeFindings({ metadata, type, data = {} }: Secret): FieldError[] {
  const path = root('data');
  const needs = (...keys: string[]) => keys.filter((key) => data[key] === undefined).map((key) => required(path.key(key)));
  switch (type) {
    case 'kubernetes.io/service-account-token': {
      const account = 'kubernetes.io/service-account.name';
      return metadata.annotations?.[account] ? [] : [required(root('metadata').child('annotations').key(account))];
    }
    case 'kubernetes.io/dockercfg':
      return dockerFindings('.dockercfg', data);
    case 'kubernetes.io/dockerconfigjson':
      return dockerFindings('.dockerconfigjson', data);
    case 'kubernetes.io/basic-auth':
      return data.username === undefined && data.password === undefined ? needs('username', 'password') : [];
    case 'kubernetes.io/ssh-auth':
      return data['ssh-privatekey'] ? [] : [required(path.key('ssh-privatekey'))];
    case 'kubernetes.io/tls':
      return needs('tls.crt', 'tls.key');
    default:
      return [];
  }
}

function dockerFindings(key: string, data: Readonly<Record<string, string>>): FieldError[] {
  const path = root('data').key(key);
  const encoded = data[key];
  if (encoded === undefined) return [required(path)];
  const why = jsonObjectError(Buffer.from(encoded, 'base64').toString('utf8'));
  return why === undefined ? [] : [invalidValue(path, '<secret contents redacted>', why)];
}
