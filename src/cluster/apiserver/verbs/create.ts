import type { KubeObject } from '../../../api/machinery/object.ts';
import { badRequest, StatusError } from '../../../api/machinery/status-error.ts';
import { decodeObject } from '../body.ts';
import type { ResourceRequest, Result, ServerContext } from '../context.ts';
import { countsGenerations, newObjectMeta, withGeneration } from '../object-meta.ts';
import { withOwnership } from '../ownership.ts';
import { requireValid } from '../requirements.ts';
import { allocate, guard } from '../storage-rules.ts';
import { objectFindings } from '../strategy.ts';
import { commitCreate } from './commit.ts';

export function createObject(context: ServerContext, rr: ResourceRequest): Result {
  const object = createDecoded(context, rr, decodeObject(rr));
  return { shape: 'object', object, status: 201, resource: rr.resource };
}

/** From the decoded object to the stored one. */
export function createDecoded(context: ServerContext, rr: ResourceRequest, decoded: KubeObject, owned = false): KubeObject {
  const { clock, admission } = context;
  const { resource, user, dryRun, warn } = rr;
  const namespace = requestNamespace(rr, decoded);
  const request = {
    operation: 'CREATE',
    resource,
    subresource: '',
    namespace,
    name: decoded.metadata.name ?? '',
    user,
    dryRun,
    old: undefined,
    warn,
  } as const;
  const meta = newObjectMeta(decoded.metadata, resource, namespace, clock);
  const stamped = { ...decoded, metadata: meta };
  const admitted = admission.mutate({ ...request, object: owned ? stamped : withOwnership(context, rr, stamped, undefined) });
  const prepared = prepare(context, rr, allocate(context, rr, admitted, undefined));
  guard(context, rr, prepared, undefined);
  requireValid(resource, prepared.metadata.name ?? '', objectFindings(prepared, undefined, resource, clock));
  admission.validate({ ...request, name: prepared.metadata.name ?? '', object: prepared });
  for (const text of resource.definition.warnings?.(prepared, undefined) ?? []) warn(text);
  return commitCreate(context, rr, prepared);
}

function prepare({ clock }: ServerContext, { resource }: ResourceRequest, object: KubeObject): KubeObject {
  const { definition, subresources } = resource;
  const own = definition.prepareForCreate?.(object, { clock, subresource: '' }) ?? withoutStatus(object, subresources);
  return countsGenerations(resource, own) ? withGeneration(own, 1) : own;
}

/** A client may not set the status where it has a subresource of its own. */
function withoutStatus(object: KubeObject, subresources: ResourceRequest['resource']['subresources']): KubeObject {
  if (!subresources.some((s) => s.subresource === 'status')) return object;
  const { status: _status, ...rest } = object;
  return rest as KubeObject;
}

function requestNamespace({ info, resource }: ResourceRequest, object: KubeObject): string {
  if (!resource.namespaced) return '';
  const given = object.metadata.namespace;
  if (given && info.namespace && given !== info.namespace) {
    throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
  }
  if (!info.namespace) {
    throw new StatusError({
      code: 405,
      reason: 'MethodNotAllowed',
      message: 'the server does not allow this method on the requested resource',
      details: {},
    });
  }
  return info.namespace;
}
