import type { Position, Register, Vi } from './state.ts';
import { lineAt } from './state.ts';

/** What an operator works on: from here to there, the end not included; or whole lines, both included. */
export interface Range {
  readonly from: Position;
  readonly to: Position;
  readonly linewise: boolean;
}

export const before = (a: Position, b: Position): boolean => a.row < b.row || (a.row === b.row && a.col < b.col);

export function ordered(a: Position, b: Position): [Position, Position] {
  return before(b, a) ? [b, a] : [a, b];
}

export function replaceLines(vi: Vi, from: number, count: number, lines: readonly string[]): void {
  const next = [...vi.lines.slice(0, from), ...lines, ...vi.lines.slice(from + count)];
  vi.lines = next.length > 0 ? next : [''];
}

export function textIn(vi: Vi, { from, to, linewise }: Range): Register {
  if (linewise) return { text: vi.lines.slice(from.row, to.row + 1).join('\n'), linewise };
  if (from.row === to.row) return { text: lineAt(vi, from.row).slice(from.col, to.col), linewise };
  const middle = vi.lines.slice(from.row + 1, to.row);
  return { text: [lineAt(vi, from.row).slice(from.col), ...middle, lineAt(vi, to.row).slice(0, to.col)].join('\n'), linewise };
}

export function removeRange(vi: Vi, { from, to, linewise }: Range): void {
  if (linewise) {
    replaceLines(vi, from.row, to.row - from.row + 1, []);
    return;
  }
  replaceLines(vi, from.row, to.row - from.row + 1, [lineAt(vi, from.row).slice(0, from.col) + lineAt(vi, to.row).slice(to.col)]);
}

/** Inserts text that may hold newlines; returns where it ends. */
export function insertText(vi: Vi, { row, col }: Position, text: string): Position {
  const line = lineAt(vi, row);
  const pieces = (line.slice(0, col) + text).split('\n');
  const last = pieces.at(-1) ?? '';
  replaceLines(vi, row, 1, [...pieces.slice(0, -1), last + line.slice(col)]);
  return { row: row + pieces.length - 1, col: last.length };
}

export const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';
export const firstNonBlank = (line: string): number => Math.min(indentOf(line).length, Math.max(0, line.length - 1));

/** Stores what was yanked or deleted: in the named register, and always in the unnamed one. */
export function store(vi: Vi, register: string, content: Register, kind: 'yank' | 'delete'): void {
  if (register === '_') return;
  if (/^[A-Z]$/.test(register)) {
    const old = vi.registers.get(register.toLowerCase());
    const text = old ? old.text + (content.linewise || old.linewise ? '\n' : '') + content.text : content.text;
    vi.registers.set(register.toLowerCase(), { text, linewise: content.linewise || (old?.linewise ?? false) });
  } else if (register !== '"') vi.registers.set(register, content);
  else if (kind === 'yank') vi.registers.set('0', content);
  vi.registers.set('"', content);
}
