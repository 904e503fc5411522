import type { KubeObject } from '../../../api/machinery/object.ts';
import { alreadyExists, conflict, StatusError } from '../../../api/machinery/status-error.ts';
import { StoreConflict } from '../../store/index.ts';
import type { ResourceRequest, ServerContext } from '../context.ts';
import { fromStorage, toStorage } from '../conversion.ts';
import { nameOf, type ServedResource } from '../served-resource.ts';

export const MODIFIED = 'the object has been modified; please apply your changes to the latest version and try again';

/** Stores a new object; a dry run stops short of it. What is read from the store has its defaults, those for generated fields too. */
export function commitCreate({ store }: ServerContext, { resource, dryRun }: ResourceRequest, object: KubeObject): KubeObject {
  const { namespace = '', name = '' } = object.metadata;
  const present = store.get(resource.bucket, namespace, name);
  if (present) throw exists(resource, name, present.metadata.deletionTimestamp !== undefined);
  const full = resource.definition.prepareForCreate ? (resource.definition.defaults?.(object) ?? object) : object;
  if (dryRun) return full;
  return fromStorage(store.create(resource.bucket, toStorage(full, resource)), resource);
}

function exists(resource: ServedResource, name: string, going: boolean): StatusError {
  const { status } = alreadyExists(nameOf(resource), name);
  return StatusError.from(going ? { ...status, message: `object is being deleted: ${status.message}` } : status);
}

export function commitUpdate({ store }: ServerContext, { resource, dryRun }: ResourceRequest, object: KubeObject, old: KubeObject): KubeObject {
  if (dryRun) return object;
  try {
    return fromStorage(store.update(resource.bucket, toStorage(object, resource), { expected: old.metadata.resourceVersion }), resource);
  } catch (error) {
    if (error instanceof StoreConflict) throw conflict(nameOf(resource), object.metadata.name ?? '', MODIFIED);
    throw error;
  }
}

export function commitDelete({ store }: ServerContext, { resource, dryRun }: ResourceRequest, object: KubeObject): KubeObject {
  if (dryRun) return object;
  return fromStorage(store.delete(resource.bucket, object.metadata.namespace ?? '', object.metadata.name ?? ''), resource);
}
