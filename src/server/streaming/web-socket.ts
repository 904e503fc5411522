import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { type ByteLink, writeTo } from './byte-link.ts';

interface Frame {
  readonly final: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
}

const CONTINUATION = 0;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const NORMAL = Buffer.from([0x03, 0xe8]);
const LIMIT = 32 * 1024 * 1024;

/** What a server answers to the key of a WebSocket handshake (RFC 6455, 4.2.2). */
export const acceptKey = (key: string): string => createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

/** The server's end of an upgraded WebSocket. */
export class WebSocket {
  readonly #socket: Duplex;
  #closing = false;

  constructor(socket: Duplex) {
    this.#socket = socket;
  }

  /** Whole messages, until either side closes. */
  async *messages(): AsyncGenerator<Uint8Array> {
    const parts: Buffer[] = [];
    for await (const { final, opcode, payload } of readFrames(this.#socket)) {
      if (opcode === PING) await this.#send(PONG, payload);
      else if (opcode === CLOSE) return this.close();
      else if (opcode <= BINARY) {
        if (opcode !== CONTINUATION) parts.length = 0;
        parts.push(payload);
        if (parts.reduce((sum, { length }) => sum + length, 0) > LIMIT) return this.close();
        if (final) yield Buffer.concat(parts.splice(0));
      }
    }
  }

  send(data: Uint8Array): Promise<void> {
    return this.#send(BINARY, data);
  }

  close(): void {
    if (this.#closing) return;
    void this.#send(CLOSE, NORMAL);
    this.#closing = true;
    this.#socket.end();
  }

  async #send(opcode: number, payload: Uint8Array): Promise<void> {
    if (!this.#closing) await writeTo(this.#socket, Buffer.concat([header(opcode, payload.length), payload]));
  }
}

/** A WebSocket whose messages are no more than a stretch of bytes. */
export const webSocketLink = (socket: WebSocket): ByteLink => ({
  read: socket.messages(),
  write: (data) => socket.send(data),
  end: () => socket.close(),
});

function header(opcode: number, length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | opcode, length]);
  const long = length > 0xffff;
  const bytes = Buffer.alloc(long ? 10 : 4);
  bytes[0] = 0x80 | opcode;
  bytes[1] = long ? 127 : 126;
  if (long) bytes.writeBigUInt64BE(BigInt(length), 2);
  else bytes.writeUInt16BE(length, 2);
  return bytes;
}

async function* readFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    for (let next = takeFrame(held); next; next = takeFrame(held)) {
      held = held.subarray(next.size);
      yield next.frame;
    }
  }
}

function takeFrame(bytes: Buffer): { frame: Frame; size: number } | undefined {
  const [first = 0, second = 0] = bytes;
  const short = second & 0x7f;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  const masked = (second & 0x80) !== 0;
  const at = start + (masked ? 4 : 0);
  if (bytes.length < Math.max(2, at)) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (length > LIMIT) throw new RangeError('the WebSocket frame is too large');
  if (bytes.length < at + length) return undefined;
  const payload = Buffer.from(bytes.subarray(at, at + length));
  if (masked) unmask(payload, bytes.subarray(start, at));
  return { frame: { final: (first & 0x80) !== 0, opcode: first & 0x0f, payload }, size: at + length };
}

function unmask(payload: Buffer, key: Buffer): void {
  for (let i = 0; i < payload.length; i++) payload[i] = (payload[i] ?? 0) ^ (key[i % 4] ?? 0);
}
