import type { Sink, Source, Tty } from '../streams.ts';

/** What a stream needs to know of the process that uses it. */
export interface Holder {
  readonly signal: AbortSignal;
  alive(): Promise<void>;
  breathe(): Promise<void>;
}

/** So often a process may read or write before it must breathe: two processes that feed each other for ever do not hang the world. */
const OPERATIONS_PER_BREATH = 512;

/** What a reader took too much of, by stream: whoever reads next gets it first. */
const unreadChunks = new WeakMap<Source, Uint8Array[]>();

/** Gives bytes back to a source, to be read first by whoever reads it next. */
export function unread(source: Source, chunk: Uint8Array): void {
  if (chunk.length === 0) return;
  const key = raw(source);
  const waiting = unreadChunks.get(key) ?? [];
  waiting.unshift(chunk);
  unreadChunks.set(key, waiting);
}

/** Reads, bytes given back first. */
export async function readChunk(source: Source, signal?: AbortSignal): Promise<Uint8Array | null> {
  return unreadChunks.get(raw(source))?.shift() ?? source.read(signal);
}

/** A process's view of a stream: waits end when the process dies, and pause while it is stopped. */
export class GuardedSource implements Source {
  readonly raw: Source;
  readonly #holder: Holder;
  #operations = 0;

  constructor(holder: Holder, source: Source) {
    this.raw = raw(source);
    this.#holder = holder;
  }

  get tty(): Tty | undefined {
    return this.raw.tty;
  }

  async read(signal?: AbortSignal): Promise<Uint8Array | null> {
    await this.#holder.alive();
    if (++this.#operations % OPERATIONS_PER_BREATH === 0) await this.#holder.breathe();
    const both = signal ? AbortSignal.any([signal, this.#holder.signal]) : this.#holder.signal;
    return untilDeath(both, readChunk(this.raw, both));
  }

  close(): void {
    this.raw.close();
  }
}

export class GuardedSink implements Sink {
  readonly raw: Sink;
  readonly #holder: Holder;
  #operations = 0;

  constructor(holder: Holder, sink: Sink) {
    this.raw = raw(sink);
    this.#holder = holder;
  }

  get tty(): Tty | undefined {
    return this.raw.tty;
  }

  async write(data: string | Uint8Array): Promise<void> {
    await this.#holder.alive();
    if (++this.#operations % OPERATIONS_PER_BREATH === 0) await this.#holder.breathe();
    return untilDeath(this.#holder.signal, this.raw.write(data));
  }

  end(): void {
    this.raw.end();
  }
}

/** The stream itself, to be handed to another process. */
export function raw<T extends Source | Sink>(stream: T): T {
  return stream instanceof GuardedSource || stream instanceof GuardedSink ? (stream.raw as T) : stream;
}

export function untilDeath<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      promise.catch(() => undefined);
      return reject(signal.reason);
    }
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const done = () => signal.removeEventListener('abort', abort);
    promise.then(
      (value) => {
        done();
        resolve(value);
      },
      (error) => {
        done();
        reject(error);
      },
    );
  });
}
