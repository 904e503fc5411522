import type { KubeObject } from '../../../api/machinery/object.ts';
import { conflict } from '../../../api/machinery/status-error.ts';
import type { DeleteOptions, PodSpec, PodStatus, Status } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { CLEANUP } from '../crd/crd-controller.ts';
import { decodeDeleteOptions } from '../delete-options.ts';
import { withGeneration } from '../object-meta.ts';
import type { ServedResource } from '../served-resource.ts';
import { commitDelete, commitUpdate } from './commit.ts';
import { listObject, listPage } from './list.ts';
import { stored } from './read.ts';

/** Kinds whose DELETE answers with what was deleted instead of a Status. */
const RETURNED = new Set([
  'Pod',
  'Namespace',
  'Service',
  'ServiceAccount',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'PodTemplate',
  'VolumeAttachment',
  'StorageClass',
  'VolumeAttributesClass',
  'CSIDriver',
  'CSINode',
  'ResourceClaim',
  'ResourceClaimTemplate',
  'ResourceSlice',
  'DeviceClass',
]);
const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

export function deleteObject(context: ServerContext, given: ResourceRequest): Result {
  const options = decodeDeleteOptions(given);
  const rr = { ...given, dryRun: isDry(options) };
  const old = stored(context, rr);
  admitDeletion(context, rr, old);
  const { object, gone } = removeObject(context, rr, old, options);
  if (!gone || RETURNED.has(rr.resource.kind)) return { shape: 'object', object, resource: rr.resource };
  return { shape: 'raw', body: success(rr.resource, old) };
}

/** A body, where there is one, speaks for the query too. */
const isDry = ({ dryRun }: DeleteOptions): boolean => (dryRun ?? []).length > 0;

export function deleteCollection(context: ServerContext, given: ResourceRequest): Result {
  const options = decodeDeleteOptions(given);
  const rr = { ...given, dryRun: isDry(options) };
  const page = listPage(context, rr);
  const items = page.items.map((object) => {
    const name = object.metadata.name ?? '';
    const namespace = object.metadata.namespace ?? '';
    const one = { ...rr, info: { ...rr.info, name, namespace } };
    admitDeletion(context, one, object);
    removeObject(context, one, object, options);
    return object;
  });
  return { shape: 'raw', body: listObject({ ...page, items, resourceVersion: String(context.store.revision) }, rr) };
}

function admitDeletion({ admission }: ServerContext, { resource, info, user, dryRun, warn }: ResourceRequest, old: KubeObject): void {
  const name = old.metadata.name ?? '';
  admission.validate({ operation: 'DELETE', resource, subresource: '', namespace: info.namespace, name, user, dryRun, object: undefined, old, warn });
}

/** Deletes at once, or marks for deletion where finalizers or a period of grace hold the object back. */
export function removeObject(
  context: ServerContext,
  rr: ResourceRequest,
  old: KubeObject,
  options: DeleteOptions,
): { object: KubeObject; gone: boolean } {
  checkPreconditions(rr.resource, old, options);
  const grace = gracePeriod(rr.resource, old, options);
  const finalizers = finalizersFor(old, rr.resource, options).concat(cleanup(old));
  const held = finalizers.length > 0 || holdsItself(old);
  const { metadata } = old;
  if (!held && (grace === undefined || grace === 0)) return { object: commitDelete(context, rr, old), gone: true };
  const already = metadata.deletionTimestamp !== undefined;
  if (already && sameFinalizers(finalizers, metadata.finalizers ?? []) && !shortens(metadata.deletionGracePeriodSeconds, grace)) {
    return { object: old, gone: false };
  }
  const marked = markDeleted(context, old, finalizers, grace ?? 0);
  return { object: commitUpdate(context, rr, marked, old), gone: false };
}

function markDeleted({ clock }: ServerContext, old: KubeObject, finalizers: readonly string[], grace: number): KubeObject {
  const { metadata } = old;
  const at =
    metadata.deletionTimestamp && !shortens(metadata.deletionGracePeriodSeconds, grace)
      ? metadata.deletionTimestamp
      : isoTime(clock.now() + grace * 1000);
  const period = metadata.deletionTimestamp ? Math.min(metadata.deletionGracePeriodSeconds ?? grace, grace) : grace;
  const { finalizers: _old, ...rest } = metadata;
  const marked: KubeObject = {
    ...old,
    metadata: { ...rest, deletionTimestamp: at, deletionGracePeriodSeconds: period, ...(finalizers.length > 0 ? { finalizers } : {}) },
  };
  const terminating = old.kind === 'Namespace' ? withPhase(marked, 'Terminating') : marked;
  return metadata.generation === undefined || metadata.deletionTimestamp ? terminating : withGeneration(terminating, metadata.generation + 1);
}

const withPhase = (object: KubeObject, phase: string): KubeObject => ({ ...object, status: { ...(object.status as object), phase } });

const shortens = (now: number | undefined, wanted: number | undefined): boolean => wanted !== undefined && now !== undefined && wanted < now;

/** A namespace is held by its own list of finalizers. */
function holdsItself(object: KubeObject): boolean {
  if (object.kind !== 'Namespace') return false;
  const spec = object.spec as { finalizers?: readonly string[] } | undefined;
  return (spec?.finalizers ?? []).length > 0;
}

/** Undefined for kinds that know no grace. */
function gracePeriod({ definition }: ServedResource, object: KubeObject, options: DeleteOptions): number | undefined {
  const own = isIdlePod(object) ? 0 : definition.gracePeriod?.(object);
  if (own === undefined) return undefined;
  return options.gracePeriodSeconds === undefined ? own : own === 0 ? 0 : Math.max(0, options.gracePeriodSeconds);
}

/** A pod on no node, or one that has ended, has nothing to wind up. */
function isIdlePod({ kind, spec, status }: KubeObject): boolean {
  if (kind !== 'Pod') return false;
  const { nodeName } = spec as PodSpec;
  return !nodeName || ['Succeeded', 'Failed'].includes((status as PodStatus | undefined)?.phase ?? '');
}

function finalizersFor(object: KubeObject, { kind }: ServedResource, options: DeleteOptions): readonly string[] {
  const present = object.metadata.finalizers ?? [];
  const policy =
    options.propagationPolicy ?? (options.orphanDependents === undefined ? undefined : options.orphanDependents ? 'Orphan' : 'Background');
  if (!policy) return present;
  if (kind === 'Namespace') return present;
  const others = present.filter((f) => f !== ORPHAN && f !== FOREGROUND);
  if (policy === 'Orphan') return [...others, ORPHAN];
  return policy === 'Foreground' ? [...others, FOREGROUND] : others;
}

/** A definition stays until its objects are gone. */
const cleanup = ({ kind, metadata }: KubeObject): string[] =>
  kind === 'CustomResourceDefinition' && !metadata.deletionTimestamp && !metadata.finalizers?.includes(CLEANUP) ? [CLEANUP] : [];

const sameFinalizers = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((f) => b.includes(f));

function checkPreconditions({ group, kind }: ServedResource, { metadata }: KubeObject, { preconditions }: DeleteOptions): void {
  const { uid, resourceVersion } = preconditions ?? {};
  const refuse = (why: string) => conflict({ group, resource: kind }, metadata.name ?? '', why);
  if (uid && uid !== metadata.uid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid})`;
    throw refuse(`${why}. The object might have been deleted and then recreated`);
  }
  if (resourceVersion && resourceVersion !== metadata.resourceVersion) {
    const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion})`;
    throw refuse(`${why}. The object might have been modified`);
  }
}

function success({ group, resource }: ServedResource, { metadata }: KubeObject): Status {
  const details = { name: metadata.name ?? '', ...(group ? { group } : {}), kind: resource, uid: metadata.uid ?? '' };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}
