import type { Transport } from '../api/client/transport.ts';
import type { Clock } from '../clock/index.ts';
import { type ApiServer, type ApiServerOptions, createApiServer } from './apiserver/api-server.ts';
import { bootstrap } from './apiserver/bootstrap.ts';
import { MASTERS, type UserInfo } from './apiserver/user.ts';
import { expireEvents } from './store/expire-events.ts';
import { Store } from './store/index.ts';

/** Where both groups of events are stored. */
const EVENTS = '/events';

export interface ControlPlaneOptions extends Omit<ApiServerOptions, 'store'> {
  readonly clock: Clock;
}

/** A store and an API server with the objects that every cluster starts with; nobody acts on them yet. */
export interface ControlPlane {
  readonly store: Store;
  readonly apiServer: ApiServer;
  transport(user: UserInfo): Transport;
  admin(): Transport;
}

export function createControlPlane(options: ControlPlaneOptions): ControlPlane {
  const store = new Store();
  const apiServer = createApiServer({ ...options, store });
  bootstrap(apiServer.context);
  expireEvents(store, EVENTS, options.clock);
  const transport = (user: UserInfo) => apiServer.transport(user);
  return { store, apiServer, transport, admin: () => transport({ name: 'kubernetes-admin', groups: [MASTERS] }) };
}
