import { type FieldError, type FieldPath, invalidValue, notSupported, required } from '../../../machinery/field-error.ts';
import type { DownwardAPIVolumeFile, ObjectFieldSelector, ResourceFieldSelector } from '../../../schema/generated/types.ts';
import { qualifiedName } from '../../field-checks.ts';

const MODE_MESSAGE = 'must be a number between 0 and 0777 (octal), both inclusive';
const VOLUME_FIELDS = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];
export const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const KNOWN_FIELDS = new Set([...VOLUME_FIELDS, ...ENV_FIELDS, 'spec.host', 'spec.restartPolicy', 'spec.schedulerName', 'status.phase']);
const RESOURCES = ['limits.cpu', 'limits.ephemeral-storage', 'limits.memory', 'requests.cpu', 'requests.ephemeral-storage', 'requests.memory'];
const STORAGE_DIVISORS = ['1', '1E', '1Ei', '1G', '1Gi', '1Ki', '1M', '1Mi', '1P', '1Pi', '1T', '1Ti', '1k'];

export const mode = (path: FieldPath, value: number | undefined): FieldError[] =>
  value !== undefined && (value > 0o777 || value < 0) ? [invalidValue(path, value, MODE_MESSAGE)] : [];

export const noBacksteps = (path: FieldPath, target: string): FieldError[] =>
  target.split('/').includes('..') ? [invalidValue(path, target, "must not contain '..'")] : [];

export const localDescendingPath = (path: FieldPath, target: string): FieldError[] => [
  ...(target.startsWith('/') ? [invalidValue(path, target, 'must be a relative path')] : []),
  ...noBacksteps(path, target),
];

export const localNonReservedPath = (path: FieldPath, target: string): FieldError[] => [
  ...localDescendingPath(path, target),
  ...(target.startsWith('..') && !target.startsWith('../') ? [invalidValue(path, target, "must not start with '..'")] : []),
];

export function downwardFile(file: DownwardAPIVolumeFile, at: FieldPath): FieldError[] {
  return [
    ...(file.path ? [] : [required(at.child('path'))]),
    ...localNonReservedPath(at.child('path'), file.path ?? ''),
    ...downwardSource(file, at),
    ...mode(at.child('mode'), file.mode),
  ];
}

function downwardSource({ fieldRef, resourceFieldRef }: DownwardAPIVolumeFile, at: FieldPath): FieldError[] {
  if (fieldRef)
    return [
      ...fieldSelector(fieldRef, VOLUME_FIELDS, at.child('fieldRef')),
      ...(resourceFieldRef ? [invalidValue(at, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously')] : []),
    ];
  if (resourceFieldRef) return resourceSelector(resourceFieldRef, at.child('resourceFieldRef'), true);
  return [required(at, 'one of fieldRef and resourceFieldRef is required')];
}

/** A field of the pod by its path, `metadata.labels['app']` included. */
export function fieldSelector({ apiVersion = 'v1', fieldPath }: ObjectFieldSelector, supported: readonly string[], at: FieldPath): FieldError[] {
  if (!fieldPath) return [required(at.child('fieldPath'))];
  const [, name = fieldPath, subscript] = /^([^[]+)\['(.*)'\]$/.exec(fieldPath) ?? [];
  const isKnown = subscript === undefined ? KNOWN_FIELDS.has(name) : name === 'metadata.labels' || name === 'metadata.annotations';
  if (apiVersion !== 'v1')
    return [invalidValue(at.child('fieldPath'), fieldPath, `error converting fieldPath: unsupported pod version: ${apiVersion}`)];
  if (subscript !== undefined && KNOWN_FIELDS.has(name) && !isKnown)
    return [invalidValue(at.child('fieldPath'), fieldPath, `error converting fieldPath: field label does not support subscript: ${fieldPath}`)];
  if (!isKnown) return [invalidValue(at.child('fieldPath'), fieldPath, `error converting fieldPath: field label not supported: ${fieldPath}`)];
  if (subscript !== undefined) return qualifiedName(at, name === 'metadata.annotations' ? subscript.toLowerCase() : subscript);
  const internal = name === 'spec.host' ? 'spec.nodeName' : name;
  return supported.includes(internal) ? [] : [notSupported(at.child('fieldPath'), internal, supported)];
}

export function resourceSelector({ containerName, resource, divisor }: ResourceFieldSelector, at: FieldPath, inVolume: boolean): FieldError[] {
  const errors: FieldError[] = [];
  if (inVolume && !containerName) errors.push(required(at.child('containerName')));
  else if (!resource) errors.push(required(at.child('resource')));
  else if (!RESOURCES.includes(resource) && !/^(limits|requests)\.hugepages-/.test(resource))
    errors.push(notSupported(at.child('resource'), resource, RESOURCES));
  return [...errors, ...divisorFindings(resource ?? '', divisor, at)];
}

function divisorFindings(resource: string, divisor: string | undefined, at: FieldPath): FieldError[] {
  if (!divisor || divisor === '0') return [];
  const supported = resource.endsWith('.cpu') ? ['1', '1m'] : STORAGE_DIVISORS;
  return supported.includes(divisor) ? [] : [notSupported(at.child('divisor'), divisor, supported)];
}
