import type { ApiRequest } from '../../../api/client/transport.ts';
import { StatusError } from '../../../api/machinery/status-error.ts';
import type { Attributes } from '../authz/authorizer.ts';
import { denied } from '../authz/require.ts';
import type { ServerContext } from '../context.ts';
import { anonymous, authenticated, serviceAccountGroups, type UserInfo } from '../user.ts';

const EXTRA = 'impersonate-extra-';

/** The user a request is made for: whoever its impersonation headers name, if the caller may. */
export function impersonated(context: ServerContext, { headers = {} }: ApiRequest, caller: UserInfo): UserInfo {
  const name = headers['impersonate-user'] ?? '';
  const uid = headers['impersonate-uid'] ?? '';
  const groups = (headers['impersonate-group'] ?? '')
    .split(',')
    .map((g) => g.trim())
    .filter(Boolean);
  const extra = Object.entries(headers)
    .filter(([key]) => key.startsWith(EXTRA))
    .map(([key, value]) => [decodeURIComponent(key.slice(EXTRA.length)), value.split(',').map((v) => v.trim())] as const);
  if (!name) {
    if (uid || groups.length > 0 || extra.length > 0)
      throw internal(`requested ${JSON.stringify(uid ? { uid } : { groups })} without impersonating a user`);
    return caller;
  }
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name);
  const may = (attributes: Partial<Attributes>) => requireImpersonate(context, caller, attributes);
  if (account) may({ resource: 'serviceaccounts', namespace: account[1] ?? '', name: account[2] ?? '' });
  else may({ resource: 'users', name });
  for (const group of groups) may({ resource: 'groups', name: group });
  if (uid) may({ group: 'authentication.k8s.io', resource: 'uids', name: uid });
  for (const [key, values] of extra)
    for (const value of values) may({ group: 'authentication.k8s.io', resource: 'userextras', subresource: key, name: value });
  const own = account && groups.length === 0 ? serviceAccountGroups(account[1] ?? '') : groups;
  const user = { name, groups: own, ...(uid ? { uid } : {}), ...(extra.length > 0 ? { extra: Object.fromEntries(extra) } : {}) };
  return name === anonymous.name ? { ...user, groups: own.length > 0 ? own : anonymous.groups } : authenticated(user);
}

function requireImpersonate({ authorizer }: ServerContext, user: UserInfo, about: Partial<Attributes>): void {
  const attributes: Attributes = {
    user,
    verb: 'impersonate',
    isResource: true,
    group: '',
    version: 'v1',
    subresource: '',
    resource: '',
    namespace: '',
    name: '',
    path: '',
    ...about,
  };
  const { allowed, reason } = authorizer.authorize(attributes);
  if (!allowed) throw denied(attributes, reason);
}

const internal = (message: string): StatusError =>
  new StatusError({ code: 500, reason: 'InternalError', message: `Internal error occurred: ${message}` });
