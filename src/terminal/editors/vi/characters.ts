import { isText, type Key } from '../keys.ts';
import { lineAt, moveTo, type Vi } from './state.ts';
import { replaceLines } from './text.ts';

export function replaceCharacters(vi: Vi, key: Key, times: number): boolean {
  const line = lineAt(vi);
  if (key === '<CR>') {
    replaceLines(vi, vi.row, 1, [line.slice(0, vi.col), line.slice(vi.col + times)]);
    moveTo(vi, { row: vi.row + 1, col: 0 });
    return true;
  }
  const character = key === '<Tab>' ? '\t' : key;
  if ((!isText(key) && key !== '<Tab>') || vi.col + times > line.length) return false;
  replaceLines(vi, vi.row, 1, [line.slice(0, vi.col) + character.repeat(times) + line.slice(vi.col + times)]);
  moveTo(vi, { row: vi.row, col: vi.col + times - 1 });
  return true;
}

export function addToNumber(vi: Vi, amount: number): boolean {
  const line = lineAt(vi);
  for (const match of line.matchAll(/-?\d+/g)) {
    const end = match.index + match[0].length;
    if (end <= vi.col) continue;
    const text = String(Number(match[0]) + amount);
    replaceLines(vi, vi.row, 1, [line.slice(0, match.index) + text + line.slice(end)]);
    moveTo(vi, { row: vi.row, col: match.index + text.length - 1 });
    return true;
  }
  return false;
}
