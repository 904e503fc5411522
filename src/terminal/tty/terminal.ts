import { awoken, type SignalName, type Sink, type Source, type Tty, type TtySize } from '../../machine/index.ts';

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  /** Signals a process group of the machine this terminal belongs to. */
  readonly kill: (pgid: number, signal: SignalName) => void;
}

const encoder = new TextEncoder();
const SIGNAL_KEYS: Readonly<Record<string, SignalName>> = { '\x03': 'SIGINT', '\x1a': 'SIGTSTP', '\x1c': 'SIGQUIT' };

/** A pseudo-terminal: keys go in by `input`, what the screen must show comes out by `onOutput`. */
export class Terminal implements Tty {
  size: TtySize;
  raw = false;
  foreground = 0;
  readonly source: Source;
  readonly sink: Sink;
  readonly #kill: TerminalOptions['kill'];
  readonly #resized = new Set<(size: TtySize) => void>();
  readonly #shown = new Set<(text: string) => void>();
  readonly #decoder = new TextDecoder();
  /** What waits to be read; null is one end of file. */
  #ready: (Uint8Array | null)[] = [];
  #readers: (() => void)[] = [];
  #line = '';
  #hungUp = false;

  constructor({ columns = 80, rows = 24, kill }: TerminalOptions) {
    this.size = { columns, rows };
    this.#kill = kill;
    this.source = { read: (signal) => this.#read(signal), close: () => undefined, tty: this };
    this.sink = { write: async (data) => this.#write(data), end: () => undefined, tty: this };
  }

  onResize(listener: (size: TtySize) => void): () => void {
    this.#resized.add(listener);
    return () => this.#resized.delete(listener);
  }

  onOutput(listener: (text: string) => void): () => void {
    this.#shown.add(listener);
    return () => this.#shown.delete(listener);
  }

  resize(columns: number, rows: number): void {
    this.size = { columns, rows };
    for (const listener of [...this.#resized]) listener(this.size);
    if (this.foreground) this.#kill(this.foreground, 'SIGWINCH');
  }

  /** The user closed the window. */
  hangUp(): void {
    this.#hungUp = true;
    if (this.foreground) this.#kill(this.foreground, 'SIGHUP');
    this.#wake();
  }

  input(data: string): void {
    if (this.raw) {
      this.#deliver(encoder.encode(data));
      return;
    }
    const keys = [...data];
    for (const [i, key] of keys.entries()) {
      if (this.raw) {
        this.#deliver(encoder.encode(keys.slice(i).join('')));
        return;
      }
      this.#key(key);
    }
  }

  #key(key: string): void {
    const signal = SIGNAL_KEYS[key];
    if (signal) {
      this.#line = '';
      this.#show(caret(key));
      if (this.foreground) this.#kill(this.foreground, signal);
    } else if (key === '\x04') this.#endOfFile();
    else if (key === '\x7f' || key === '\b') this.#erase(1);
    else if (key === '\x15') this.#erase([...this.#line].length);
    else if (key === '\x17') this.#erase([...(/\S*\s*$/.exec(this.#line)?.[0] ?? '')].length);
    else if (key === '\r' || key === '\n') {
      this.#show('\r\n');
      this.#deliver(encoder.encode(`${this.#line}\n`));
      this.#line = '';
    } else {
      this.#line += key;
      this.#show(key < ' ' && key !== '\t' ? caret(key) : key);
    }
  }

  #endOfFile(): void {
    if (this.#line === '') this.#ready.push(null);
    else this.#deliver(encoder.encode(this.#line));
    this.#line = '';
    this.#wake();
  }

  #erase(count: number): void {
    const kept = [...this.#line];
    const gone = kept.splice(Math.max(0, kept.length - count));
    const columns = gone.reduce((sum, char) => sum + columnsOf(char), 0);
    this.#show('\b \b'.repeat(columns));
    this.#line = kept.join('');
  }

  #deliver(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#ready.push(bytes);
    this.#wake();
  }

  async #read(signal?: AbortSignal): Promise<Uint8Array | null> {
    for (;;) {
      signal?.throwIfAborted();
      const chunk = this.#ready.shift();
      if (chunk !== undefined) return chunk;
      if (this.#hungUp) return null;
      await awoken(this.#readers, signal);
    }
  }

  #wake(): void {
    for (const resume of this.#readers.splice(0)) resume();
  }

  #write(data: string | Uint8Array): void {
    const text = typeof data === 'string' ? data : this.#decoder.decode(data, { stream: true });
    this.#show(text.replace(/\r?\n/g, '\r\n'));
  }

  #show(text: string): void {
    if (text) for (const listener of [...this.#shown]) listener(text);
  }
}

const caret = (key: string): string => `^${String.fromCharCode(key.charCodeAt(0) ^ 64)}`;
const columnsOf = (char: string): number =>
  char < ' '
    ? 2
    : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(char)
      ? 2
      : 1;
