import type { KubeObject } from '../../../api/machinery/object.ts';
import { notFound } from '../../../api/machinery/status-error.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { fromStorage } from '../conversion.ts';
import { nameOf } from '../served-resource.ts';

export function getObject(context: ServerContext, rr: ResourceRequest): Result {
  return { shape: 'object', object: stored(context, rr), resource: rr.resource };
}

/** What the store holds under the request's name, in the request's version; throws NotFound. */
export function stored(context: ServerContext, rr: ResourceRequest): KubeObject {
  const found = findStored(context, rr);
  if (!found) throw notFound(nameOf(rr.resource), rr.info.name);
  return found;
}

export function findStored({ store }: ServerContext, { info, resource }: ResourceRequest): KubeObject | undefined {
  const object = store.get(resource.bucket, resource.namespaced ? info.namespace : '', info.name);
  return object && fromStorage(object, resource);
}
