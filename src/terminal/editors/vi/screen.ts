import stringWidth from 'string-width';
import { compilePattern } from './search.ts';
import { lineAt, type Vi } from './state.ts';
import { blockOf, selection } from './visual.ts';

export interface Frame {
  /** One string per screen row, ANSI attributes included. */
  readonly rows: readonly string[];
  readonly cursor: { readonly row: number; readonly column: number };
}

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly style: string;
}

/** What the screen shows; moves the window so that the cursor is in it. */
export function draw(vi: Vi, columns: number, rows: number): Frame {
  const height = Math.max(1, rows - 1);
  vi.height = height;
  const gutter = vi.settings.number || vi.settings.relativenumber ? Math.max(4, String(vi.lines.length).length + 1) : 0;
  const width = Math.max(1, columns - gutter);
  keepCursorVisible(vi, width, height);
  const out: string[] = [];
  let cursor = { row: 0, column: gutter };
  for (let row = vi.top; row < vi.lines.length && out.length < height; row++) {
    const pieces = wrapCells(cellsOf(vi, row), vi.settings.wrap ? width : Number.MAX_SAFE_INTEGER);
    if (out.length + pieces.length > height && out.length > 0) {
      while (out.length < height) out.push(paint('34', '@'));
      break;
    }
    if (row === vi.row) cursor = locate(vi, pieces, out.length, gutter, width);
    pieces.slice(0, height - out.length).forEach((piece, i) => {
      out.push((i === 0 ? lineNumber(vi, row, gutter) : ' '.repeat(gutter)) + renderCells(clip(piece, width)));
    });
  }
  while (out.length < height) out.push(paint('34', '~'));
  if (vi.mode === 'command') {
    const text = vi.commandLine;
    return { rows: [...out, text.slice(-columns + 1)], cursor: { row: height, column: Math.min(columns - 1, stringWidth(text)) } };
  }
  return { rows: [...out, statusLine(vi, columns)], cursor };
}

const paint = (style: string, text: string): string => (style === '' ? text : `\x1b[${style}m${text}\x1b[0m`);

function lineNumber(vi: Vi, row: number, gutter: number): string {
  if (gutter === 0) return '';
  const { relativenumber, number } = vi.settings;
  const shown = relativenumber && row !== vi.row ? Math.abs(row - vi.row) : relativenumber && !number ? 0 : row + 1;
  return paint('33', `${String(shown).padStart(gutter - 1)} `);
}

function keepCursorVisible(vi: Vi, width: number, height: number): void {
  if (vi.row < vi.top) vi.top = vi.row - vi.top < -height ? Math.max(0, vi.row - Math.floor(height / 2)) : vi.row;
  const screenRows = (row: number) =>
    vi.settings.wrap ? Math.max(1, Math.ceil(cellsOf(vi, row).reduce((sum, cell) => sum + cell.width, 0) / width)) : 1;
  if (vi.row - vi.top > height * 2) vi.top = Math.max(0, vi.row - Math.floor(height / 2));
  let used = 0;
  for (let row = vi.top; row <= vi.row; row++) used += screenRows(row);
  while (used > height && vi.top < vi.row) used -= screenRows(vi.top++);
}

function cellsOf(vi: Vi, row: number): Cell[] {
  const line = lineAt(vi, row);
  const styles = styleOf(vi, row, line);
  const cells: Cell[] = [];
  let column = 0;
  for (let i = 0; i < line.length; ) {
    const character = String.fromCodePoint(line.codePointAt(i) ?? 0);
    const text = shown(vi, character, column);
    const width = stringWidth(text);
    for (let unit = 0; unit < character.length; unit++) cells.push({ text: unit === 0 ? text : '', width: unit === 0 ? width : 0, style: styles(i) });
    column += width;
    i += character.length;
  }
  if (vi.settings.list) cells.push({ text: '$', width: 1, style: '34' });
  else if (line === '' && styles(0) === '7') cells.push({ text: ' ', width: 1, style: '7' });
  return cells;
}

function shown(vi: Vi, character: string, column: number): string {
  if (character === '\t') return vi.settings.list ? '^I' : ' '.repeat(vi.settings.tabstop - (column % vi.settings.tabstop));
  const code = character.codePointAt(0) ?? 0;
  return code < 32 ? `^${String.fromCharCode(code + 64)}` : character;
}

function styleOf(vi: Vi, row: number, line: string): (index: number) => string {
  const selected = selectedColumns(vi, row);
  const regex = vi.settings.hlsearch && vi.highlight && vi.search ? compilePattern(vi, vi.search.pattern) : undefined;
  const found = regex ? Array.from(line.matchAll(regex), (match) => [match.index, match.index + match[0].length] as const) : [];
  return (index) => {
    if (selected && index >= selected[0] && index < selected[1]) return '7';
    return found.some(([from, to]) => index >= from && index < to) ? '30;43' : '';
  };
}

function selectedColumns(vi: Vi, row: number): readonly [number, number] | undefined {
  if (vi.mode === 'visual-block') {
    const { top, bottom, left, right } = blockOf(vi);
    return row >= top && row <= bottom ? [left, right + 1] : undefined;
  }
  if (vi.mode !== 'visual' && vi.mode !== 'visual-line') return undefined;
  const { from, to, linewise } = selection(vi);
  if (row < from.row || row > to.row) return undefined;
  if (linewise) return [0, Number.MAX_SAFE_INTEGER];
  return [row === from.row ? from.col : 0, row === to.row ? to.col : Number.MAX_SAFE_INTEGER];
}

function wrapCells(cells: readonly Cell[], width: number): Cell[][] {
  const pieces: Cell[][] = [[]];
  let used = 0;
  for (const cell of cells) {
    if (used + cell.width > width) {
      pieces.push([]);
      used = 0;
    }
    pieces.at(-1)?.push(cell);
    used += cell.width;
  }
  return pieces;
}

function clip(cells: readonly Cell[], width: number): Cell[] {
  let used = 0;
  return cells.filter((cell) => {
    used += cell.width;
    return used <= width;
  });
}

function renderCells(cells: readonly Cell[]): string {
  let out = '';
  let style = '';
  for (const cell of cells) {
    if (cell.style !== style) out += (style === '' ? '' : '\x1b[0m') + (cell.style === '' ? '' : `\x1b[${cell.style}m`);
    style = cell.style;
    out += cell.text;
  }
  return style === '' ? out : `${out}\x1b[0m`;
}

function locate(vi: Vi, pieces: readonly Cell[][], first: number, gutter: number, width: number): { row: number; column: number } {
  let left = vi.col;
  for (const [i, piece] of pieces.entries()) {
    if (left < piece.length || (i === pieces.length - 1 && left <= piece.length)) {
      const column = piece.slice(0, left).reduce((sum, cell) => sum + cell.width, 0);
      return { row: first + i, column: gutter + Math.min(column, width - 1) };
    }
    left -= piece.length;
  }
  return { row: first, column: gutter };
}

const MODE_NAMES: Readonly<Record<string, string>> = {
  insert: '-- INSERT --',
  replace: '-- REPLACE --',
  visual: '-- VISUAL --',
  'visual-line': '-- VISUAL LINE --',
  'visual-block': '-- VISUAL BLOCK --',
};

function statusLine(vi: Vi, columns: number): string {
  const mode = vi.settings.paste && vi.mode === 'insert' ? '-- INSERT (paste) --' : (MODE_NAMES[vi.mode] ?? '');
  const left = vi.message || `${mode}${vi.macro ? `recording @${vi.macro.register}` : ''}`;
  const error = /^E\d+:/.test(left);
  const ruler = `${vi.pending.slice(-10).padEnd(11)}${position(vi)}`;
  const room = columns - 30;
  const shownLeft = left.slice(0, columns - 1);
  const text = paint(error ? '97;41' : mode && left === mode ? '1' : '', shownLeft);
  if (room < 10 || stringWidth(shownLeft) >= room) return text;
  return text + ' '.repeat(room - stringWidth(shownLeft)) + ruler;
}

function position(vi: Vi): string {
  const last = vi.top + vi.height >= vi.lines.length;
  const where = vi.top === 0 ? (last ? 'All' : 'Top') : last ? 'Bot' : `${Math.floor((vi.top * 100) / Math.max(1, vi.lines.length - vi.height))}%`;
  const column = lineAt(vi) === '' ? '0-1' : String(vi.col + 1);
  return `${`${vi.row + 1},${column}`.padEnd(14)}${where}`;
}
