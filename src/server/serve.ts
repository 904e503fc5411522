import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ApiResponse } from '../api/client/transport.ts';
import { acceptUpgrade } from './accept-upgrade.ts';
import { kubeconfig } from './kubeconfig.ts';
import { isLocal } from './local-request.ts';
import { readRequest, type ServedRequest } from './read-request.ts';
import type { Enter } from './streaming/session.ts';
import { writeResponse } from './write-response.ts';

/** What the outside world is let in to. */
export interface ServedApi {
  /** Authenticates by client certificate or bearer token, and answers. */
  http(request: ServedRequest): Promise<ApiResponse>;
}

export interface ServeOptions {
  readonly api: ServedApi;
  /** 0 picks a free one. */
  readonly port: number;
  /** PEM of the server's certificate and key, and of the CA that signed it and the clients'. */
  readonly server: { readonly certificate: string; readonly key: string };
  readonly caCertificate: string;
  /** The admin's certificate and key, for the kubeconfig. */
  readonly admin: { readonly certificate: string; readonly key: string };
  /** Written with mode 0600 when given. */
  readonly kubeconfigPath?: string;
  /** Runs an action at the cluster's present instant. */
  readonly enter?: Enter;
}

export interface Serving {
  readonly port: number;
  readonly url: string;
  readonly kubeconfig: string;
  close(): Promise<void>;
}

/** Puts HTTPS around an API server, on the loopback address only. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { api, server, caCertificate } = options;
  const enter = options.enter ? entering(options.enter) : DIRECT;
  const https = createServer({
    cert: server.certificate,
    key: server.key,
    ca: caCertificate,
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
  });
  https.on('request', (incoming, outgoing) => {
    if (!isLocal(incoming)) return void outgoing.writeHead(403).end();
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    readRequest(incoming, gone.signal)
      .then((request) => enter(() => api.http(request)))
      .then((response) => writeResponse(incoming, outgoing, response, enter))
      .catch(() => outgoing.destroy());
  });
  const upgraded = new Set<Duplex>();
  https.on('upgrade', (incoming, socket, head) => {
    if (!isLocal(incoming)) return void socket.destroy();
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    acceptUpgrade((request) => api.http(request), enter, incoming, socket, head).catch(() => socket.destroy());
  });
  const port = await listen(https, options.port);
  const url = `https://127.0.0.1:${port}`;
  const config = kubeconfig({ url, caCertificate, ...options.admin });
  if (options.kubeconfigPath) {
    writeFileSync(options.kubeconfigPath, config, { mode: 0o600 });
    chmodSync(options.kubeconfigPath, 0o600);
  }
  return { port, url, kubeconfig: config, close: () => close(https, upgraded) };
}

const DIRECT: Enter = (action) => action();

/** What fails inside surfaces here, not as a rejection that nobody awaits while the cluster's clock moves. */
const entering =
  (enter: Enter): Enter =>
  async (action) => {
    const outcome = await enter(() => action().then((value) => () => value, rethrow));
    return outcome();
  };

const rethrow = (error: unknown) => (): never => {
  throw error;
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** Upgraded connections are no longer the server's own: it waits for them, but cannot close them. */
const close = (server: Server, upgraded: ReadonlySet<Duplex>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
    for (const socket of upgraded) socket.destroy();
  });
