import { openSource, type Process, readChunk, type Source, type TtySize, untilDeath } from '../../machine/index.ts';
import { createKeyReader, type Key } from './keys.ts';

export interface Picture {
  readonly rows: readonly string[];
  readonly cursor: { readonly row: number; readonly column: number };
}

export interface FullScreen {
  draw(size: TtySize): Picture;
  press(key: Key): void;
  readonly finished: boolean;
  /** Does Ctrl-Z stop the program now? */
  readonly stoppable?: boolean;
  /** Called before the first picture and from then on every so many milliseconds; a picture follows. */
  readonly refresh?: { readonly every: number; run(size: TtySize): Promise<void> };
}

const ENTER = '\x1b[?1049h\x1b[?2004h\x1b[2J';
const LEAVE = '\x1b[?2004l\x1b[?1049l';

/** Gives the terminal to a full-screen program until it is finished; only rows that changed are written. */
export async function runFullScreen(process: Process, app: FullScreen): Promise<void> {
  const tty = process.stdout.tty ?? process.stdin.tty;
  const size = (): TtySize => tty?.size ?? { columns: 80, rows: 24 };
  let shown: readonly string[] = [];
  const paint = () => {
    const { rows, cursor } = app.draw(size());
    const changed = rows.map((row, i) => (row === shown[i] ? '' : `\x1b[${i + 1};1H\x1b[2K${row}`)).join('');
    shown = rows;
    return process.print(`\x1b[?25l${changed}\x1b[${cursor.row + 1};${cursor.column + 1}H\x1b[?25h`);
  };
  const wasRaw = tty?.raw ?? false;
  const stopListening = tty?.onResize(() => {
    shown = [];
    process.print('\x1b[2J').then(paint, () => undefined);
  });
  const over = new AbortController();
  try {
    if (tty) tty.raw = true;
    await process.print(ENTER);
    const kept = app.refresh && keepFresh(process, app, { size, paint, over });
    const stop = async () => {
      await process.print(LEAVE);
      if (tty) tty.raw = wasRaw;
      process.machine.processes.kill(-process.pgid, 'SIGTSTP');
      await process.print(ENTER);
      if (tty) tty.raw = true;
      shown = [];
    };
    await takeKeys(process, app, { paint, stop }, over);
    over.abort();
    await kept;
    await process.print(LEAVE);
  } finally {
    over.abort();
    stopListening?.();
    if (tty) tty.raw = wasRaw;
  }
}

/** Keys come from stdin when that is a terminal, else from the controlling terminal. */
const keyboard = (process: Process): Source => (process.stdin.tty || !process.tty?.source ? process.stdin : openSource(process, '/dev/tty'));

interface Hooks {
  readonly paint: () => Promise<void>;
  /** Stops the program; settles when it goes on. */
  readonly stop: () => Promise<void>;
}

async function takeKeys(process: Process, app: FullScreen, { paint, stop: suspend }: Hooks, over: AbortController): Promise<void> {
  const readKeys = createKeyReader();
  const decoder = new TextDecoder();
  const source = keyboard(process);
  const stop = AbortSignal.any([over.signal, process.signal]);
  if (!app.refresh) await paint();
  while (!app.finished && !over.signal.aborted) {
    const chunk = await untilDeath(process.signal, readChunk(source, stop)).catch((error: unknown) => {
      if (over.signal.aborted && !process.signal.aborted) return null;
      throw error;
    });
    if (!chunk) break;
    for (const key of readKeys(decoder.decode(chunk, { stream: true }))) {
      if (key === '<C-z>' && app.stoppable) await suspend();
      else if (!app.finished) app.press(key);
    }
    if (!app.finished) await paint();
  }
}

interface Freshness {
  readonly size: () => TtySize;
  readonly paint: () => Promise<void>;
  readonly over: AbortController;
}

/** Refreshes until the program is over; it may end itself in doing so. */
async function keepFresh(process: Process, app: FullScreen, { size, paint, over }: Freshness): Promise<void> {
  const { refresh } = app;
  if (!refresh) return;
  const ended = new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve(), { once: true }));
  while (!over.signal.aborted) {
    await Promise.race([refresh.run(size()), ended]);
    if (over.signal.aborted) return;
    if (app.finished) break;
    await paint();
    const pause = new Promise<void>((resolve) => process.clock.after(refresh.every, resolve, { background: true }));
    await Promise.race([pause, ended]);
  }
  over.abort();
}
