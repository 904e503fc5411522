import { expandTabs } from '../../commands/line-tools.ts';
import { lineAt, moveTo, type Vi } from './state.ts';
import { firstNonBlank, indentOf, insertText, type Range, removeRange, replaceLines, store, textIn } from './text.ts';

const plural = (count: number, text: string): string => `${count} ${text}`;

/** Applies an operator; true when insert mode is to follow. */
export function applyOperator(vi: Vi, operator: string, range: Range, register: string, times = 1): boolean {
  switch (operator) {
    case 'y':
      yank(vi, range, register);
      return false;
    case 'd':
      remove(vi, range, register);
      return false;
    case 'c':
      return change(vi, range, register);
    case '>':
    case '<':
      shiftLines(vi, range.from.row, range.to.row, operator === '>' ? times : -times);
      return false;
    case '=':
      moveTo(vi, { row: range.from.row, col: firstNonBlank(lineAt(vi, range.from.row)) });
      return false;
    default:
      changeCase(vi, range, operator);
      return false;
  }
}

function yank(vi: Vi, range: Range, register: string): void {
  store(vi, register, textIn(vi, range), 'yank');
  const count = range.to.row - range.from.row + 1;
  moveTo(vi, range.linewise ? { row: range.from.row, col: vi.row === range.from.row ? vi.col : vi.col } : range.from);
  if (range.linewise && count > 2) vi.message = plural(count, 'lines yanked');
}

function remove(vi: Vi, range: Range, register: string): void {
  store(vi, register, textIn(vi, range), 'delete');
  removeRange(vi, range);
  const count = range.to.row - range.from.row + 1;
  if (range.linewise && count > 2) vi.message = plural(count, 'fewer lines');
  if (!range.linewise) {
    moveTo(vi, range.from);
    return;
  }
  const row = Math.min(range.from.row, vi.lines.length - 1);
  moveTo(vi, { row, col: firstNonBlank(lineAt(vi, row)) });
}

function change(vi: Vi, range: Range, register: string): boolean {
  store(vi, register, textIn(vi, range), 'delete');
  vi.mode = 'insert';
  if (!range.linewise) {
    removeRange(vi, range);
    moveTo(vi, range.from);
    return true;
  }
  const indent = vi.settings.autoindent ? indentOf(lineAt(vi, range.from.row)) : '';
  replaceLines(vi, range.from.row, range.to.row - range.from.row + 1, [indent]);
  moveTo(vi, { row: range.from.row, col: indent.length });
  return true;
}

export function shiftLines(vi: Vi, from: number, to: number, steps: number): void {
  const { shiftwidth, tabstop, expandtab } = vi.settings;
  const width = (shiftwidth || tabstop) * steps;
  const shifted = vi.lines.slice(from, to + 1).map((line) => {
    if (line === '') return line;
    const indent = indentOf(line);
    const columns = Math.max(0, expandTabs(indent, tabstop).length + width);
    const fresh = expandtab ? ' '.repeat(columns) : '\t'.repeat(Math.floor(columns / tabstop)) + ' '.repeat(columns % tabstop);
    return fresh + line.slice(indent.length);
  });
  replaceLines(vi, from, shifted.length, shifted);
  moveTo(vi, { row: from, col: firstNonBlank(lineAt(vi, from)) });
  if (shifted.length > 2) vi.message = `${shifted.length} lines ${steps > 0 ? '>' : '<'}ed ${Math.abs(steps)} time${Math.abs(steps) > 1 ? 's' : ''}`;
}

const flip = (text: string): string => [...text].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('');

function changeCase(vi: Vi, range: Range, operator: string): void {
  const { text } = textIn(vi, range);
  const changed = operator === 'gu' ? text.toLowerCase() : operator === 'gU' ? text.toUpperCase() : flip(text);
  if (range.linewise) replaceLines(vi, range.from.row, range.to.row - range.from.row + 1, changed.split('\n'));
  else {
    removeRange(vi, range);
    insertText(vi, range.from, changed);
  }
  moveTo(vi, range.from);
}

/** `p` and `P`. */
export function put(vi: Vi, register: string, after: boolean, times: number): void {
  const content = vi.registers.get(register.toLowerCase());
  if (!content) {
    if (register !== '"') vi.message = `E353: Nothing in register ${register}`;
    return;
  }
  if (content.linewise) {
    const lines = Array.from({ length: times }, () => content.text.split('\n')).flat();
    const row = after ? vi.row + 1 : vi.row;
    replaceLines(vi, row, 0, lines);
    if (lines.length > 2) vi.message = plural(lines.length, 'more lines');
    moveTo(vi, { row, col: firstNonBlank(lineAt(vi, row)) });
    return;
  }
  const col = after && lineAt(vi) !== '' ? vi.col + 1 : vi.col;
  const end = insertText(vi, { row: vi.row, col }, content.text.repeat(times));
  moveTo(vi, content.text.includes('\n') ? { row: vi.row, col } : { row: end.row, col: end.col - 1 });
}

export function joinLines(vi: Vi, from: number, to: number, spaced: boolean): void {
  let joined = lineAt(vi, from);
  let col = joined.length;
  for (let row = from + 1; row <= Math.min(to, vi.lines.length - 1); row++) {
    const next = spaced ? lineAt(vi, row).trimStart() : lineAt(vi, row);
    if (spaced) joined = joined.replace(/[ \t]+$/, '');
    col = joined.length;
    joined += (spaced && next !== '' && joined !== '' && !next.startsWith(')') ? ' ' : '') + next;
  }
  replaceLines(vi, from, Math.min(to, vi.lines.length - 1) - from + 1, [joined]);
  moveTo(vi, { row: from, col });
}
