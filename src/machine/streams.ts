/** The reading end of a stream. */
export interface Source {
  /** The next chunk, or null at the end. Chunks are never empty. An aborted read takes nothing and rejects with the signal's reason. */
  read(signal?: AbortSignal): Promise<Uint8Array | null>;
  /** Says that nobody will read any more: the writer's next write fails with BrokenPipe. */
  close(): void;
  /** The terminal behind this end, if any (`test -t 0`). */
  readonly tty?: Tty;
}

/** The writing end of a stream; text is written as UTF-8. A write resolves when the other side has room for more. */
export interface Sink {
  /** Rejects with BrokenPipe when nobody reads. */
  write(data: string | Uint8Array): Promise<void>;
  end(): void;
  readonly tty?: Tty;
}

export interface TtySize {
  columns: number;
  rows: number;
}

/**
 * A terminal with its line discipline, between a keyboard and screen on one side and processes on the other.
 * Cooked: echoes, edits the line, ^C and ^Z signal the foreground process group, ^D is end of file. Raw: bytes go through.
 */
export interface Tty {
  readonly size: TtySize;
  raw: boolean;
  /** Rejects never; returns a function that unsubscribes. */
  onResize(listener: (size: TtySize) => void): () => void;
  /** Who gets ^C and ^Z: a process group id. */
  foreground: number;
  /** What /dev/tty reads and writes. */
  readonly source?: Source;
  readonly sink?: Sink;
}

export class BrokenPipe extends Error {
  override readonly name = 'BrokenPipe';
}
