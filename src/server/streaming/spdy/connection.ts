import type { ByteLink } from '../byte-link.ts';
import { emptyHeaders, HeaderReader } from './header-blocks.ts';
import { SpdyStream } from './stream.ts';

const SYN_STREAM = 1;
const SYN_REPLY = 2;
const RST_STREAM = 3;
const PING = 6;
const FIN = 1;
/** A control frame's first two bytes: the control bit and the version. */
const CONTROL = 0x8003;
const LIMIT = 16 * 1024 * 1024;

/** The server's end of a SPDY/3.1 connection, as far as Kubernetes uses it: streams that the client opens, and pings. */
export class SpdyConnection {
  readonly #link: ByteLink;
  readonly #streams = new Map<number, SpdyStream>();
  readonly #headers = new HeaderReader();
  readonly #onStream: (stream: SpdyStream) => void;
  #replied = false;

  constructor(link: ByteLink, onStream: (stream: SpdyStream) => void) {
    this.#link = link;
    this.#onStream = onStream;
  }

  /** Serves the connection until it ends. */
  async run(): Promise<void> {
    let held: Buffer = Buffer.alloc(0);
    try {
      for await (const chunk of this.#link.read) {
        held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
        while (held.length >= 8 && held.length >= 8 + held.readUIntBE(5, 3)) {
          const size = 8 + held.readUIntBE(5, 3);
          await this.#receive(held.subarray(0, size));
          held = held.subarray(size);
        }
        if (held.length > LIMIT) break;
      }
    } finally {
      for (const stream of this.#streams.values()) stream.finish();
      this.#headers.close();
      this.#link.end();
    }
  }

  close(): void {
    this.#link.end();
  }

  async #receive(frame: Buffer): Promise<void> {
    const flags = frame[4] ?? 0;
    const payload = frame.subarray(8);
    if (frame.readUInt16BE(0) < 0x8000) return this.#receiveData(frame.readUInt32BE(0), payload, flags);
    switch (frame.readUInt16BE(2)) {
      case SYN_STREAM:
        return this.#open(payload, flags);
      case RST_STREAM:
        return this.#streams.get(streamId(payload))?.finish();
      case PING:
        return this.#link.write(frame);
      default:
        return undefined;
    }
  }

  async #receiveData(id: number, data: Uint8Array, flags: number): Promise<void> {
    const stream = this.#streams.get(id);
    if (data.length > 0) stream?.receive(data);
    if (flags & FIN) stream?.finish();
  }

  async #open(payload: Buffer, flags: number): Promise<void> {
    const id = streamId(payload);
    const headers = await this.#headers.read(payload.subarray(10));
    const stream = new SpdyStream(id, headers, (data, last) => this.#sendData(id, data, last));
    this.#streams.set(id, stream);
    if (flags & FIN) stream.finish();
    const reply = Buffer.alloc(4);
    reply.writeUInt32BE(id);
    const block = emptyHeaders(!this.#replied);
    this.#replied = true;
    await this.#link.write(controlFrame(SYN_REPLY, Buffer.concat([reply, block])));
    this.#onStream(stream);
  }

  #sendData(id: number, data: Uint8Array, last: boolean): Promise<void> {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(id);
    head.writeUInt32BE(data.length + (last ? FIN * 2 ** 24 : 0), 4);
    return this.#link.write(Buffer.concat([head, data]));
  }
}

const streamId = (payload: Buffer): number => payload.readUInt32BE(0) & 0x7fffffff;

function controlFrame(type: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(CONTROL);
  head.writeUInt16BE(type, 2);
  head.writeUInt32BE(payload.length, 4);
  return Buffer.concat([head, payload]);
}
