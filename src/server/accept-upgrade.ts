import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ApiResponse } from '../api/client/transport.ts';
import { requestOf, type ServedRequest } from './read-request.ts';
import type { Enter } from './streaming/session.ts';
import { negotiate } from './streaming/upgrade.ts';

type Http = (request: ServedRequest) => Promise<ApiResponse>;

/** exec, attach and port-forward: asks the API server first, as the request it is, and upgrades only what it grants. */
export async function acceptUpgrade(http: Http, enter: Enter, incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  const gone = new AbortController();
  socket.on('error', () => socket.destroy());
  socket.on('close', () => gone.abort());
  if (head.length > 0) socket.unshift(head);
  const response = await enter(() => http(requestOf(incoming, gone.signal)));
  const { upgrade } = response;
  if (!upgrade) return refuse(socket, response);
  gone.signal.addEventListener('abort', () => upgrade.close(), { once: true });
  const agreed = negotiate(incoming, socket);
  if ('refusal' in agreed) {
    upgrade.close();
    return refuse(socket, { status: 501, headers: { 'content-type': 'text/plain' }, body: `${agreed.refusal}\n` });
  }
  socket.write(['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', ...agreed.headers, '', ''].join('\r\n'));
  await agreed.serve(upgrade, enter);
}

function refuse(socket: Duplex, { status, headers, body }: ApiResponse): void {
  const payload = Buffer.from(typeof body === 'string' ? body : `${JSON.stringify(body ?? {})}\n`);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${payload.length}`,
    'connection: close',
  ];
  socket.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), payload]));
}
