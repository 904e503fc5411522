import { moveTo, type Snapshot, type Vi } from './state.ts';

export const snapshot = ({ lines, row, col }: Vi): Snapshot => ({ lines, row, col });

/** Remembers how it was before the command that has just ended, if that changed anything. */
export function rememberChange(vi: Vi, before: Snapshot): void {
  if (before.lines === vi.lines) return;
  vi.undo.push(before);
  vi.redo = [];
}

export function undo(vi: Vi, times: number): void {
  for (let i = 0; i < times; i++) if (!step(vi, vi.undo, vi.redo, 'Already at oldest change')) return;
}

export function redo(vi: Vi, times: number): void {
  for (let i = 0; i < times; i++) if (!step(vi, vi.redo, vi.undo, 'Already at newest change')) return;
}

function step(vi: Vi, from: Snapshot[], to: Snapshot[], none: string): boolean {
  const target = from.pop();
  if (!target) {
    vi.message = none;
    return false;
  }
  to.push(snapshot(vi));
  const difference = target.lines.length - vi.lines.length;
  const first = target.lines.findIndex((line, i) => line !== vi.lines[i]);
  vi.lines = target.lines;
  moveTo(vi, { row: first < 0 ? vi.lines.length - 1 : first, col: target.col });
  const count = Math.abs(difference);
  const what =
    difference === 0
      ? '1 change'
      : count === 1
        ? difference < 0
          ? '1 line less'
          : '1 more line'
        : difference < 0
          ? `${count} fewer lines`
          : `${count} more lines`;
  vi.message = `${what}; ${from === vi.undo ? 'before' : 'after'} #${from === vi.undo ? vi.undo.length + 1 : vi.undo.length}`;
  return true;
}
