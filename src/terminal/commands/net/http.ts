import { STATUS_CODES } from 'node:http';
import { type Connection, type HttpResponse, NetworkError, type Process } from '../../../machine/index.ts';
import { askOverStream } from './over-stream.ts';
import { TlsError, verifyServer } from './tls.ts';
import type { Url } from './url.ts';

export interface ExchangeRequest {
  readonly url: Url;
  readonly connectTo: { readonly host: string; readonly port: number };
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Virtual milliseconds for the whole exchange. */
  readonly timeout?: number | undefined;
  readonly insecure?: boolean;
  /** PEM of the authorities to trust besides those of the machine. */
  readonly trusted?: string | undefined;
  /** PEM of the certificate that the client shows. */
  readonly clientCertificate?: string | undefined;
  onConnected?(address: string, port: number): Promise<void>;
}

export interface Exchange {
  readonly response: HttpResponse;
  readonly reason: string;
  readonly remote: { readonly address: string; readonly port: number };
  readonly body: AsyncIterable<Uint8Array>;
}

/** One HTTP request over the machine's network. Rejects with NetworkError (`response` as its message means that only the answer failed to come) or TlsError. */
export async function httpExchange(process: Process, request: ExchangeRequest): Promise<Exchange> {
  const { connectTo, timeout } = request;
  const connection = await process.machine.network.connect(connectTo, { signal: process.signal, ...(timeout !== undefined && { timeout }) });
  await request.onConnected?.(connection.remote.address, connection.remote.port);
  if (request.url.scheme === 'https') secure(process, connection, request);
  const answer = ask(connection, request);
  const response = await (timeout === undefined ? answer : Promise.race([answer, expire(process, timeout)]));
  return { response: withLength(response), reason: STATUS_CODES[response.status] ?? '', remote: connection.remote, body: bodyOf(response) };
}

function secure(process: Process, { service }: Connection, { url, insecure = false, trusted }: ExchangeRequest): void {
  if (!service.tls) throw new TlsError('no-tls');
  if (!insecure) verifyServer(process.machine, service.tls, { host: url.host, now: process.clock.now(), trusted });
}

async function expire(process: Process, timeout: number): Promise<never> {
  await process.sleep(timeout);
  throw new NetworkError('ETIMEDOUT', 'response');
}

function ask(connection: Connection, request: ExchangeRequest): Promise<HttpResponse> {
  const { service, local } = connection;
  const { url, method, headers, body, clientCertificate } = request;
  if (!service.http) return askOverStream(connection.stream(), request);
  if (service.tls && url.scheme === 'http') {
    return Promise.resolve({ status: 400, headers: { 'content-type': 'text/plain' }, body: 'Client sent an HTTP request to an HTTPS server.\n' });
  }
  const [path = '/', query = ''] = url.target.split('?', 2);
  return service.http({
    method,
    path,
    query: queryOf(query),
    headers: { ...headers },
    body,
    remoteAddress: local.address,
    ...(service.tls && clientCertificate !== undefined && { clientCertificate }),
  });
}

function queryOf(text: string): Record<string, string | readonly string[]> {
  const params = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => [name, params.getAll(name).length > 1 ? params.getAll(name) : (params.get(name) ?? '')]),
  );
}

function withLength(response: HttpResponse): HttpResponse {
  if (response.bytes || response.headers['content-length'] !== undefined) return response;
  return { ...response, headers: { ...response.headers, 'content-length': String(bytesOf(response.body).length) } };
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body, null, 2));
}

async function* bodyOf(response: HttpResponse): AsyncGenerator<Uint8Array> {
  if (response.bytes) yield* response.bytes;
  else {
    const bytes = bytesOf(response.body);
    if (bytes.length > 0) yield bytes;
  }
}
