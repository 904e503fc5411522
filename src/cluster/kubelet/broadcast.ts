import { toBytes } from '../../machine/pipe.ts';

/** Bytes for whoever is listening at the moment: an attached terminal. */
export class Broadcast {
  readonly #listeners = new Set<(chunk: Uint8Array | null) => void>();
  #ended = false;

  push(data: string | Uint8Array): void {
    if (this.#listeners.size === 0) return;
    const chunk = toBytes(data);
    for (const listener of this.#listeners) listener(chunk);
  }

  end(): void {
    this.#ended = true;
    for (const listener of this.#listeners) listener(null);
  }

  async *listen(signal?: AbortSignal): AsyncIterable<Uint8Array> {
    const chunks: (Uint8Array | null)[] = this.#ended ? [null] : [];
    let wake: () => void = () => undefined;
    const listener = (chunk: Uint8Array | null) => {
      chunks.push(chunk);
      wake();
    };
    const stop = () => listener(null);
    signal?.addEventListener('abort', stop, { once: true });
    this.#listeners.add(listener);
    try {
      for (;;) {
        const chunk = chunks.shift();
        if (chunk === null || signal?.aborted) return;
        if (chunk) yield chunk;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', stop);
    }
  }
}
