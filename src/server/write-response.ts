import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { ApiResponse, WatchEvent, WatchStream } from '../api/client/transport.ts';
import { encodeOpenApi, isOpenApiDocument, OPENAPI_PROTOBUF, wantsOpenApiProtobuf } from './protobuf/openapi-document.ts';
import { type Enter, stepsOf } from './streaming/session.ts';

/** As upstream: smaller answers are not worth the work. */
const GZIP_FROM = 128 * 1024;

export async function writeResponse(incoming: IncomingMessage, outgoing: ServerResponse, response: ApiResponse, enter: Enter): Promise<void> {
  if (response.upgrade) {
    response.upgrade.close();
    return writeJson(incoming, outgoing, { ...response, status: 400, body: upgradeRequired() });
  }
  if (isOpenApiDocument(response.body) && wantsOpenApiProtobuf(incoming.headers.accept ?? '')) {
    outgoing.setHeader('content-type', OPENAPI_PROTOBUF);
    return send(incoming, outgoing, response.status, encodeOpenApi(response.body));
  }
  if (!acceptable(incoming)) return writeJson(incoming, outgoing, { ...response, status: 406, body: notAcceptable() });
  for (const warning of response.warnings ?? []) outgoing.appendHeader('warning', `299 - ${JSON.stringify(warning)}`);
  for (const [name, value] of Object.entries(response.headers)) outgoing.setHeader(name, value);
  if (response.watch) return streamWatch(outgoing, response.watch);
  if (response.bytes) return streamBytes(outgoing, response, enter);
  if (typeof response.body === 'string') return writeText(incoming, outgoing, response.status, response.body);
  return writeJson(incoming, outgoing, response);
}

/** Only JSON (and text) is spoken here; a client that takes nothing but protobuf is told so. */
function acceptable({ headers }: IncomingMessage): boolean {
  const accept = headers.accept ?? '*/*';
  return accept.split(',').some((part) => !/protobuf|cbor/.test(part));
}

const upgradeRequired = () => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'Upgrade request required',
  reason: 'BadRequest',
  code: 400,
});

const notAcceptable = () => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'only the following media types are accepted: application/json, application/yaml',
  reason: 'NotAcceptable',
  code: 406,
});

function writeText(incoming: IncomingMessage, outgoing: ServerResponse, status: number, text: string): void {
  send(incoming, outgoing, status, Buffer.from(text));
}

function writeJson(incoming: IncomingMessage, outgoing: ServerResponse, { status, headers, body }: ApiResponse): void {
  outgoing.setHeader('content-type', headers['content-type'] ?? 'application/json');
  send(incoming, outgoing, status, Buffer.from(`${JSON.stringify(body)}\n`));
}

function send(incoming: IncomingMessage, outgoing: ServerResponse, status: number, bytes: Buffer): void {
  const zip = bytes.length >= GZIP_FROM && /\bgzip\b/.test(String(incoming.headers['accept-encoding'] ?? ''));
  const payload = zip ? gzipSync(bytes, { level: 1 }) : bytes;
  if (zip) outgoing.setHeader('content-encoding', 'gzip');
  outgoing.writeHead(status, { 'content-length': payload.length });
  outgoing.end(incoming.method === 'HEAD' ? undefined : payload);
}

function streamWatch(outgoing: ServerResponse, watch: WatchStream): void {
  outgoing.writeHead(200, { 'content-type': 'application/json' });
  outgoing.flushHeaders();
  outgoing.on('close', () => watch.stop());
  watch.listen(
    (event: WatchEvent) => outgoing.write(`${JSON.stringify(event)}\n`),
    () => outgoing.end(),
  );
}

async function streamBytes(outgoing: ServerResponse, { status, bytes }: ApiResponse, enter: Enter): Promise<void> {
  outgoing.writeHead(status);
  outgoing.flushHeaders();
  const next = stepsOf(bytes, enter);
  for (let step = await next(); !step.done && !outgoing.destroyed; step = await next()) outgoing.write(step.value);
  outgoing.end();
}
