import type { Sink, Source, Tty } from '../streams.ts';

/** What a stream needs to know of the process that uses it. */
export interface Holder {
  readonly signal: AbortSignal;
  alive(): Promise<void>;
}

/** A process's view of a stream: waits end when the process dies, and pause while it is stopped. */
export class GuardedSource implements Source {
  readonly raw: Source;
  readonly #holder: Holder;

  constructor(holder: Holder, source: Source) {
    this.raw = raw(source);
    this.#holder = holder;
  }

  get tty(): Tty | undefined {
    return this.raw.tty;
  }

  async read(): Promise<Uint8Array | null> {
    await this.#holder.alive();
    return untilDeath(this.#holder.signal, this.raw.read());
  }

  close(): void {
    this.raw.close();
  }
}

export class GuardedSink implements Sink {
  readonly raw: Sink;
  readonly #holder: Holder;

  constructor(holder: Holder, sink: Sink) {
    this.raw = raw(sink);
    this.#holder = holder;
  }

  get tty(): Tty | undefined {
    return this.raw.tty;
  }

  async write(data: string | Uint8Array): Promise<void> {
    await this.#holder.alive();
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
