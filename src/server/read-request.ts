import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import type { ApiRequest, HttpMethod } from '../api/client/transport.ts';
import { decodeProtobuf, isProtobuf } from './protobuf/decode.ts';

/** A request together with who sent it. */
export interface ServedRequest extends ApiRequest {
  readonly remoteAddress?: string;
  /** PEM. */
  readonly clientCertificate?: string;
}

const LIMIT = 3 * 1024 * 1024;

export async function readRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<ServedRequest> {
  const body = await readBody(incoming);
  if (body.length === 0) return requestOf(incoming, signal);
  return { ...requestOf(incoming, signal), body: decoded(incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body) };
}

/** A request as its head tells it. */
export function requestOf(incoming: IncomingMessage, signal: AbortSignal): ServedRequest {
  const url = new URL(incoming.url ?? '/', 'https://127.0.0.1');
  const clientCertificate = certificateOf(incoming.socket as TLSSocket);
  return {
    method: (incoming.method ?? 'GET') as HttpMethod,
    path: url.pathname,
    query: queryOf(url),
    headers: headersOf(incoming),
    signal,
    ...(incoming.socket.remoteAddress ? { remoteAddress: incoming.socket.remoteAddress } : {}),
    ...(clientCertificate ? { clientCertificate } : {}),
  };
}

/** JSON and YAML are left to the API server; protobuf is turned into the object it stands for. */
const decoded = (body: Buffer): unknown => (isProtobuf(body) ? (decodeProtobuf(body) ?? {}) : body.toString());

function headersOf(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]));
}

function queryOf({ searchParams }: URL): Record<string, string | string[]> {
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size > LIMIT) throw new RangeError('the request is too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function certificateOf(socket: TLSSocket): string | undefined {
  const { raw } = socket.getPeerCertificate() ?? {};
  return raw
    ? `-----BEGIN CERTIFICATE-----\n${raw
        .toString('base64')
        .replace(/(.{64})/g, '$1\n')
        .trimEnd()}\n-----END CERTIFICATE-----\n`
    : undefined;
}
