import type { ApiRequest } from '../../../api/client/transport.ts';
import type { ServerContext } from '../context.ts';
import type { UserInfo } from '../user.ts';

export function impersonated(_context: ServerContext, _request: ApiRequest, user: UserInfo): UserInfo {
  return user;
}
