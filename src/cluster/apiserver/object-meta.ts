import { deepEqual } from '../../api/machinery/deep-equal.ts';
import type { KubeObject, ObjectMeta } from '../../api/machinery/object.ts';
import { type Clock, isoTime } from '../../clock/index.ts';
import type { ServedResource } from './served-resource.ts';

const MAX_NAME = 63;
const SUFFIX = 5;

/** What the server alone decides of a new object's metadata. */
export function newObjectMeta(meta: ObjectMeta, resource: ServedResource, namespace: string, clock: Clock): ObjectMeta {
  const {
    resourceVersion: _rv,
    selfLink: _link,
    deletionTimestamp: _at,
    deletionGracePeriodSeconds: _grace,
    generation: _generation,
    ...given
  } = meta;
  const name = given.name || (given.generateName ? generatedName(given.generateName, clock) : undefined);
  return {
    ...given,
    ...(name ? { name } : {}),
    ...(resource.namespaced ? { namespace } : {}),
    uid: clock.random.uuid(),
    creationTimestamp: isoTime(clock.now()),
  };
}

export const generatedName = (base: string, clock: Clock): string => `${base.slice(0, MAX_NAME - SUFFIX)}${clock.random.suffix(SUFFIX)}`;

/** What an update leaves out of the identity of the object stays as it was; what it changes there is for validation to refuse. */
export function keptObjectMeta(object: KubeObject, old: KubeObject): KubeObject {
  const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation, namespace, name } = old.metadata;
  const { selfLink: _link, generation: _generation, ...given } = object.metadata;
  const kept = { name, namespace, uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds };
  const metadata: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(kept)) if (value !== undefined) metadata[name] = value;
  for (const [name, value] of Object.entries(given)) if (value !== undefined && value !== '' && value !== null) metadata[name] = value;
  if (generation !== undefined) metadata.generation = generation;
  return { ...object, metadata };
}

const NEVER_COUNTED = new Set([
  'Namespace',
  'Node',
  'Service',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'LimitRange',
  'Lease',
  'CertificateSigningRequest',
  'CSIDriver',
  'CSINode',
  'VolumeAttachment',
  'IPAddress',
  'ServiceCIDR',
  'RuntimeClass',
  'DeviceClass',
  'ResourceClaim',
  'ResourceClaimTemplate',
]);

/** Whether this kind has a metadata.generation at all. */
export function countsGenerations({ definition, kind }: ServedResource, object: KubeObject): boolean {
  if (definition.generation !== undefined) return definition.generation !== false;
  return object.spec !== undefined && !NEVER_COUNTED.has(kind);
}

export function withGeneration(object: KubeObject, generation: number): KubeObject {
  return { ...object, metadata: { ...object.metadata, generation } };
}

export function nextGeneration(resource: ServedResource, object: KubeObject, old: KubeObject): KubeObject {
  if (!countsGenerations(resource, object)) return object;
  const { generation } = resource.definition;
  const changed = typeof generation === 'function' ? generation(object, old) : !deepEqual(object.spec, old.spec);
  const before = old.metadata.generation ?? 1;
  return withGeneration(object, changed ? before + 1 : before);
}
