import { isPaste, isText, type Key, pastedText } from '../keys.ts';
import { lineAt, moveTo, type Vi } from './state.ts';
import { indentOf, insertText, replaceLines } from './text.ts';
import { type Dialogue, nextKey } from './typing.ts';

/** Insert or replace mode until Esc; what was typed is entered `times` times. */
export function* insertMode(vi: Vi, times = 1): Dialogue {
  const replaced: string[] = [];
  const start = vi.record.length;
  for (;;) {
    const key = yield* nextKey(vi);
    vi.message = '';
    if (key === '<Esc>' || key === '<C-c>' || key === '<C-[>') break;
    if (key === '<C-v>') typeText(vi, literal(yield* nextKey(vi)), replaced);
    else if (key === '<C-r>') insertRegister(vi, yield* nextKey(vi));
    else if (key === '<C-o>') vi.message = '';
    else typeKey(vi, key, replaced);
  }
  const typed = vi.record.slice(start, -1);
  for (let i = 1; i < times; i++) for (const key of typed) typeKey(vi, key, replaced);
  const line = lineAt(vi);
  if (vi.settings.autoindent && line !== '' && line.trim() === '' && typed.at(-1) === '<CR>') replaceLines(vi, vi.row, 1, ['']);
  vi.mode = 'normal';
  moveTo(vi, { row: vi.row, col: vi.col - 1 });
  vi.wanted = vi.col;
}

const literal = (key: Key): string => (key === '<Tab>' ? '\t' : key === '<CR>' ? '\r' : isText(key) ? key : '');

function insertRegister(vi: Vi, register: Key): void {
  const content = vi.registers.get(register === '%' ? '"' : register);
  if (content) moveTo(vi, insertText(vi, vi, content.text + (content.linewise ? '\n' : '')));
}

function typeKey(vi: Vi, key: Key, replaced: string[]): void {
  if (isPaste(key)) moveTo(vi, insertText(vi, vi, pastedText(key)));
  else if (key === '<CR>' || key === '<C-j>' || key === '<C-m>') newLine(vi);
  else if (key === '<Tab>') tab(vi);
  else if (key === '<BS>' || key === '<C-h>') backspace(vi, replaced);
  else if (key === '<C-w>') eraseBack(vi, /(?:[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]+)\s*$|\s+$/u);
  else if (key === '<C-u>') eraseBack(vi, /[^ \t].*$|[ \t]+$/);
  else if (key === '<C-t>' || key === '<C-d>') shiftIndent(vi, key === '<C-t>' ? 1 : -1);
  else if (key === '<Del>') deleteHere(vi);
  else if (key.startsWith('<') && key.length > 1) move(vi, key);
  else typeText(vi, key, replaced);
}

function typeText(vi: Vi, text: string, replaced: string[]): void {
  if (vi.mode === 'replace' && vi.col < lineAt(vi).length) {
    const line = lineAt(vi);
    replaced.push(line.charAt(vi.col));
    replaceLines(vi, vi.row, 1, [line.slice(0, vi.col) + text + line.slice(vi.col + 1)]);
    moveTo(vi, { row: vi.row, col: vi.col + text.length });
    return;
  }
  moveTo(vi, insertText(vi, vi, text));
}

function newLine(vi: Vi): void {
  const { autoindent, paste } = vi.settings;
  const line = lineAt(vi);
  const indent = autoindent && !paste ? indentOf(line).slice(0, vi.col) : '';
  // A line that holds nothing but its own indent loses it.
  const head = autoindent && !paste && line.slice(0, vi.col).trim() === '' ? '' : line.slice(0, vi.col);
  const tail = autoindent && !paste ? line.slice(vi.col).trimStart() : line.slice(vi.col);
  replaceLines(vi, vi.row, 1, [head, indent + tail]);
  moveTo(vi, { row: vi.row + 1, col: indent.length });
}

function tab(vi: Vi): void {
  const { expandtab, paste, softtabstop, shiftwidth, tabstop } = vi.settings;
  if (!expandtab || paste) {
    moveTo(vi, insertText(vi, vi, '\t'));
    return;
  }
  const width = softtabstop > 0 ? softtabstop : softtabstop < 0 ? shiftwidth : tabstop;
  moveTo(vi, insertText(vi, vi, ' '.repeat(width - (vi.col % width))));
}

function backspace(vi: Vi, replaced: string[]): void {
  const line = lineAt(vi);
  if (vi.mode === 'replace') {
    const old = replaced.pop();
    if (old !== undefined) replaceLines(vi, vi.row, 1, [line.slice(0, vi.col - 1) + old + line.slice(vi.col)]);
    moveTo(vi, { row: vi.row, col: vi.col - 1 });
    return;
  }
  if (vi.col === 0) {
    if (vi.row === 0) return;
    const above = lineAt(vi, vi.row - 1);
    replaceLines(vi, vi.row - 1, 2, [above + line]);
    moveTo(vi, { row: vi.row - 1, col: above.length });
    return;
  }
  const { softtabstop, shiftwidth } = vi.settings;
  const soft = softtabstop < 0 ? shiftwidth : softtabstop;
  const blanks = / *$/.exec(line.slice(0, vi.col))?.[0].length ?? 0;
  const count = soft > 0 && blanks > 0 ? Math.min(blanks, vi.col % soft || soft) : 1;
  replaceLines(vi, vi.row, 1, [line.slice(0, vi.col - count) + line.slice(vi.col)]);
  moveTo(vi, { row: vi.row, col: vi.col - count });
}

function eraseBack(vi: Vi, what: RegExp): void {
  const line = lineAt(vi);
  const kept = line.slice(0, vi.col).replace(what, '');
  replaceLines(vi, vi.row, 1, [kept + line.slice(vi.col)]);
  moveTo(vi, { row: vi.row, col: kept.length });
}

function shiftIndent(vi: Vi, steps: 1 | -1): void {
  const line = lineAt(vi);
  const indent = indentOf(line);
  const width = vi.settings.shiftwidth;
  const fresh = ' '.repeat(Math.max(0, (Math.floor(indent.length / width) + steps) * width));
  replaceLines(vi, vi.row, 1, [fresh + line.slice(indent.length)]);
  moveTo(vi, { row: vi.row, col: vi.col + fresh.length - indent.length });
}

function deleteHere(vi: Vi): void {
  const line = lineAt(vi);
  if (vi.col < line.length) {
    replaceLines(vi, vi.row, 1, [line.slice(0, vi.col) + line.slice(vi.col + 1)]);
    return;
  }
  if (vi.row < vi.lines.length - 1) replaceLines(vi, vi.row, 2, [line + lineAt(vi, vi.row + 1)]);
}

function move(vi: Vi, key: Key): void {
  const steps: Readonly<Record<string, readonly [number, number]>> = { '<Up>': [-1, 0], '<Down>': [1, 0], '<Left>': [0, -1], '<Right>': [0, 1] };
  const [rows, cols] = steps[key] ?? [0, 0];
  if (key === '<Home>') moveTo(vi, { row: vi.row, col: 0 });
  else if (key === '<End>') moveTo(vi, { row: vi.row, col: lineAt(vi).length });
  else if (key === '<PageUp>' || key === '<PageDown>') moveTo(vi, { row: vi.row + (key === '<PageUp>' ? -1 : 1) * (vi.height - 2), col: vi.col });
  else moveTo(vi, { row: vi.row + rows, col: vi.col + cols });
}
