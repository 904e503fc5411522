import type { ApiResponse } from '../../../api/client/transport.ts';
import { notFound } from '../../../api/machinery/status-error.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { notAllowed } from '../dispatch.ts';
import { unknownResource } from '../non-resource.ts';
import { nameOf } from '../served-resource.ts';
import { patchObject } from '../verbs/patch.ts';
import { getObject } from '../verbs/read.ts';
import { updateObject } from '../verbs/update.ts';
import { bindPod } from './binding.ts';
import { evictPod } from './eviction.ts';
import { finalizeNamespace } from './finalize.ts';
import { scaleSubresource } from './scale.ts';
import { STREAMS } from './streams.ts';
import { requestToken } from './token.ts';

type Handler = (context: ServerContext, rr: ResourceRequest) => Result;

/** Subresources with a way of their own; the rest read, replace and patch the object itself under their own rules. */
const OWN: Readonly<Record<string, Handler>> = {
  scale: scaleSubresource,
  'pods/binding': bindPod,
  'pods/eviction': evictPod,
  'serviceaccounts/token': requestToken,
  'namespaces/finalize': finalizeNamespace,
};

const PLAIN: Readonly<Record<string, Handler>> = { get: getObject, update: updateObject, patch: patchObject };

export function subresourceHandler(
  context: ServerContext,
  rr: ResourceRequest,
  respond: (result: Result) => ApiResponse,
): ApiResponse | Promise<ApiResponse> {
  const { resource, info } = rr;
  const declared = resource.subresources.find(({ subresource }) => subresource === info.subresource);
  if (!declared) throw resource.custom ? notFound(nameOf(resource), info.name) : unknownResource();
  if (!declared.verbs.includes(info.verb)) throw notAllowed();
  const stream = resource.group === '' && resource.resource === 'pods' ? STREAMS[info.subresource] : undefined;
  if (stream) return stream(context, rr);
  const handler = OWN[`${resource.resource}/${info.subresource}`] ?? OWN[info.subresource] ?? PLAIN[info.verb];
  if (!handler) throw notAllowed();
  return respond(handler(context, rr));
}
