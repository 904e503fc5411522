import type { UpgradedStream } from '../../api/client/transport.ts';
import { type Enter, outputOf, resizeTo, type SessionRequest } from './session.ts';
import type { WebSocket } from './web-socket.ts';

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const ERROR = 3;
const RESIZE = 4;
/** v5 only: the client sends no more on the channel that follows. */
const CLOSED = 255;

/** exec and attach over a WebSocket: the first byte of every message is its channel. */
export async function serveWebSocketSession(socket: WebSocket, stream: UpgradedStream, wanted: SessionRequest, enter: Enter): Promise<void> {
  const carryOutput = outputOf(stream, wanted, enter);
  const on = (channel: number) => (data: Uint8Array) => socket.send(Buffer.concat([Buffer.from([channel]), data]));
  await on(wanted.stdout ? STDOUT : wanted.stderr ? STDERR : ERROR)(new Uint8Array());
  const input = carryInput(socket, stream, enter).finally(() => stream.close());
  await Promise.race([input, carryOutput({ stdout: on(STDOUT), stderr: on(STDERR), status: (text) => on(ERROR)(Buffer.from(text)) })]);
  socket.close();
}

async function carryInput(socket: WebSocket, stream: UpgradedStream, enter: Enter): Promise<void> {
  for await (const message of socket.messages()) {
    const [channel, about] = message;
    const data = message.subarray(1);
    if (channel === STDIN && data.length > 0) await enter(async () => stream.stdin?.write(data)).catch(() => undefined);
    else if (channel === RESIZE) await enter(async () => resizeTo(stream, Buffer.from(data).toString()));
    else if (channel === CLOSED && about === STDIN) await enter(async () => stream.stdin?.end());
  }
}
