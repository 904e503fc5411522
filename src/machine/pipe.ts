import { BrokenPipe, type Sink, type Source } from './streams.ts';

/** An end of a stream that several processes can hold: it closes when the last one is gone. */
export interface Shared {
  hold(): void;
  release(): void;
}

export const isShared = (end: object): end is Shared => 'hold' in end && 'release' in end;

const encoder = new TextEncoder();
export const toBytes = (data: string | Uint8Array): Uint8Array => (typeof data === 'string' ? encoder.encode(data) : data);

const CAPACITY = 65_536;

class Pipe {
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  readonly #capacity: number;
  #ended = false;
  #broken = false;
  #readers: (() => void)[] = [];
  #writers: (() => void)[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  async read(signal?: AbortSignal): Promise<Uint8Array | null> {
    for (;;) {
      signal?.throwIfAborted();
      const chunk = this.#chunks.shift();
      if (chunk) {
        this.#size -= chunk.length;
        this.#wake(this.#writers);
        return chunk;
      }
      if (this.#ended || this.#broken) return null;
      await awoken(this.#readers, signal);
    }
  }

  async write(data: string | Uint8Array): Promise<void> {
    const chunk = toBytes(data);
    while (!this.#broken && this.#size >= this.#capacity) await new Promise<void>((resolve) => this.#writers.push(resolve));
    if (this.#broken || this.#ended) throw new BrokenPipe('Broken pipe');
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    this.#wake(this.#readers);
  }

  end(): void {
    this.#ended = true;
    this.#wake(this.#readers);
  }

  close(): void {
    this.#broken = true;
    this.#chunks.length = 0;
    this.#wake(this.#writers);
    this.#wake(this.#readers);
  }

  #wake(waiting: (() => void)[]): void {
    for (const resume of waiting.splice(0)) resume();
  }
}

/** Waits for its turn among those who wait, or for the abort. */
export function awoken(waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    waiting.push(wake);
    signal?.addEventListener('abort', wake, { once: true });
  });
}

function holders(last: () => void): Shared {
  let count = 0;
  return {
    hold: () => {
      count++;
    },
    release: () => {
      if (--count === 0) last();
    },
  };
}

/** A pipe with the capacity of Linux's; each end closes when the last process that held it has ended. */
export function createPipe({ capacity = CAPACITY } = {}): { source: Source & Shared; sink: Sink & Shared } {
  const pipe = new Pipe(capacity);
  return {
    source: { read: (signal) => pipe.read(signal), close: () => pipe.close(), ...holders(() => pipe.close()) },
    sink: { write: (data) => pipe.write(data), end: () => pipe.end(), ...holders(() => pipe.end()) },
  };
}

export interface BufferSink extends Sink {
  text(): string;
  bytes(): Uint8Array;
}

/** Collects what is written, up to `limit` bytes; the rest breaks the pipe. */
export function createBuffer({ limit = Number.POSITIVE_INFINITY } = {}): BufferSink {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const bytes = () => Buffer.concat(chunks);
  return {
    async write(data) {
      if (size > limit) throw new BrokenPipe('Broken pipe');
      const chunk = toBytes(data);
      size += chunk.length;
      chunks.push(chunk);
    },
    end: () => undefined,
    bytes,
    text: () => bytes().toString('utf8'),
  };
}

/** Reads given bytes, in chunks, then ends. */
export function sourceOf(data: string | Uint8Array, chunkSize = CAPACITY): Source {
  const bytes = toBytes(data);
  let at = 0;
  return {
    async read() {
      if (at >= bytes.length) return null;
      const chunk = bytes.subarray(at, at + chunkSize);
      at += chunk.length;
      return chunk;
    },
    close: () => {
      at = bytes.length;
    },
  };
}

export const emptySource: Source = { read: async () => null, close: () => undefined };
export const nullSink: Sink = { write: async () => undefined, end: () => undefined };
export const zeroSource: Source = { read: async () => new Uint8Array(4096), close: () => undefined };
