import { forbidden, StatusError } from '../../../api/machinery/status-error.ts';
import type { ServerContext } from '../context.ts';
import type { RequestInfo } from '../request-info.ts';
import type { UserInfo } from '../user.ts';
import type { Attributes } from './authorizer.ts';

export function requireAuthorized({ authorizer }: ServerContext, info: RequestInfo, user: UserInfo): void {
  const attributes: Attributes = { ...info, user };
  const { allowed, reason } = authorizer.authorize(attributes);
  if (!allowed) throw denied(attributes, reason);
}

export function denied(attributes: Attributes, reason: string): StatusError {
  const why = reason ? `${sentence(attributes)}: ${reason}` : sentence(attributes);
  const { isResource, group, resource, name } = attributes;
  if (isResource) return forbidden({ group, resource }, name, why);
  return new StatusError({ code: 403, reason: 'Forbidden', message: `forbidden: ${why}`, details: {} });
}

function sentence({ user, isResource, verb, path, group, resource, subresource, namespace }: Attributes): string {
  const who = `User ${JSON.stringify(user.name)} cannot ${verb}`;
  if (!isResource) return `${who} path ${JSON.stringify(path)}`;
  const what = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace ? `in the namespace ${JSON.stringify(namespace)}` : 'at the cluster scope';
  return `${who} resource ${JSON.stringify(what)} in API group ${JSON.stringify(group)} ${where}`;
}
