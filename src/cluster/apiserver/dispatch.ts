import type { ApiResponse } from '../../api/client/transport.ts';
import { StatusError } from '../../api/machinery/status-error.ts';
import type { ResourceRequest, Result, ServerContext } from './context.ts';
import { presenter } from './representation.ts';
import { requireWriteOptions } from './request-options.ts';
import { jsonResponse } from './responses.ts';
import { subresourceHandler } from './subresources/index.ts';
import { createReview, isReview } from './subresources/reviews.ts';
import { createObject } from './verbs/create.ts';
import { deleteCollection, deleteObject } from './verbs/delete.ts';
import { listObject, listPage } from './verbs/list.ts';
import { patchObject } from './verbs/patch.ts';
import { getObject } from './verbs/read.ts';
import { updateObject } from './verbs/update.ts';
import { openWatch } from './verbs/watch.ts';

/** Hands an authorised request to the handler of its verb or subresource. */
export function dispatch(context: ServerContext, rr: ResourceRequest): ApiResponse | Promise<ApiResponse> {
  const { info, resource, request } = rr;
  requireWriteOptions(rr);
  if (info.subresource) return subresourceHandler(context, rr, (result) => respond(context, rr, result));
  if (!resource.verbs.includes(info.verb)) throw notAllowed();
  const present = presenter(request, resource, context.clock);
  switch (info.verb) {
    case 'list':
      return jsonResponse(present.list(listObject(listPage(context, rr), rr)));
    case 'watch':
      return { ...jsonResponse(undefined), watch: openWatch(context, rr, present.event) };
    default:
      return respond(context, rr, handle(context, rr));
  }
}

function handle(context: ServerContext, rr: ResourceRequest): Result {
  switch (rr.info.verb) {
    case 'get':
      return getObject(context, rr);
    case 'create':
      return isReview(rr.resource.resource) ? createReview(context, rr) : createObject(context, rr);
    case 'update':
      return updateObject(context, rr);
    case 'patch':
      return patchObject(context, rr);
    case 'delete':
      return deleteObject(context, rr);
    case 'deletecollection':
      return deleteCollection(context, rr);
    default:
      throw notAllowed();
  }
}

function respond({ clock }: ServerContext, { request }: ResourceRequest, result: Result): ApiResponse {
  if (result.shape === 'raw') return jsonResponse(result.body, result.status);
  return jsonResponse(presenter(request, result.resource, clock).one(result.object), result.status);
}

export const notAllowed = (): StatusError =>
  new StatusError({ code: 405, reason: 'MethodNotAllowed', message: 'the server does not allow this method on the requested resource', details: {} });
