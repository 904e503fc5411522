import { semanticEqual } from '../machinery/deep-equal.ts';
import { type FieldError, type FieldPath, forbiddenField, notSupported, required } from '../machinery/field-error.ts';
import { isDns1123Subdomain } from '../machinery/names.ts';
import type { PersistentVolumeSpec } from '../schema/generated/types.ts';
import { findings, immutable, oneOf, root } from './field-checks.ts';
import { internalForm } from './internal-form.ts';
import { accessModes, positiveQuantity } from './persistent-volume-claim-validation.ts';
import { noBacksteps } from './pod/validation/paths.ts';
import { validateNodeSelector } from './pod/validation/scheduling.ts';
import { hostPathSource, nfsSource } from './pod/validation/volumes.ts';
import { jsonDiff } from './unified-diff.ts';

type Check = (spec: PersistentVolumeSpec, path: FieldPath) => FieldError[];
const nothing: Check = () => [];

/** In upstream's order. */
const SOURCES: readonly (readonly [keyof PersistentVolumeSpec, Check])[] = [
  ['hostPath', ({ hostPath }, at) => (hostPath ? hostPathSource(hostPath, at) : [])],
  ['gcePersistentDisk', nothing],
  ['awsElasticBlockStore', nothing],
  ['glusterfs', nothing],
  ['flocker', nothing],
  ['nfs', ({ nfs }, at) => (nfs ? nfsSource(nfs, at) : [])],
  ['rbd', nothing],
  ['quobyte', nothing],
  ['cephfs', nothing],
  ['iscsi', nothing],
  ['cinder', nothing],
  ['fc', nothing],
  ['flexVolume', nothing],
  ['azureFile', nothing],
  ['vsphereVolume', nothing],
  ['photonPersistentDisk', nothing],
  ['portworxVolume', nothing],
  ['azureDisk', nothing],
  ['scaleIO', nothing],
  ['local', ({ local }, at) => (local?.path ? noBacksteps(at.child('path'), local.path) : [required(at.child('path'))])],
  ['storageos', nothing],
  [
    'csi',
    ({ csi }, at) => [...(csi?.driver ? [] : [required(at.child('driver'))]), ...(csi?.volumeHandle ? [] : [required(at.child('volumeHandle'))])],
  ],
];

export function validateVolumeSpec(spec: PersistentVolumeSpec, path: FieldPath): FieldError[] {
  const { accessModes: modes = [], capacity = {}, nodeAffinity, storageClassName: className, volumeMode } = spec;
  const at = path.child('capacity');
  const names = Object.keys(capacity).sort();
  return [
    ...(modes.length > 0 ? [] : [required(path.child('accessModes'))]),
    ...accessModes(modes, path.child('accessModes')),
    ...(names.length > 0 ? [] : [required(at)]),
    ...(names.length === 1 && names[0] === 'storage' ? [] : [capacityNotSupported(at, capacity)]),
    ...names.flatMap((name) => positiveQuantity(at.key(name), capacity[name] ?? '0')),
    ...oneOf(path.child('persistentVolumeReclaimPolicy'), spec.persistentVolumeReclaimPolicy, ['Delete', 'Recycle', 'Retain']),
    ...(nodeAffinity ? affinityFindings(nodeAffinity, path.child('nodeAffinity')) : []),
    ...sourceFindings(spec, path),
    ...(className ? findings(path.child('storageClassName'), className, isDns1123Subdomain(className)) : []),
    ...(volumeMode === undefined ? [] : oneOf(path.child('volumeMode'), volumeMode, ['Block', 'Filesystem'])),
    ...attributesFindings(spec, path),
  ];
}

const capacityNotSupported = (path: FieldPath, capacity: Readonly<Record<string, string>>): FieldError => notSupported(path, capacity, ['storage']);

const affinityFindings = ({ required: selector }: NonNullable<PersistentVolumeSpec['nodeAffinity']>, path: FieldPath): FieldError[] =>
  selector ? validateNodeSelector(selector, path.child('required')) : [required(path.child('required'), 'must specify required node constraints')];

function sourceFindings(spec: PersistentVolumeSpec, path: FieldPath): FieldError[] {
  const present = SOURCES.filter(([field]) => spec[field] !== undefined);
  if (present.length === 0) return [required(path, 'must specify a volume type')];
  const errors = present.flatMap(([field, check], i) =>
    i === 0 ? check(spec, path.child(field)) : [forbiddenField(path.child(field), 'may not specify more than 1 volume type')],
  );
  if (present[0]?.[0] === 'local' && !spec.nodeAffinity) errors.push(required(path.child('nodeAffinity'), 'Local volume requires node affinity'));
  if (spec.hostPath && /^\/+\.?$/.test(spec.hostPath.path) && spec.persistentVolumeReclaimPolicy === 'Recycle')
    errors.push(forbiddenField(path.child('persistentVolumeReclaimPolicy'), "may not be 'recycle' for a hostPath mount of '/'"));
  return errors;
}

function attributesFindings({ volumeAttributesClassName: name, csi }: PersistentVolumeSpec, path: FieldPath): FieldError[] {
  if (name === undefined) return [];
  const at = path.child('volumeAttributesClassName');
  return [
    ...(name ? findings(at, name, isDns1123Subdomain(name)) : [required(at, 'an empty string is disallowed')]),
    ...(csi ? [] : [required(path.child('csi'), 'has to be specified when using volumeAttributesClassName')]),
  ];
}

export function validateVolumeUpdate(spec: PersistentVolumeSpec, old: PersistentVolumeSpec): FieldError[] {
  const source = (of: PersistentVolumeSpec) =>
    Object.fromEntries(SOURCES.flatMap(([field]) => (of[field] === undefined ? [] : [[field, of[field]]])));
  const [now, then] = [source(spec), source(old)];
  const path = root('spec').child('persistentvolumesource');
  const form = (of: object) => internalForm('PersistentVolumeSource', of);
  return [
    ...validateVolumeSpec(spec, root('spec')),
    ...(semanticEqual(now, then)
      ? []
      : [forbiddenField(path, `spec.persistentvolumesource is immutable after creation\n${jsonDiff(form(then), form(now))}`)]),
    ...immutable(root('volumeMode'), spec.volumeMode, old.volumeMode),
  ];
}
