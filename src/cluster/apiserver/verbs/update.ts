import { deepEqual } from '../../../api/machinery/deep-equal.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { badRequest, conflict, StatusError } from '../../../api/machinery/status-error.ts';
import { requireAuthorized } from '../authz/require.ts';
import { decodeObject } from '../body.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { keptObjectMeta, nextGeneration } from '../object-meta.ts';
import { withOwnership } from '../ownership.ts';
import { requireValid } from '../requirements.ts';
import { hasSubresource, nameOf } from '../served-resource.ts';
import { allocate, guard } from '../storage-rules.ts';
import { objectFindings } from '../strategy.ts';
import { isCreatedByPut, refuseUnconditional } from '../update-policy.ts';
import { commitDelete, commitUpdate, MODIFIED } from './commit.ts';
import { createDecoded } from './create.ts';
import { findStored, stored } from './read.ts';

export function updateObject(context: ServerContext, rr: ResourceRequest): Result {
  const decoded = decodeObject(rr);
  checkIdentity(rr, decoded);
  const present = findStored(context, rr);
  if (!present && !rr.info.subresource && isCreatedByPut(rr.resource)) return createInstead(context, rr, decoded);
  const old = present ?? stored(context, rr);
  checkUid(rr, decoded, old);
  const object = updateDecoded(context, rr, decoded, old);
  return { shape: 'object', object, resource: rr.resource };
}

/** Who may replace may not therefore create. */
function createInstead(context: ServerContext, rr: ResourceRequest, decoded: KubeObject): Result {
  requireAuthorized(context, { ...rr.info, verb: 'create' }, rr.user);
  return { shape: 'object', object: createDecoded(context, rr, decoded), status: 201, resource: rr.resource };
}

/** Another object that stands for the stored one before admission, such as its Scale. */
export interface AdmittedAs {
  readonly subresource: string;
  readonly show: (object: KubeObject) => KubeObject;
}

/** From the decoded object and what it replaces to the stored one. */
export function updateDecoded(
  context: ServerContext,
  rr: ResourceRequest,
  decoded: KubeObject,
  old: KubeObject,
  owned = false,
  as?: AdmittedAs,
): KubeObject {
  const { admission, clock } = context;
  const { resource, info, user, dryRun, warn } = rr;
  checkResourceVersion(rr, decoded, old);
  const { subresource } = info;
  const request = { operation: 'UPDATE', resource, subresource, namespace: info.namespace, name: info.name, user, dryRun, old, warn } as const;
  const kept = keptObjectMeta(decoded, old);
  const tracked = owned ? kept : withOwnership(context, rr, kept, old);
  const admitted = as ? tracked : admission.mutate({ ...request, object: tracked });
  const prepared = nextGeneration(resource, prepare(context, rr, allocate(context, rr, admitted, old), old), old);
  guard(context, rr, prepared, old);
  requireValid(resource, info.name, objectFindings(prepared, old, resource, clock, subresource));
  admission.validate(
    as ? { ...request, subresource: as.subresource, old: as.show(old), object: as.show(prepared) } : { ...request, object: prepared },
  );
  for (const text of resource.definition.warnings?.(prepared, old) ?? []) warn(text);
  return commitChange(context, rr, prepared, old);
}

/** An unchanged object is not written; one that was waiting for its last finalizer goes. */
export function commitChange(context: ServerContext, rr: ResourceRequest, object: KubeObject, old: KubeObject): KubeObject {
  const stamped: KubeObject = { ...object, metadata: { ...object.metadata, resourceVersion: old.metadata.resourceVersion ?? '' } };
  if (deepEqual(stamped.status, old.status) && deepEqual(stamped.spec, old.spec) && deepEqual(stamped, old)) return old;
  if (isGone(stamped, old)) return commitDelete(context, rr, stamped);
  return commitUpdate(context, rr, stamped, old);
}

const isGone = ({ metadata }: KubeObject, old: KubeObject): boolean =>
  metadata.deletionTimestamp !== undefined &&
  (metadata.finalizers ?? []).length === 0 &&
  (old.metadata.finalizers ?? []).length > 0 &&
  (metadata.deletionGracePeriodSeconds ?? 0) === 0;

function prepare({ clock }: ServerContext, { resource, info }: ResourceRequest, object: KubeObject, old: KubeObject): KubeObject {
  const { definition } = resource;
  const context = { clock, subresource: info.subresource };
  if (info.subresource) {
    const rules = definition.subresources?.[info.subresource];
    return rules?.prepareForUpdate?.(object, old, context) ?? (info.subresource === 'status' ? onlyStatus(object, old) : object);
  }
  return definition.prepareForUpdate?.(object, old, context) ?? (hasSubresource(resource, 'status') ? exceptStatus(object, old) : object);
}

function onlyStatus(object: KubeObject, old: KubeObject): KubeObject {
  const { labels: _labels, ...metadata } = object.metadata;
  const { labels } = old.metadata;
  return { ...old, metadata: { ...metadata, ...(labels ? { labels } : {}) }, ...(object.status === undefined ? {} : { status: object.status }) };
}

function exceptStatus(object: KubeObject, old: KubeObject): KubeObject {
  const { status: _status, ...rest } = object;
  return { ...(rest as KubeObject), ...(old.status === undefined ? {} : { status: old.status }) };
}

function checkIdentity({ info }: ResourceRequest, { metadata }: KubeObject): void {
  if (metadata.namespace && info.namespace && metadata.namespace !== info.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  if (!metadata.name) throw badRequest(`the name of the object (${info.name} based on URL) was undeterminable: name must be provided`);
  if (metadata.name !== info.name) {
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${info.name})`);
  }
}

/** A replacement may say which object it means. */
function checkUid({ resource, info }: ResourceRequest, { metadata }: KubeObject, old: KubeObject): void {
  if (!metadata.uid || metadata.uid === old.metadata.uid) return;
  const key = `/registry/${resource.resource}/${info.namespace ? `${info.namespace}/` : ''}${info.name}`;
  const why = `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${old.metadata.uid}`;
  throw conflict(nameOf(resource), info.name, `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`);
}

function checkResourceVersion({ resource, info }: ResourceRequest, { metadata }: KubeObject, old: KubeObject): void {
  const { resourceVersion } = metadata;
  if (!resourceVersion || resourceVersion === '0') {
    refuseUnconditional(resource, info.name);
    return;
  }
  if (!/^\d+$/.test(resourceVersion)) {
    throw new StatusError({ code: 500, reason: '', message: `strconv.ParseUint: parsing ${JSON.stringify(resourceVersion)}: invalid syntax` });
  }
  if (resourceVersion !== old.metadata.resourceVersion) throw conflict(nameOf(resource), info.name, MODIFIED);
}
