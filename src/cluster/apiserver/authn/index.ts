import type { StatusError } from '../../../api/machinery/status-error.ts';
import type { HttpRequest } from '../../../machine/network.ts';
import type { ServerContext } from '../context.ts';
import type { UserInfo } from '../user.ts';

/** Undefined for a request without credentials; a StatusError for one whose credentials do not hold. */
export type Authenticate = (request: HttpRequest) => UserInfo | StatusError | undefined;

export function createAuthenticator(_context: ServerContext): Authenticate {
  return () => undefined;
}
