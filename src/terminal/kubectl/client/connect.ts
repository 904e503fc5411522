import { type ApiResponse, ConnectionError, type Transport } from '../../../api/client/transport.ts';
import { NetworkError, type Process, type TlsServer } from '../../../machine/index.ts';
import { parseCertificate, readPem, toPem, verifyCertificate } from '../../../machine/x509/index.ts';
import type { ClientConfig } from '../config/client-config.ts';
import type { GlobalOptions } from '../flags/global.ts';
import { Api } from './api.ts';
import { requestLog } from './request-log.ts';

/** The name under which a machine offers a ready-made Transport, in place of its network. */
export const transportFacility = 'kubernetes-transport';

export function connect(process: Process, config: () => ClientConfig, global: GlobalOptions): Api {
  const warn = (warning: string) => process.error(`Warning: ${warning}\n`);
  const given = process.machine.facilities.get(transportFacility) as Transport | undefined;
  if (given && (global.kubeconfig || global.context || global.cluster || global.user)) config();
  const loggingTo = (server: string) => ({ log: requestLog(process, { verbosity: global.v, server }), now: () => process.clock.now() });
  if (given) return new Api({ transport: given, host: 'localhost:6443', headers: flagHeaders(global), warn, ...loggingTo('https://localhost:6443') });
  const resolved = config();
  const url = new URL(resolved.server);
  const transport = networkTransport(process, resolved, url);
  return new Api({ transport, host: hostOf(url), headers: identityHeaders(resolved), warn, ...loggingTo(url.href.replace(/\/$/, '')) });
}

const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
const hostOf = (url: URL): string => url.host;

function flagHeaders(global: GlobalOptions): Record<string, string> {
  return {
    ...(global.token ? { authorization: `Bearer ${global.token}` } : {}),
    ...(global.as ? impersonation({ user: global.as, groups: global['as-group'], uid: global['as-uid'] }) : {}),
  };
}

function identityHeaders({ token, basic, impersonate }: ClientConfig): Record<string, string> {
  return {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(!token && basic ? { authorization: `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}` } : {}),
    ...(impersonate ? impersonation(impersonate) : {}),
  };
}

function impersonation({ user, groups, uid }: { user: string; groups: readonly string[]; uid: string }): Record<string, string> {
  return {
    'impersonate-user': user,
    ...(groups.length > 0 ? { 'impersonate-group': groups.join(',') } : {}),
    ...(uid ? { 'impersonate-uid': uid } : {}),
  };
}

function networkTransport(process: Process, config: ClientConfig, url: URL): Transport {
  const prefix = url.pathname.replace(/\/$/, '');
  return async (request) => {
    const connection = await opened(process, url);
    const { service, local } = connection;
    if (url.protocol === 'https:' && !service.tls) throw new ConnectionError('http: server gave HTTP response to HTTPS client');
    if (service.tls && url.protocol === 'https:') verifyServer(service.tls, config, url, process.clock.now());
    if (!service.http) throw new ConnectionError('EOF');
    const response = await service.http({
      ...request,
      path: `${prefix}${request.path}`,
      remoteAddress: local.address,
      ...(url.protocol === 'https:' && config.certificate && !config.token ? { clientCertificate: config.certificate } : {}),
    });
    return response as ApiResponse;
  };
}

/** Refuses a server that the kubeconfig's authority does not vouch for, in Go's words. */
function verifyServer({ certificate }: TlsServer, config: ClientConfig, url: URL, now: number): void {
  if (config.insecure) return;
  const [leaf, ...intermediates] = certificatesOf(certificate);
  if (!leaf) throw new ConnectionError('tls: failed to parse certificate from server');
  const host = config.serverName ?? url.hostname.replace(/^\[|\]$/g, '');
  const problem = verifyCertificate(leaf, { roots: certificatesOf(config.authority ?? ''), intermediates, now, usage: 'server auth', host });
  if (problem) throw new ConnectionError(`tls: failed to verify certificate: ${problem}`);
}

const certificatesOf = (pem: string) =>
  readPem(pem)
    .filter(({ label }) => label === 'CERTIFICATE')
    .map(({ label, der }) => parseCertificate(toPem(label, der)))
    .filter((certificate) => certificate !== undefined);

async function opened(process: Process, url: URL) {
  try {
    return await process.machine.network.connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port: portOf(url) }, { signal: process.signal });
  } catch (error) {
    if (error instanceof NetworkError) throw new ConnectionError(dialText(error, url));
    throw error;
  }
}

/** As Go's net package words a failed dial. */
function dialText(error: NetworkError, url: URL): string {
  const target = `${error.address ?? url.hostname}:${portOf(url)}`;
  switch (error.code) {
    case 'ENOTFOUND':
      return `dial tcp: lookup ${url.hostname}: no such host`;
    case 'EAI_AGAIN':
      return `dial tcp: lookup ${url.hostname}: i/o timeout`;
    case 'ECONNREFUSED':
      return `dial tcp ${target}: connect: connection refused`;
    case 'EHOSTUNREACH':
      return `dial tcp ${target}: connect: no route to host`;
    case 'ENETUNREACH':
      return `dial tcp ${target}: connect: network is unreachable`;
    case 'ECONNRESET':
      return `read tcp ${target}: read: connection reset by peer`;
    default:
      return `dial tcp ${target}: i/o timeout`;
  }
}
