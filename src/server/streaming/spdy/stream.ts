type Send = (data: Uint8Array, last: boolean) => Promise<void>;

const PART = 64 * 1024;

/** One stream of a connection: what the client sends waits here until it is read. */
export class SpdyStream {
  readonly id: number;
  readonly #headers: ReadonlyMap<string, string>;
  readonly #send: Send;
  readonly #chunks: Uint8Array[] = [];
  #finished = false;
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(id: number, headers: ReadonlyMap<string, string>, send: Send) {
    this.id = id;
    this.#headers = headers;
    this.#send = send;
  }

  header(name: string): string {
    return this.#headers.get(name) ?? '';
  }

  receive(data: Uint8Array): void {
    if (this.#finished) return;
    this.#chunks.push(Uint8Array.from(data));
    this.#wake();
  }

  /** The client sends no more. */
  finish(): void {
    this.#finished = true;
    this.#wake();
  }

  async *read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) yield chunk;
      else if (this.#finished) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  async write(data: Uint8Array): Promise<void> {
    for (let at = 0; at < data.length && !this.#ended; at += PART) await this.#send(data.subarray(at, at + PART), false);
  }

  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#send(new Uint8Array(), true);
  }
}
