import { isText, type Key } from '../keys.ts';
import { commandLineMode } from './command-line.ts';
import { insertMode } from './insert.ts';
import { follow, readMotion, readPrefix } from './normal.ts';
import { applyOperator, joinLines, put } from './operators.ts';
import { scroll } from './scroll.ts';
import { lineAt, type Mode, moveTo, type Vi } from './state.ts';
import { ordered, type Range, replaceLines, store } from './text.ts';
import { textObject } from './text-objects.ts';
import { type Dialogue, nextKey } from './typing.ts';

const MODES: Readonly<Record<string, Mode>> = { v: 'visual', V: 'visual-line', '<C-v>': 'visual-block' };
const OPERATORS: Readonly<Record<string, string>> = {
  d: 'd',
  x: 'd',
  '<Del>': 'd',
  c: 'c',
  s: 'c',
  y: 'y',
  '>': '>',
  '<': '<',
  '=': '=',
  '~': 'g~',
  u: 'gu',
  U: 'gU',
};

/** Visual mode until something is done with the selection; the result is as a command's. */
export function* visualMode(vi: Vi): Dialogue<boolean> {
  for (;;) {
    const prefix = yield* readPrefix(vi);
    vi.pending = '';
    const { key, count, register } = prefix;
    vi.message = '';
    const other = MODES[key];
    if (key === '<Esc>' || key === '<C-c>' || other === vi.mode) return leave(vi, false);
    if (other) vi.mode = other;
    else if (key === 'o' || key === 'O') swapEnds(vi);
    else if (key === 'i' || key === 'a') selectObject(vi, textObject(vi, key === 'a', yield* nextKey(vi)));
    else if (vi.mode === 'visual-block' && isBlockKey(key)) return yield* blockCommand(vi, key);
    else if (OPERATORS[key]) return yield* operate(vi, OPERATORS[key] ?? key, count ?? 1, register);
    else if ('DXCSRY'.includes(key) && isText(key)) {
      vi.mode = 'visual-line';
      return yield* operate(vi, key === 'Y' ? 'y' : 'DX'.includes(key) ? 'd' : 'c', 1, register);
    } else if (key === 'J') {
      const [from, to] = ordered(vi.anchor, vi);
      leave(vi, true);
      joinLines(vi, from.row, Math.max(to.row, from.row + 1), true);
      return true;
    } else if (key === 'p' || key === 'P') return replaceSelection(vi, register);
    else if (key === 'r') return replaceAll(vi, yield* nextKey(vi));
    else if (key === ':') {
      leave(vi, false);
      yield* commandLineMode(vi, "'<,'>");
      return false;
    } else {
      const motion = yield* readMotion(vi, prefix);
      if (motion === 'none') scroll(vi, key, count);
      else follow(vi, motion);
    }
  }
}

function leave(vi: Vi, result: boolean): boolean {
  const [from, to] = ordered(vi.anchor, { row: vi.row, col: vi.col });
  vi.lastVisual = { mode: vi.mode, from: vi.anchor, to: { row: vi.row, col: vi.col } };
  vi.marks.set('<', from);
  vi.marks.set('>', to);
  vi.mode = 'normal';
  return result;
}

function swapEnds(vi: Vi): void {
  const { row, col } = vi;
  moveTo(vi, vi.anchor);
  vi.anchor = { row, col };
}

function selectObject(vi: Vi, range: Range | undefined): void {
  if (!range) return;
  vi.anchor = range.from;
  if (range.linewise) vi.mode = 'visual-line';
  moveTo(vi, range.linewise ? range.to : { row: range.to.row, col: range.to.col - 1 });
}

/** What is selected, as an operator's range. */
export function selection(vi: Vi): Range {
  const [from, to] = ordered(vi.anchor, { row: vi.row, col: vi.col });
  if (vi.mode === 'visual-line') return { from: { row: from.row, col: 0 }, to: { row: to.row, col: 0 }, linewise: true };
  const past = to.col >= lineAt(vi, to.row).length && to.row < vi.lines.length - 1 && lineAt(vi, to.row) === '';
  return { from, to: past ? { row: to.row + 1, col: 0 } : { row: to.row, col: to.col + 1 }, linewise: false };
}

function* operate(vi: Vi, operator: string, times: number, register: string): Dialogue<boolean> {
  const block = vi.mode === 'visual-block';
  const range = selection(vi);
  if (block && operator !== '>' && operator !== '<') return yield* blockOperator(vi, operator, register);
  leave(vi, true);
  const inserting = applyOperator(vi, operator, range, register, times);
  if (operator === 'y') moveTo(vi, range.from);
  if (inserting) yield* insertMode(vi);
  return operator !== 'y';
}

function replaceSelection(vi: Vi, register: string): boolean {
  const range = selection(vi);
  const content = vi.registers.get(register);
  leave(vi, true);
  applyOperator(vi, 'd', range, '"');
  if (!content) return true;
  const deleted = vi.registers.get('"');
  vi.registers.set('"', content);
  const atEnd = range.linewise ? range.from.row >= vi.lines.length : range.from.col >= lineAt(vi).length;
  put(vi, '"', atEnd || (range.linewise && vi.row < range.from.row), 1);
  if (deleted) vi.registers.set('"', deleted);
  return true;
}

function replaceAll(vi: Vi, key: Key): boolean {
  const range = selection(vi);
  leave(vi, true);
  for (let row = range.from.row; row <= range.to.row; row++) {
    const line = lineAt(vi, row);
    const from = !range.linewise && row === range.from.row ? range.from.col : 0;
    const to = !range.linewise && row === range.to.row ? range.to.col : line.length;
    replaceLines(vi, row, 1, [line.slice(0, from) + key.repeat(Math.max(0, Math.min(to, line.length) - from)) + line.slice(to)]);
  }
  moveTo(vi, range.from);
  return true;
}

interface Block {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const blockOf = (vi: Vi): Block => ({
  top: Math.min(vi.anchor.row, vi.row),
  bottom: Math.max(vi.anchor.row, vi.row),
  left: Math.min(vi.anchor.col, vi.col),
  right: vi.wanted === Number.MAX_SAFE_INTEGER ? Number.MAX_SAFE_INTEGER : Math.max(vi.anchor.col, vi.col),
});

const isBlockKey = (key: Key): boolean => key === 'I' || key === 'A';

function* blockOperator(vi: Vi, operator: string, register: string): Dialogue<boolean> {
  const block = blockOf(vi);
  const rows = vi.lines.slice(block.top, block.bottom + 1);
  leave(vi, true);
  store(
    vi,
    register,
    { text: rows.map((line) => line.slice(block.left, block.right + 1)).join('\n'), linewise: false },
    operator === 'y' ? 'yank' : 'delete',
  );
  if (operator === 'd' || operator === 'c') {
    replaceLines(
      vi,
      block.top,
      rows.length,
      rows.map((line) => line.slice(0, block.left) + line.slice(block.right + 1)),
    );
  }
  moveTo(vi, { row: block.top, col: block.left });
  if (operator === 'c') yield* insertInColumn(vi, block, block.left, false);
  return operator !== 'y';
}

function* blockCommand(vi: Vi, key: Key): Dialogue<boolean> {
  const block = blockOf(vi);
  leave(vi, true);
  const append = key === 'A';
  const toEnd = block.right === Number.MAX_SAFE_INTEGER;
  const col = append ? (toEnd ? lineAt(vi, block.top).length : block.right + 1) : block.left;
  if (append && !toEnd) replaceLines(vi, block.top, 1, [lineAt(vi, block.top).padEnd(col)]);
  yield* insertInColumn(vi, block, col, toEnd && append);
  return true;
}

/** What is typed on the first line appears on all of them. */
function* insertInColumn(vi: Vi, { top, bottom }: Block, col: number, atEnd: boolean): Dialogue {
  vi.mode = 'insert';
  vi.row = top;
  vi.col = col;
  const before = lineAt(vi, top);
  yield* insertMode(vi);
  const after = lineAt(vi, top);
  const typed = after.slice(col, col + after.length - before.length);
  if (after.length <= before.length) return;
  for (let row = top + 1; row <= bottom; row++) {
    const line = lineAt(vi, row);
    if (atEnd) replaceLines(vi, row, 1, [line + typed]);
    else if (line.length >= col) replaceLines(vi, row, 1, [line.slice(0, col) + typed + line.slice(col)]);
  }
  moveTo(vi, { row: top, col });
}
