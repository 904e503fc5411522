import type { KubeObject } from '../../api/machinery/object.ts';
import { allocateService } from './allocation/service-allocation.ts';
import { requireNoEscalation } from './authz/escalation.ts';
import type { ResourceRequest, ServerContext } from './context.ts';

/** What a resource's storage adds before validation, as upstream's REST storage does: addresses and ports of Services, who asks for a certificate. */
export function allocate(context: ServerContext, rr: ResourceRequest, object: KubeObject, old: KubeObject | undefined): KubeObject {
  const { group, resource } = rr.resource;
  if (resource === 'certificatesigningrequests' && !rr.info.subresource) return withRequester(rr, object, old);
  if (group !== '' || resource !== 'services' || rr.info.subresource) return object;
  return allocateService(context, rr, object, old);
}

/** What a resource's storage refuses in the name of others' rights. */
export function guard(context: ServerContext, rr: ResourceRequest, object: KubeObject, old: KubeObject | undefined): void {
  requireNoEscalation(context, rr, object, old);
}

/** A signing request says who made it; nobody can say so for another. */
function withRequester({ user }: ResourceRequest, object: KubeObject, old: KubeObject | undefined): KubeObject {
  if (old) return object;
  const { username: _name, uid: _uid, groups: _groups, extra: _extra, ...spec } = (object.spec ?? {}) as Record<string, unknown>;
  const { name, uid, groups, extra } = user;
  return { ...object, spec: { ...spec, username: name, ...(uid ? { uid } : {}), groups, ...(extra ? { extra } : {}) } };
}
