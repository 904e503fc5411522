import type { Process, TtySize } from '../../machine/index.ts';
import { createKeyReader, type Key } from './keys.ts';

export interface Picture {
  readonly rows: readonly string[];
  readonly cursor: { readonly row: number; readonly column: number };
}

export interface FullScreen {
  draw(size: TtySize): Picture;
  press(key: Key): void;
  readonly finished: boolean;
}

/** Gives the terminal to a full-screen program until it is finished; only rows that changed are written. */
export async function runFullScreen(process: Process, app: FullScreen): Promise<void> {
  const tty = process.stdin.tty ?? process.stdout.tty;
  const size = (): TtySize => tty?.size ?? { columns: 80, rows: 24 };
  const readKeys = createKeyReader();
  const decoder = new TextDecoder();
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
  try {
    if (tty) tty.raw = true;
    await process.print('\x1b[?1049h\x1b[?2004h\x1b[2J');
    await paint();
    while (!app.finished) {
      const chunk = await process.stdin.read();
      if (!chunk) break;
      for (const key of readKeys(decoder.decode(chunk, { stream: true }))) if (!app.finished) app.press(key);
      if (!app.finished) await paint();
    }
    await process.print('\x1b[?2004l\x1b[?1049l');
  } finally {
    stopListening?.();
    if (tty) tty.raw = wasRaw;
  }
}
