import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { UpgradedStream } from '../../api/client/transport.ts';
import { type ByteLink, socketLink } from './byte-link.ts';
import { servePortForward } from './port-forward.ts';
import type { Enter, SessionRequest } from './session.ts';
import { serveSpdySession } from './spdy-session.ts';
import { acceptKey, WebSocket, webSocketLink } from './web-socket.ts';
import { serveWebSocketSession } from './web-socket-session.ts';

/** How a client wants to talk once it is through. */
export interface Upgrade {
  readonly protocol: string;
  readonly headers: readonly string[];
  serve(stream: UpgradedStream, enter: Enter): Promise<void>;
}

const SPDY_SESSION = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const WEB_SOCKET_SESSION = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const SPDY_FORWARD = ['portforward.k8s.io'];
const TUNNELLED_FORWARD = ['SPDY/3.1+portforward.k8s.io'];

/** What the two sides can agree on, or why they cannot. */
export function negotiate(incoming: IncomingMessage, socket: Duplex): Upgrade | { readonly refusal: string } {
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'https://127.0.0.1');
  const forwards = pathname.endsWith('/portforward');
  const flag = (name: string) => /^(true|1)$/.test(searchParams.get(name) ?? '');
  const wanted = { stdin: flag('stdin'), stdout: flag('stdout'), stderr: flag('stderr'), tty: flag('tty') };
  switch (incoming.headers.upgrade?.toLowerCase()) {
    case 'websocket':
      return overWebSocket(incoming, socket, forwards, wanted);
    case 'spdy/3.1':
      return overSpdy(incoming, socket, forwards, wanted);
    default:
      return { refusal: `unable to upgrade: ${incoming.headers.upgrade} is neither SPDY/3.1 nor websocket` };
  }
}

function overWebSocket(incoming: IncomingMessage, socket: Duplex, forwards: boolean, wanted: SessionRequest): Upgrade | { refusal: string } {
  const offered = listed(incoming.headers['sec-websocket-protocol']);
  const protocol = chosen(offered, forwards ? TUNNELLED_FORWARD : WEB_SOCKET_SESSION);
  const key = incoming.headers['sec-websocket-key'];
  if (!protocol || !key) return { refusal: `kubeproctor does not simulate these WebSocket subprotocols: ${offered.join(', ')}` };
  const headers = ['Upgrade: websocket', `Sec-WebSocket-Accept: ${acceptKey(key)}`, `Sec-WebSocket-Protocol: ${protocol}`];
  const serve: Upgrade['serve'] = (stream, enter) => {
    const end = new WebSocket(socket);
    return forwards ? servePortForward(webSocketLink(end), stream, enter) : serveWebSocketSession(end, stream, wanted, enter);
  };
  return { protocol, headers, serve };
}

function overSpdy(incoming: IncomingMessage, socket: Duplex, forwards: boolean, wanted: SessionRequest): Upgrade | { refusal: string } {
  const offered = listed(incoming.headers['x-stream-protocol-version']);
  const protocol = chosen(offered, forwards ? SPDY_FORWARD : SPDY_SESSION);
  if (!protocol) return { refusal: `kubeproctor does not simulate these stream protocols: ${offered.join(', ')}` };
  const headers = ['Upgrade: SPDY/3.1', `X-Stream-Protocol-Version: ${protocol}`];
  const link: ByteLink = socketLink(socket);
  return {
    protocol,
    headers,
    serve: (stream, enter) => (forwards ? servePortForward(link, stream, enter) : serveSpdySession(link, stream, wanted, enter)),
  };
}

const listed = (header: string | readonly string[] | undefined): string[] =>
  String(header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

const chosen = (offered: readonly string[], known: readonly string[]): string | undefined => known.find((name) => offered.includes(name));
