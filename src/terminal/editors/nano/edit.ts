import { lineAt, type Nano, place } from './state.ts';

/** Replaces `count` lines from `row`; what was there can be undone. */
export function replace(nano: Nano, row: number, count: number, lines: readonly string[]): void {
  nano.undo.push({ lines: nano.lines, row: nano.row, col: nano.col });
  nano.redo = [];
  const next = [...nano.lines.slice(0, row), ...lines, ...nano.lines.slice(row + count)];
  nano.lines = next.length > 0 ? next : [''];
}

export function insert(nano: Nano, text: string): void {
  const line = lineAt(nano);
  const pieces = (line.slice(0, nano.col) + text).split('\n');
  const last = pieces.at(-1) ?? '';
  replace(nano, nano.row, 1, [...pieces.slice(0, -1), last + line.slice(nano.col)]);
  place(nano, nano.row + pieces.length - 1, last.length);
}

export function breakLine(nano: Nano): void {
  insert(nano, `\n${nano.autoindent ? (/^[ \t]*/.exec(lineAt(nano).slice(0, nano.col))?.[0] ?? '') : ''}`);
}

const widthBefore = (line: string, col: number): number => (/[\uDC00-\uDFFF]/.test(line.charAt(col - 1)) ? 2 : 1);

export function backspace(nano: Nano): void {
  const line = lineAt(nano);
  if (nano.mark) {
    deleteMarked(nano);
    return;
  }
  if (nano.col > 0) {
    const width = widthBefore(line, nano.col);
    replace(nano, nano.row, 1, [line.slice(0, nano.col - width) + line.slice(nano.col)]);
    place(nano, nano.row, nano.col - width);
    return;
  }
  if (nano.row === 0) return;
  const above = lineAt(nano, nano.row - 1);
  replace(nano, nano.row - 1, 2, [above + line]);
  place(nano, nano.row - 1, above.length);
}

export function deleteForward(nano: Nano): void {
  const line = lineAt(nano);
  if (nano.mark) {
    deleteMarked(nano);
    return;
  }
  if (nano.col < line.length) {
    const width = (line.codePointAt(nano.col) ?? 0) > 0xffff ? 2 : 1;
    replace(nano, nano.row, 1, [line.slice(0, nano.col) + line.slice(nano.col + width)]);
    return;
  }
  if (nano.row < nano.lines.length - 1) replace(nano, nano.row, 2, [line + lineAt(nano, nano.row + 1)]);
}

interface Region {
  readonly from: { readonly row: number; readonly col: number };
  readonly to: { readonly row: number; readonly col: number };
}

export function markedRegion({ mark, row, col }: Nano): Region | undefined {
  if (!mark) return undefined;
  const here = { row, col };
  const forward = mark.row < row || (mark.row === row && mark.col <= col);
  return forward ? { from: mark, to: here } : { from: here, to: mark };
}

function regionText(nano: Nano, { from, to }: Region): string[] {
  const lines = nano.lines.slice(from.row, to.row + 1);
  const last = lines.length - 1;
  return lines.map((line, i) => line.slice(i === 0 ? from.col : 0, i === last ? to.col : undefined));
}

function deleteMarked(nano: Nano): void {
  const region = markedRegion(nano);
  if (!region) return;
  const { from, to } = region;
  replace(nano, from.row, to.row - from.row + 1, [lineAt(nano, from.row).slice(0, from.col) + lineAt(nano, to.row).slice(to.col)]);
  nano.mark = undefined;
  place(nano, from.row, from.col);
}

/** ^K: the marked text, or the line. */
export function cut(nano: Nano): void {
  const region = markedRegion(nano);
  if (region) {
    nano.cut = regionText(nano, region);
    deleteMarked(nano);
    return;
  }
  const last = nano.row === nano.lines.length - 1;
  if (last && lineAt(nano) === '') return;
  nano.cut = [...(nano.cutting ? nano.cut.slice(0, -1) : []), lineAt(nano), ''];
  replace(nano, nano.row, 1, last ? [''] : []);
  place(nano, nano.row, 0);
}

/** M-6: as cut, but the text stays. */
export function copy(nano: Nano): void {
  const region = markedRegion(nano);
  if (region) nano.cut = regionText(nano, region);
  else {
    nano.cut = [...(nano.cutting ? nano.cut.slice(0, -1) : []), lineAt(nano), ''];
    place(nano, nano.row + 1, 0);
  }
  nano.mark = undefined;
}

export function paste(nano: Nano): void {
  if (nano.cut.length > 0) insert(nano, nano.cut.join('\n'));
}

export function undo(nano: Nano): void {
  const before = nano.undo.pop();
  if (!before) {
    nano.message = 'Nothing to undo';
    return;
  }
  nano.redo.push({ lines: nano.lines, row: nano.row, col: nano.col });
  nano.lines = before.lines;
  place(nano, before.row, before.col);
  nano.message = 'Undid addition';
}

export function redo(nano: Nano): void {
  const next = nano.redo.pop();
  if (!next) {
    nano.message = 'Nothing to redo';
    return;
  }
  nano.undo.push({ lines: nano.lines, row: nano.row, col: nano.col });
  nano.lines = next.lines;
  place(nano, next.row, next.col);
  nano.message = 'Redid addition';
}

/** M-} and M-{. */
export function indent(nano: Nano, forward: boolean): void {
  const region = markedRegion(nano);
  const [from, to] = region ? [region.from.row, region.to.row] : [nano.row, nano.row];
  const unit = nano.tabsToSpaces ? ' '.repeat(nano.tabSize) : '\t';
  const outdent = new RegExp(`^(\\t| {1,${nano.tabSize}})`);
  const shifted = nano.lines.slice(from, to + 1).map((line) => (forward ? (line === '' ? '' : unit + line) : line.replace(outdent, '')));
  const grown = (shifted[nano.row - from] ?? '').length - lineAt(nano).length;
  replace(nano, from, to - from + 1, shifted);
  place(nano, nano.row, nano.col + grown);
}
