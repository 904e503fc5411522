import { badRequest } from '../../api/machinery/status-error.ts';
import type { DeleteOptions } from '../../api/schema/generated/types.ts';
import type { ResourceRequest } from './context.ts';
import { queryValue } from './request-info.ts';

/** From the body, or from the query when there is none. */
export function decodeDeleteOptions({ request }: ResourceRequest): DeleteOptions {
  const { body } = request;
  if (body !== undefined && body !== null && body !== '') return parse(body);
  const grace = queryValue(request, 'gracePeriodSeconds');
  const propagationPolicy = queryValue(request, 'propagationPolicy');
  const orphan = queryValue(request, 'orphanDependents');
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(grace === undefined ? {} : { gracePeriodSeconds: Number(grace) }),
    ...(propagationPolicy ? { propagationPolicy } : {}),
    ...(orphan === undefined ? {} : { orphanDependents: orphan === 'true' }),
  };
}

function parse(body: unknown): DeleteOptions {
  const value: unknown = typeof body === 'string' ? JSON.parse(body) : body;
  if (typeof value !== 'object' || value === null) throw badRequest('expected DeleteOptions');
  return value as DeleteOptions;
}
