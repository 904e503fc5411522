import { searchFrom } from './search.ts';
import { lineAt, type Position, type Vi } from './state.ts';
import { firstNonBlank } from './text.ts';

export interface Motion {
  readonly to: Position;
  readonly linewise?: boolean;
  /** The character under the end belongs to it. */
  readonly inclusive?: boolean;
  /** j and k keep the wanted column, `$` makes it the end. */
  readonly wanted?: number;
  readonly jump?: boolean;
}

const classOf = (character: string, big: boolean): number =>
  /\s/.test(character) || character === '' ? 0 : big || /[\p{L}\p{N}_]/u.test(character) ? 1 : 2;

/** Walks characters across lines; an empty line counts as a word of its own. */
export function nextWord(vi: Vi, from: Position, big: boolean): Position {
  let { row, col } = from;
  const line = lineAt(vi, row);
  const kind = classOf(line.charAt(col), big);
  while (col < line.length && kind !== 0 && classOf(line.charAt(col), big) === kind) col++;
  for (;;) {
    const text = lineAt(vi, row);
    while (col < text.length && classOf(text.charAt(col), big) === 0) col++;
    if (col < text.length) return { row, col };
    if (row >= vi.lines.length - 1) return { row, col: text.length };
    row++;
    col = 0;
    if (lineAt(vi, row) === '') return { row, col };
  }
}

function wordEnd(vi: Vi, from: Position, big: boolean): Position {
  let { row } = from;
  let col = from.col + 1;
  for (;;) {
    const text = lineAt(vi, row);
    while (col < text.length && classOf(text.charAt(col), big) === 0) col++;
    if (col < text.length) {
      const kind = classOf(text.charAt(col), big);
      while (col + 1 < text.length && classOf(text.charAt(col + 1), big) === kind) col++;
      return { row, col };
    }
    if (row >= vi.lines.length - 1) return { row, col: Math.max(0, text.length - 1) };
    row++;
    col = 0;
  }
}

function previousWord(vi: Vi, from: Position, big: boolean): Position {
  let { row } = from;
  let col = from.col - 1;
  for (;;) {
    const text = lineAt(vi, row);
    while (col >= 0 && classOf(text.charAt(col), big) === 0) col--;
    if (col >= 0) {
      const kind = classOf(text.charAt(col), big);
      while (col > 0 && classOf(text.charAt(col - 1), big) === kind) col--;
      return { row, col };
    }
    if (row === 0) return { row: 0, col: 0 };
    row--;
    col = lineAt(vi, row).length - 1;
    if (col < 0) return { row, col: 0 };
  }
}

function repeat(vi: Vi, count: number, step: (vi: Vi, from: Position) => Position): Position {
  let at: Position = vi;
  for (let i = 0; i < count; i++) at = step(vi, at);
  return { row: at.row, col: at.col };
}

function paragraph(vi: Vi, count: number, direction: 1 | -1): Position {
  let { row } = vi;
  for (let i = 0; i < count; i++) {
    while (row >= 0 && row < vi.lines.length && lineAt(vi, row).trim() === '') row += direction;
    while (row >= 0 && row < vi.lines.length && lineAt(vi, row).trim() !== '') row += direction;
  }
  if (row >= vi.lines.length) return { row: vi.lines.length - 1, col: Math.max(0, lineAt(vi, vi.lines.length - 1).length) };
  return { row: Math.max(0, row), col: 0 };
}

const PAIRS: Readonly<Record<string, { other: string; direction: 1 | -1 }>> = {
  '(': { other: ')', direction: 1 },
  '[': { other: ']', direction: 1 },
  '{': { other: '}', direction: 1 },
  ')': { other: '(', direction: -1 },
  ']': { other: '[', direction: -1 },
  '}': { other: '{', direction: -1 },
};

function matchingBracket(vi: Vi): Position | undefined {
  const line = lineAt(vi);
  let col = vi.col;
  while (col < line.length && !PAIRS[line.charAt(col)]) col++;
  const own = line.charAt(col);
  const pair = PAIRS[own];
  if (!pair) return undefined;
  let depth = 0;
  for (let row = vi.row; row >= 0 && row < vi.lines.length; row += pair.direction) {
    const text = lineAt(vi, row);
    const start = row === vi.row ? col : pair.direction > 0 ? 0 : text.length - 1;
    for (let at = start; at >= 0 && at < text.length; at += pair.direction) {
      if (text.charAt(at) === own) depth++;
      if (text.charAt(at) === pair.other && --depth === 0) return { row, col: at };
    }
  }
  return undefined;
}

export function findCharacter(vi: Vi, key: string, target: string, count: number): Motion | undefined {
  const line = lineAt(vi);
  const forward = key === 'f' || key === 't';
  let at = vi.col;
  for (let i = 0; i < count; i++) {
    const from = forward ? at + 1 + (key === 't' && i === 0 && line.charAt(at + 1) === target && vi.lastFind?.key === ';' ? 1 : 0) : at - 1;
    at = forward ? line.indexOf(target, from) : from < 0 ? -1 : line.lastIndexOf(target, from);
    if (at < 0) return undefined;
  }
  const col = key === 't' ? at - 1 : key === 'T' ? at + 1 : at;
  return { to: { row: vi.row, col }, inclusive: forward };
}

/** Motions of a single key; `count` is undefined when none was typed. */
export function simpleMotion(vi: Vi, key: string, count: number | undefined): Motion | undefined {
  const times = count ?? 1;
  const { row, col } = vi;
  const vertical = (to: number): Motion | undefined =>
    to < 0 || to >= vi.lines.length
      ? Math.abs(to - row) > 1
        ? vertical(to < 0 ? 0 : vi.lines.length - 1)
        : undefined
      : { to: { row: to, col: vi.wanted }, linewise: true, wanted: vi.wanted };
  const lineStart = (to: number): Motion => {
    const bounded = Math.max(0, Math.min(to, vi.lines.length - 1));
    return { to: { row: bounded, col: firstNonBlank(lineAt(vi, bounded)) }, linewise: true };
  };
  switch (key) {
    case 'h':
    case '<Left>':
    case '<BS>':
      return { to: { row, col: Math.max(0, col - times) } };
    case 'l':
    case '<Right>':
    case ' ':
      return { to: { row, col: Math.min(lineAt(vi).length, col + times) } };
    case 'j':
    case '<Down>':
    case '<C-n>':
    case '<C-j>':
      return vertical(row + times);
    case 'k':
    case '<Up>':
    case '<C-p>':
      return vertical(row - times);
    case '0':
    case '<Home>':
      return { to: { row, col: 0 } };
    case '^':
      return { to: { row, col: firstNonBlank(lineAt(vi)) } };
    case '$':
    case '<End>': {
      const last = Math.min(row + times - 1, vi.lines.length - 1);
      return {
        to: { row: last, col: Math.max(0, lineAt(vi, last).length - 1) },
        inclusive: lineAt(vi, last) !== '',
        wanted: Number.MAX_SAFE_INTEGER,
      };
    }
    case '|':
      return { to: { row, col: times - 1 } };
    case '+':
    case '<CR>':
      return row + times < vi.lines.length ? lineStart(row + times) : undefined;
    case '-':
      return row - times >= 0 ? lineStart(row - times) : undefined;
    case '_':
      return lineStart(row + times - 1);
    case 'G':
      return { ...lineStart(count === undefined ? vi.lines.length - 1 : count - 1), jump: true };
    case 'H':
      return lineStart(vi.top + times - 1);
    case 'M':
      return lineStart(vi.top + Math.floor(Math.min(vi.height, vi.lines.length - vi.top) / 2));
    case 'L':
      return lineStart(Math.min(vi.lines.length, vi.top + vi.height) - times);
    default:
      return wordMotion(vi, key, times);
  }
}

function wordMotion(vi: Vi, key: string, times: number): Motion | undefined {
  switch (key) {
    case 'w':
    case 'W':
    case '<C-Right>':
      return { to: repeat(vi, times, (v, at) => nextWord(v, at, key === 'W')) };
    case 'b':
    case 'B':
    case '<C-Left>':
      return { to: repeat(vi, times, (v, at) => previousWord(v, at, key === 'B')) };
    case 'e':
    case 'E':
      return { to: repeat(vi, times, (v, at) => wordEnd(v, at, key === 'E')), inclusive: true };
    case '{':
      return { to: paragraph(vi, times, -1), jump: true };
    case '}':
      return { to: paragraph(vi, times, 1), jump: true };
    case '%': {
      const to = matchingBracket(vi);
      return to && { to, inclusive: true, jump: true };
    }
    case 'n':
    case 'N': {
      if (!vi.search) return undefined;
      const to = searchFrom(vi, vi.search.pattern, vi.search.forward === (key === 'n'), times);
      return to && { to, jump: true };
    }
    default:
      return undefined;
  }
}
