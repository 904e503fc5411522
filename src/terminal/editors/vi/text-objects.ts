import { lineAt, type Position, type Vi } from './state.ts';
import type { Range } from './text.ts';

/** `iw`, `a"`, `i{`, `ap` … around the cursor. */
export function textObject(vi: Vi, around: boolean, key: string): Range | undefined {
  switch (key) {
    case 'w':
    case 'W':
      return wordObject(vi, around, key === 'W');
    case '"':
    case "'":
    case '`':
      return quoted(vi, around, key);
    case '(':
    case ')':
    case 'b':
      return bracketed(vi, around, '(', ')');
    case '{':
    case '}':
    case 'B':
      return bracketed(vi, around, '{', '}');
    case '[':
    case ']':
      return bracketed(vi, around, '[', ']');
    case '<':
    case '>':
      return bracketed(vi, around, '<', '>');
    case 'p':
      return paragraphObject(vi, around);
    default:
      return undefined;
  }
}

const range = (row: number, from: number, to: number): Range => ({ from: { row, col: from }, to: { row, col: to }, linewise: false });

function wordObject(vi: Vi, around: boolean, big: boolean): Range {
  const line = lineAt(vi);
  const kind = (at: number) => {
    const character = line.charAt(at);
    return /\s/.test(character) ? 0 : big || /[\p{L}\p{N}_]/u.test(character) ? 1 : 2;
  };
  let from = vi.col;
  let to = vi.col;
  while (from > 0 && kind(from - 1) === kind(vi.col)) from--;
  while (to < line.length && kind(to) === kind(vi.col)) to++;
  if (!around) return range(vi.row, from, to);
  if (kind(vi.col) === 0) {
    const next = kind(to);
    while (to < line.length && kind(to) === next) to++;
    return range(vi.row, from, to);
  }
  const end = to;
  while (to < line.length && kind(to) === 0) to++;
  if (to === end) while (from > 0 && kind(from - 1) === 0) from--;
  return range(vi.row, from, to);
}

function quoted(vi: Vi, around: boolean, quote: string): Range | undefined {
  const line = lineAt(vi);
  const marks = [...line].flatMap((character, i) => (character === quote && line.charAt(i - 1) !== '\\' ? [i] : []));
  for (let i = 0; i + 1 < marks.length; i += 2) {
    const [from = 0, to = 0] = [marks[i], marks[i + 1]];
    if (vi.col > to) continue;
    if (!around) return range(vi.row, from + 1, to);
    const trailing = /^\s*/.exec(line.slice(to + 1))?.[0].length ?? 0;
    const leading = trailing === 0 ? (/\s*$/.exec(line.slice(0, from))?.[0].length ?? 0) : 0;
    return range(vi.row, from - leading, to + 1 + trailing);
  }
  return undefined;
}

function bracketed(vi: Vi, around: boolean, open: string, close: string): Range | undefined {
  const from = lineAt(vi).charAt(vi.col) === open ? { row: vi.row, col: vi.col } : scan(vi, vi, -1, close, open);
  if (!from) return undefined;
  const to = scan(vi, from, 1, open, close);
  if (!to) return undefined;
  if (around) return { from, to: { row: to.row, col: to.col + 1 }, linewise: false };
  if (
    from.row < to.row &&
    lineAt(vi, from.row)
      .slice(from.col + 1)
      .trim() === '' &&
    lineAt(vi, to.row).slice(0, to.col).trim() === ''
  ) {
    return { from: { row: from.row + 1, col: 0 }, to: { row: to.row - 1, col: 0 }, linewise: true };
  }
  return { from: { row: from.row, col: from.col + 1 }, to, linewise: false };
}

function scan(vi: Vi, start: Position, direction: 1 | -1, opens: string, closes: string): Position | undefined {
  let depth = 0;
  for (let row = start.row; row >= 0 && row < vi.lines.length; row += direction) {
    const text = lineAt(vi, row);
    let col = row === start.row ? start.col + direction : direction > 0 ? 0 : text.length - 1;
    if (row === start.row && direction < 0 && text.charAt(start.col) === closes) return start;
    for (; col >= 0 && col < text.length; col += direction) {
      const character = text.charAt(col);
      if (character === closes && depth-- === 0) return { row, col };
      if (character === opens) depth++;
    }
  }
  return undefined;
}

function paragraphObject(vi: Vi, around: boolean): Range {
  const blank = (row: number) => lineAt(vi, row).trim() === '';
  const kind = blank(vi.row);
  let from = vi.row;
  let to = vi.row;
  while (from > 0 && blank(from - 1) === kind) from--;
  while (to < vi.lines.length - 1 && blank(to + 1) === kind) to++;
  if (around) while (to < vi.lines.length - 1 && blank(to + 1) !== kind) to++;
  return { from: { row: from, col: 0 }, to: { row: to, col: 0 }, linewise: true };
}
