import { badRequest, StatusError } from '../../../api/machinery/status-error.ts';
import type { ResourceRequest } from '../context.ts';

const ACCEPTED =
  'application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml, application/apply-patch+cbor';

export const patchType = ({ request }: ResourceRequest): string => (request.headers?.['content-type'] ?? '').split(';')[0]?.trim() ?? '';

export function patchBody({ request }: ResourceRequest): unknown {
  if (typeof request.body !== 'string') return request.body;
  try {
    return JSON.parse(request.body);
  } catch (error) {
    throw badRequest(`error decoding patch: ${String(error)}`);
  }
}

/** The three kinds of patch that change what is there; apply has its own way. */
export function applyAnyPatch(rr: ResourceRequest, target: unknown): unknown {
  const patch = patchBody(rr);
  switch (patchType(rr)) {
    case 'application/merge-patch+json':
    case 'application/strategic-merge-patch+json':
      return merge(target, patch);
    default:
      throw new StatusError({
        code: 415,
        reason: 'UnsupportedMediaType',
        message: `the body of the request was in an unknown format - accepted media types include: ${ACCEPTED}`,
      });
  }
}

function merge(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}
