import { badRequest } from '../../api/machinery/status-error.ts';
import { DecodeError, decode } from '../../api/schema/decode.ts';
import { definitionSchema } from '../../api/schema/definitions.ts';
import type { DeleteOptions } from '../../api/schema/generated/types.ts';
import { parseBody } from './body.ts';
import type { ResourceRequest } from './context.ts';
import { integerValue, isTrue, queryValue } from './request-info.ts';
import { requireDeleteOptions } from './request-options.ts';

const DELETE_OPTIONS = 'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions';

/** From the body, or from the query when there is none. */
export function decodeDeleteOptions(rr: ResourceRequest): DeleteOptions {
  const { body } = rr.request;
  const options = body === undefined || body === null || body === '' ? fromQuery(rr) : fromBody(rr);
  requireDeleteOptions(options);
  return (options.gracePeriodSeconds ?? 0) < 0 ? { ...options, gracePeriodSeconds: 1 } : options;
}

function fromBody(rr: ResourceRequest): DeleteOptions {
  const { value } = parseBody(rr);
  const schema = definitionSchema(DELETE_OPTIONS);
  try {
    return (schema ? decode(schema, value ?? {}).object : {}) as DeleteOptions;
  } catch (error) {
    if (error instanceof DecodeError) throw badRequest(error.message);
    throw error;
  }
}

function fromQuery({ request }: ResourceRequest): DeleteOptions {
  const grace = integerValue(request, 'gracePeriodSeconds');
  const propagationPolicy = queryValue(request, 'propagationPolicy');
  const orphan = queryValue(request, 'orphanDependents');
  const dryRun = queryValue(request, 'dryRun');
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
    ...(propagationPolicy ? { propagationPolicy } : {}),
    ...(orphan === undefined ? {} : { orphanDependents: isTrue(orphan) }),
    ...(dryRun === undefined ? {} : { dryRun: [dryRun] }),
  };
}
