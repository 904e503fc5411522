import { toBytes } from '../../machine/pipe.ts';

/** A client that attaches as soon as a container runs is there before its first word: so much of the beginning is kept for it. */
const OPENING_MS = 1_000;

/** Bytes for whoever is listening at the moment: an attached terminal. */
export class Broadcast {
  readonly #listeners = new Set<(chunk: Uint8Array | null) => void>();
  readonly #now: () => number;
  readonly #startedAt: number;
  #opening: Uint8Array[] = [];
  #ended = false;

  constructor(now: () => number) {
    this.#now = now;
    this.#startedAt = now();
  }

  push(data: string | Uint8Array): void {
    const opening = this.#isOpening();
    if (!opening && this.#listeners.size === 0) return;
    const chunk = toBytes(data);
    if (opening) this.#opening.push(chunk);
    for (const listener of this.#listeners) listener(chunk);
  }

  end(): void {
    this.#ended = true;
    for (const listener of this.#listeners) listener(null);
  }

  /** Listens from now on, even before the first chunk is asked for. */
  listen(signal?: AbortSignal): AsyncIterable<Uint8Array> {
    const chunks: (Uint8Array | null)[] = this.#isOpening() ? [...this.#opening] : [];
    if (this.#ended) chunks.push(null);
    let wake: () => void = () => undefined;
    const listener = (chunk: Uint8Array | null) => {
      chunks.push(chunk);
      wake();
    };
    const stop = () => listener(null);
    signal?.addEventListener('abort', stop, { once: true });
    this.#listeners.add(listener);
    const leave = () => {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', stop);
    };
    return drained(
      () => chunks.shift(),
      () =>
        new Promise<void>((resolve) => {
          wake = resolve;
        }),
      leave,
    );
  }

  #isOpening(): boolean {
    if (this.#now() - this.#startedAt <= OPENING_MS) return true;
    this.#opening = [];
    return false;
  }
}

async function* drained(next: () => Uint8Array | null | undefined, more: () => Promise<void>, leave: () => void): AsyncIterable<Uint8Array> {
  try {
    for (;;) {
      const chunk = next();
      if (chunk === null) return;
      if (chunk) yield chunk;
      else await more();
    }
  } finally {
    leave();
  }
}
