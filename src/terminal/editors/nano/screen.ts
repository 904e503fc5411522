import stringWidth from 'string-width';
import type { Picture } from '../full-screen.ts';
import { markedRegion } from './edit.ts';
import { isModified, lineAt, type Nano } from './state.ts';

const reverse = (text: string): string => `\x1b[7m${text}\x1b[0m`;

const SHORTCUTS: readonly (readonly [string, string])[] = [
  ['^G', 'Help'],
  ['^X', 'Exit'],
  ['^O', 'Write Out'],
  ['^R', 'Read File'],
  ['^W', 'Where Is'],
  ['^\\', 'Replace'],
  ['^K', 'Cut'],
  ['^U', 'Paste'],
  ['^T', 'Execute'],
  ['^J', 'Justify'],
  ['^C', 'Location'],
  ['^/', 'Go To Line'],
];

/** A title, the text, a line for messages, two lines of shortcuts. */
export function drawNano(nano: Nano, columns: number, rows: number): Picture {
  const helpRows = rows >= 6 ? 2 : 0;
  const height = Math.max(1, rows - 2 - helpRows);
  nano.height = height;
  if (nano.row < nano.top || nano.row >= nano.top + height) nano.top = Math.max(0, nano.row - Math.floor(height / 2));
  const gutter = nano.numbers ? String(nano.lines.length).length + 1 : 0;
  const width = Math.max(1, columns - gutter);
  const text = Array.from({ length: height }, (_, i) => textRow(nano, nano.top + i, gutter, width));
  const { label, answer } = nano.question ?? { label: '', answer: '' };
  const bottom = nano.question ? reverse(`${label}${answer}`.padEnd(columns).slice(0, columns)) : centred(nano.message, columns);
  const cursor = nano.question
    ? { row: height + 1, column: Math.min(columns - 1, stringWidth(label + answer)) }
    : { row: nano.row - nano.top + 1, column: gutter + (columnOf(nano, nano.col) - pageStart(nano, width)) };
  return { rows: [title(nano, columns), ...text, bottom, ...shortcuts(nano, columns, helpRows)], cursor };
}

function title(nano: Nano, columns: number): string {
  const left = '  GNU nano 7.2';
  const name = nano.path ?? 'New Buffer';
  const right = nano.readonly ? 'View' : isModified(nano) ? 'Modified' : '';
  const at = Math.max(left.length + 1, Math.floor((columns - name.length) / 2));
  const line = `${left.padEnd(at)}${name}`;
  return reverse(`${line.padEnd(Math.max(line.length + 1, columns - right.length - 1))}${right} `.slice(0, columns));
}

function centred(message: string, columns: number): string {
  if (message === '') return '';
  const shown = `[ ${message} ]`.slice(0, columns);
  return ' '.repeat(Math.max(0, Math.floor((columns - shown.length) / 2))) + reverse(shown);
}

function expanded(nano: Nano, text: string): string {
  let out = '';
  let column = 0;
  for (const character of text) {
    const shown =
      character === '\t'
        ? ' '.repeat(nano.tabSize - (column % nano.tabSize))
        : character < ' '
          ? `^${String.fromCharCode(character.charCodeAt(0) + 64)}`
          : character;
    out += shown;
    column += stringWidth(shown);
  }
  return out;
}

const columnOf = (nano: Nano, col: number): number => stringWidth(expanded(nano, lineAt(nano).slice(0, col)));

/** A long line scrolls by itself while the cursor is on it. */
function pageStart(nano: Nano, width: number): number {
  const column = columnOf(nano, nano.col);
  return column < width - 1 ? 0 : Math.floor(column / Math.max(1, width - 8)) * Math.max(1, width - 8);
}

function textRow(nano: Nano, row: number, gutter: number, width: number): string {
  const line = nano.lines[row];
  if (line === undefined) return '';
  const number = gutter === 0 ? '' : reverse(String(row + 1).padStart(gutter - 1)).concat(' ');
  const start = row === nano.row ? pageStart(nano, width) : 0;
  const whole = expanded(nano, line);
  if (start === 0 && stringWidth(whole) <= width) return number + withMark(nano, row, line, whole);
  const room = width - (start > 0 ? 1 : 0);
  const piece = slice(whole, start + (start > 0 ? 1 : 0), room);
  const more = stringWidth(whole) > start + width;
  return `${number}${start > 0 ? reverse('<') : ''}${more ? slice(piece, 0, room - 1) + reverse('>') : piece}`;
}

/** `width` columns of the text from a column on. */
function slice(text: string, from: number, width: number): string {
  let column = 0;
  let out = '';
  for (const character of text) {
    const wide = stringWidth(character);
    if (column >= from && column + wide <= from + width) out += character;
    column += wide;
  }
  return out;
}

function withMark(nano: Nano, row: number, line: string, whole: string): string {
  const region = markedRegion(nano);
  if (!region || row < region.from.row || row > region.to.row) return whole;
  const from = row === region.from.row ? region.from.col : 0;
  const to = row === region.to.row ? region.to.col : line.length;
  return expanded(nano, line.slice(0, from)) + reverse(expanded(nano, line.slice(from, to))) + expanded(nano, line.slice(to));
}

function shortcuts(nano: Nano, columns: number, rows: number): string[] {
  if (rows === 0) return [];
  const keys = nano.question?.keys ?? SHORTCUTS;
  const perRow = Math.max(1, Math.min(Math.ceil(keys.length / 2), Math.floor(columns / 13)));
  const width = Math.floor(columns / perRow);
  const row = (offset: number) =>
    Array.from({ length: perRow }, (_, i) => keys[i * 2 + offset])
      .map((pair) =>
        pair
          ? `${reverse(pair[0])} ${pair[1].slice(0, Math.max(0, width - pair[0].length - 1)).padEnd(width - pair[0].length - 1)}`
          : ' '.repeat(width),
      )
      .join('');
  return [row(0), row(1)];
}
