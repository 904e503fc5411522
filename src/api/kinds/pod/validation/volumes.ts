import { duplicate, type FieldError, type FieldPath, forbiddenField, invalidValue, required } from '../../../machinery/field-error.ts';
import { isDns1123Subdomain } from '../../../machinery/names.ts';
import { compareQuantities } from '../../../machinery/quantity.ts';
import type { HostPathVolumeSource, KeyToPath, NFSVolumeSource, ObjectMeta, Volume } from '../../../schema/generated/types.ts';
import { dnsLabel, findings, oneOf, requiredOneOf } from '../../field-checks.ts';
import { validateClaimTemplate } from '../../persistent-volume-claim-validation.ts';
import { downwardFile, localNonReservedPath, mode, noBacksteps } from './paths.ts';
import { projectedSource } from './projected.ts';
import type { PodRules } from './rules.ts';

export const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const HOST_PATH_TYPES = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];
const ONLY_ONE = 'may not specify more than 1 volume type';

export interface VolumeFindings {
  readonly errors: FieldError[];
  /** The volumes that are in order, which mounts may name. */
  readonly volumes: ReadonlyMap<string, Volume>;
}

export function validateVolumes(volumes: readonly Volume[], meta: ObjectMeta | undefined, path: FieldPath, rules: PodRules): VolumeFindings {
  const errors: FieldError[] = [];
  const good = new Map<string, Volume>();
  const created = new Set(meta?.name ? volumes.filter((v) => v.ephemeral).map((v) => `${meta.name}-${v.name}`) : []);
  for (const [i, volume] of volumes.entries()) {
    const at = path.index(i);
    const own = [
      ...volumeSource(volume, at, meta, rules),
      ...(volume.name ? dnsLabel(at.child('name'), volume.name) : [required(at.child('name'))]),
      ...(good.has(volume.name) ? [duplicate(at.child('name'), volume.name)] : []),
    ];
    if (own.length === 0) good.set(volume.name, volume);
    errors.push(...own);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim && created.has(claim))
      errors.push(
        invalidValue(at.child('persistentVolumeClaim', 'claimName'), claim, 'must not reference a PVC that gets created for an ephemeral volume'),
      );
  }
  return { errors, volumes: good };
}

type SourceCheck = (volume: Volume, path: FieldPath, rules: PodRules) => FieldError[];
const nothing: SourceCheck = () => [];

/** In upstream's order: the first type that is present counts, every further one is refused. */
const SOURCES: readonly (readonly [keyof Volume, SourceCheck, string?])[] = [
  [
    'emptyDir',
    (v, at) =>
      v.emptyDir?.sizeLimit && compareQuantities(v.emptyDir.sizeLimit, '0') < 0
        ? [forbiddenField(at.child('sizeLimit'), 'SizeLimit field must be a valid resource quantity')]
        : [],
  ],
  ['hostPath', (v, at) => (v.hostPath ? hostPathSource(v.hostPath, at) : [])],
  ['gitRepo', nothing],
  ['gcePersistentDisk', nothing],
  ['awsElasticBlockStore', nothing],
  ['secret', (v, at) => [...(v.secret?.secretName ? [] : [required(at.child('secretName'))]), ...modeAndItems(v.secret, at)]],
  ['nfs', (v, at) => (v.nfs ? nfsSource(v.nfs, at) : [])],
  ['iscsi', nothing],
  ['glusterfs', nothing],
  ['flocker', nothing],
  ['persistentVolumeClaim', (v, at) => (v.persistentVolumeClaim?.claimName ? [] : [required(at.child('claimName'))])],
  ['rbd', nothing],
  ['cinder', nothing],
  ['cephfs', nothing, 'cephFS'],
  ['quobyte', nothing],
  [
    'downwardAPI',
    (v, at) => [
      ...mode(at.child('defaultMode'), v.downwardAPI?.defaultMode),
      ...(v.downwardAPI?.items ?? []).flatMap((file) => downwardFile(file, at)),
    ],
    'downwarAPI',
  ],
  ['fc', nothing],
  ['flexVolume', nothing],
  ['configMap', (v, at) => [...(v.configMap?.name ? [] : [required(at.child('name'))]), ...modeAndItems(v.configMap, at)]],
  ['azureFile', nothing],
  ['vsphereVolume', nothing],
  ['photonPersistentDisk', nothing],
  ['portworxVolume', nothing],
  ['azureDisk', nothing],
  ['storageos', nothing],
  ['projected', (v, at) => (v.projected ? projectedSource(v.projected, at) : [])],
  ['scaleIO', nothing],
  ['csi', (v, at) => (v.csi?.driver ? [] : [required(at.child('driver'))])],
  [
    'ephemeral',
    (v, at) =>
      v.ephemeral?.volumeClaimTemplate
        ? validateClaimTemplate(v.ephemeral.volumeClaimTemplate, at.child('volumeClaimTemplate'))
        : [required(at.child('volumeClaimTemplate'))],
  ],
  [
    'image',
    (v, at, rules) => [
      ...(rules.resourceIsPod && !v.image?.reference ? [required(at.child('reference'))] : []),
      ...requiredOneOf(at.child('pullPolicy'), v.image?.pullPolicy, PULL_POLICIES),
    ],
  ],
];

function volumeSource(volume: Volume, path: FieldPath, meta: ObjectMeta | undefined, rules: PodRules): FieldError[] {
  const present = SOURCES.filter(([field]) => volume[field] !== undefined);
  if (present.length === 0) return [required(path, 'must specify a volume type')];
  const errors = present.flatMap(([field, check, shownAs = field], i) =>
    i === 0 ? check(volume, path.child(field), rules) : [forbiddenField(path.child(shownAs), ONLY_ONE)],
  );
  if (present[0]?.[0] !== 'ephemeral' || !meta?.name || !volume.name) return errors;
  const claim = `${meta.name}-${volume.name}`;
  return [
    ...errors,
    ...isDns1123Subdomain(claim).map((m) => invalidValue(path.child('name'), volume.name, `PVC name ${JSON.stringify(claim)}: ${m}`)),
  ];
}

export function hostPathSource({ path, type }: HostPathVolumeSource, at: FieldPath): FieldError[] {
  if (!path) return [required(at.child('path'))];
  return [...noBacksteps(at.child('path'), path), ...(type === undefined ? [] : oneOf(at.child('type'), type, HOST_PATH_TYPES))];
}

export function nfsSource({ server, path }: NFSVolumeSource, at: FieldPath): FieldError[] {
  return [
    ...(server ? [] : [required(at.child('server'))]),
    ...(path ? [] : [required(at.child('path'))]),
    ...(path?.startsWith('/') ? [] : findings(at.child('path'), path ?? '', ['must be an absolute path'])),
  ];
}

interface Items {
  readonly defaultMode?: number;
  readonly items?: readonly KeyToPath[];
}

function modeAndItems(source: Items | undefined, at: FieldPath): FieldError[] {
  return [
    ...mode(at.child('defaultMode'), source?.defaultMode),
    ...(source?.items ?? []).flatMap((item, i) => keyToPath(item, at.child('items').index(i))),
  ];
}

export const keyToPath = (item: KeyToPath, at: FieldPath): FieldError[] => [
  ...(item.key ? [] : [required(at.child('key'))]),
  ...(item.path ? [] : [required(at.child('path'))]),
  ...localNonReservedPath(at.child('path'), item.path ?? ''),
  ...mode(at.child('mode'), item.mode),
];
