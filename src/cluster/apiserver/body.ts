import { apiVersionOf, type KubeObject, parseApiVersion } from '../../api/machinery/object.ts';
import { badRequest } from '../../api/machinery/status-error.ts';
import type { ResourceRequest } from './context.ts';

/** The object that a request carries, decoded as the given kind and with its defaults filled in. */
export function decodeObject(rr: ResourceRequest, body: unknown = rr.request.body): KubeObject {
  const parsed = typeof body === 'string' ? parseJson(body) : structuredClone(body);
  if (typeof parsed !== 'object' || parsed === null) throw badRequest('the request carries no object');
  const object = withIdentity(parsed as Partial<KubeObject>, rr);
  const { definition } = rr.resource;
  return definition.defaults ? definition.defaults(object) : object;
}

function withIdentity(given: Partial<KubeObject>, { resource }: ResourceRequest): KubeObject {
  const apiVersion = given.apiVersion ?? apiVersionOf(resource);
  const kind = given.kind ?? resource.kind;
  const { group, version } = parseApiVersion(apiVersion);
  if (group !== resource.group || version !== resource.version || kind !== resource.kind) {
    throw badRequest(
      `${kind} in version "${version}" cannot be handled as a ${resource.kind}: converting (${apiVersion}, Kind=${kind}) to (${apiVersionOf(resource)}, Kind=${resource.kind})`,
    );
  }
  return { ...given, apiVersion, kind, metadata: given.metadata ?? {} };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(`the request body is not JSON: ${String(error)}`);
  }
}
