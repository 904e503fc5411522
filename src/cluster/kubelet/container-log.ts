import type { Sink } from '../../machine/index.ts';

export interface LogLine {
  readonly time: number;
  readonly stream: 'stdout' | 'stderr';
  /** With its newline, unless the writer has not ended it yet. */
  readonly text: string;
}

const decoder = new TextDecoder();
const MAX_BYTES = 10 * 1024 * 1024;

/** What one container instance printed, line by line. */
export class ContainerLog {
  readonly #now: () => number;
  readonly #lines: LogLine[] = [];
  readonly #partial = { stdout: '', stderr: '' };
  readonly #listeners = new Set<() => void>();
  #size = 0;
  #dropped = 0;
  closed = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  sink(stream: 'stdout' | 'stderr'): Sink {
    return {
      write: async (data) => this.append(stream, typeof data === 'string' ? data : decoder.decode(data)),
      end: () => undefined,
    };
  }

  append(stream: 'stdout' | 'stderr', text: string): void {
    if (text === '') return;
    const pieces = `${this.#partial[stream]}${text}`.split('\n');
    this.#partial[stream] = pieces.pop() ?? '';
    for (const piece of pieces) this.#push({ time: this.#now(), stream, text: `${piece}\n` });
    this.#notify();
  }

  close(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.#partial[stream]) this.#push({ time: this.#now(), stream, text: this.#partial[stream] });
      this.#partial[stream] = '';
    }
    this.closed = true;
    this.#notify();
  }

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** How many lines rotation has thrown away: line n of the container is `lines[n - dropped]`. */
  get dropped(): number {
    return this.#dropped;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #push(line: LogLine): void {
    this.#lines.push(line);
    this.#size += line.text.length;
    while (this.#size > MAX_BYTES) {
      this.#size -= this.#lines.shift()?.text.length ?? this.#size;
      this.#dropped++;
    }
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
