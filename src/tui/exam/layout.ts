import type { Size } from '../hooks/use-size.ts';

export type View = 'split' | 'task' | 'terminal';

export interface Pane {
  readonly columns: number;
  readonly rows: number;
}

export interface Layout {
  readonly wide: boolean;
  readonly task: Pane | undefined;
  readonly terminal: Pane | undefined;
}

export const SMALLEST: Size = { columns: 60, rows: 15 };
const WIDE = 110;
const FOLDED = 6;
/** The status line above and the keys below. */
const FRAME = 2;

/** Who gets how much of the screen: side by side when there is room, the task folded above the terminal when not. */
export function layOut({ columns, rows }: Size, view: View): Layout {
  const wide = columns >= WIDE;
  const body = rows - FRAME;
  if (view === 'task') return { wide, task: { columns: columns - 2, rows: body - 1 }, terminal: undefined };
  if (view === 'terminal') return { wide, task: undefined, terminal: { columns, rows: body - 1 } };
  if (wide) {
    const left = Math.floor(columns * 0.38);
    return { wide, task: { columns: left - 2, rows: body - 1 }, terminal: { columns: columns - left - 2, rows: body - 1 } };
  }
  const folded = rows > 30 ? Math.floor(body * 0.35) : FOLDED;
  return { wide, task: { columns: columns - 2, rows: folded }, terminal: { columns, rows: body - folded - 2 } };
}

export const nextView = (view: View): View => ({ split: 'terminal', terminal: 'task', task: 'split' })[view] as View;
