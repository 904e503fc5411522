import stringWidth from 'string-width';
import type { Picture } from '../../editors/full-screen.ts';
import { isText, type Key } from '../../editors/keys.ts';
import { PatternError, posixRegex } from '../posix-regex.ts';

/** What less shows of a text, and what its keys do to that. */
export interface Pager {
  readonly lines: readonly string[];
  readonly names: readonly string[];
  top: number;
  left: number;
  height: number;
  width: number;
  /** What is being typed: a search, or a count. */
  prompt: string;
  count: string;
  message: string;
  pattern: RegExp | undefined;
  forward: boolean;
  numbers: boolean;
  chop: boolean;
  /** Nothing but the first prompt shows the name. */
  fresh: boolean;
  finished: boolean;
  ignoreCase: boolean;
}

export interface PagerOptions {
  readonly names: readonly string[];
  readonly numbers?: boolean;
  readonly chop?: boolean;
  readonly ignoreCase?: boolean;
}

export function createPager(text: string, { names, numbers = false, chop = false, ignoreCase = false }: PagerOptions): Pager {
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n').map(visible);
  return {
    lines,
    names,
    top: 0,
    left: 0,
    height: 23,
    width: 80,
    prompt: '',
    count: '',
    message: '',
    pattern: undefined,
    forward: true,
    numbers,
    chop,
    fresh: true,
    finished: false,
    ignoreCase,
  };
}

/** Tabs expanded, colours dropped, other control characters in caret notation. */
function visible(line: string): string {
  let out = '';
  for (const character of line.replace(/\x1b\[[\d;]*[mK]/g, '').replace(/\r$/, '')) {
    if (character === '\t') out += ' '.repeat(8 - (stringWidth(out) % 8));
    else if (character < ' ') out += `^${String.fromCharCode(character.charCodeAt(0) + 64)}`;
    else out += character;
  }
  return out;
}

const rowsOf = (pager: Pager, line: number): number =>
  pager.chop ? 1 : Math.max(1, Math.ceil(stringWidth(pager.lines[line] ?? '') / Math.max(1, pager.width - gutter(pager))));

const gutter = (pager: Pager): number => (pager.numbers ? 8 : 0);

/** The first line of the last full screen. */
function lastTop(pager: Pager): number {
  let used = 0;
  let line = pager.lines.length;
  while (line > 0 && used + rowsOf(pager, line - 1) <= pager.height) used += rowsOf(pager, --line);
  return Math.min(line, pager.lines.length - 1);
}

const atEnd = (pager: Pager): boolean => pager.top >= lastTop(pager);

function scrollTo(pager: Pager, line: number, limit = lastTop(pager)): void {
  pager.top = Math.max(0, Math.min(line, limit));
}

const TYPED_PROMPTS = /^[/?:&]/;

export function pressPager(pager: Pager, key: Key): void {
  pager.message = '';
  pager.fresh = false;
  if (TYPED_PROMPTS.test(pager.prompt)) {
    typeInPrompt(pager, key);
    return;
  }
  if (/^\d$/.test(key)) {
    pager.count += key;
    return;
  }
  const count = pager.count === '' ? undefined : Number(pager.count);
  pager.count = '';
  command(pager, key, count);
}

function command(pager: Pager, key: Key, count: number | undefined): void {
  const half = Math.floor(pager.height / 2);
  if (['q', 'Q', '<C-c>', 'Z'].includes(key)) pager.finished = true;
  else if (['j', '<CR>', '<Down>', 'e', '<C-n>', '<C-e>'].includes(key)) scrollTo(pager, pager.top + (count ?? 1));
  else if (['k', '<Up>', 'y', '<C-p>', '<C-y>'].includes(key)) scrollTo(pager, pager.top - (count ?? 1));
  else if ([' ', 'f', '<C-f>', '<C-v>', '<PageDown>'].includes(key)) scrollTo(pager, pager.top + (count ?? pager.height));
  else if (['b', '<C-b>', '<PageUp>'].includes(key)) scrollTo(pager, pager.top - (count ?? pager.height));
  else if (['d', '<C-d>'].includes(key)) scrollTo(pager, pager.top + (count ?? half));
  else if (['u', '<C-u>'].includes(key)) scrollTo(pager, pager.top - (count ?? half));
  else if (['g', '<', '<Home>'].includes(key)) scrollTo(pager, (count ?? 1) - 1);
  else if (['G', '>', '<End>'].includes(key)) scrollTo(pager, count === undefined ? pager.lines.length : count - 1);
  else if (['p', '%'].includes(key)) scrollTo(pager, Math.floor(((count ?? 0) * pager.lines.length) / 100));
  else if (key === '<Right>') pager.left += Math.floor(pager.width / 2);
  else if (key === '<Left>') pager.left = Math.max(0, pager.left - Math.floor(pager.width / 2));
  else if (key === '/' || key === '?' || key === ':' || key === '-') pager.prompt = key;
  else if (key === 'n') search(pager, pager.forward);
  else if (key === 'N') search(pager, !pager.forward);
  else if (key === '=' || key === '<C-g>') pager.message = position(pager);
  else if (key === 'h' || key === 'H') pager.message = 'kubeproctor does not simulate the help of less';
  if (pager.prompt === '-') pager.prompt = ':-';
}

function typeInPrompt(pager: Pager, key: Key): void {
  if (key === '<Esc>' || key === '<C-c>' || (key === '<BS>' && pager.prompt.length === 1)) pager.prompt = '';
  else if (pager.prompt === ':-') toggle(pager, key);
  else if (key === '<BS>') pager.prompt = pager.prompt.slice(0, -1);
  else if (pager.prompt === ':' && isText(key)) {
    pager.prompt = '';
    if (key === 'q' || key === 'Q') pager.finished = true;
    else if (key === 'f') pager.message = position(pager);
    else pager.message = key === 'n' ? 'No next file' : key === 'p' ? 'No previous file' : '';
  } else if (key === '<CR>') startSearch(pager);
  else if (isText(key)) pager.prompt += key;
}

function toggle(pager: Pager, key: Key): void {
  pager.prompt = '';
  if (key === 'N') pager.numbers = !pager.numbers;
  else if (key === 'S') pager.chop = !pager.chop;
  else if (key === 'i' || key === 'I') pager.ignoreCase = !pager.ignoreCase;
  else pager.message = `There is no -${key} option`;
}

function startSearch(pager: Pager): void {
  pager.forward = pager.prompt.startsWith('/');
  const text = pager.prompt.slice(1);
  pager.prompt = '';
  if (text !== '') pager.pattern = compile(pager, text);
  search(pager, pager.forward, text !== '');
}

function compile(pager: Pager, text: string): RegExp | undefined {
  try {
    return posixRegex(text, { extended: true, ignoreCase: pager.ignoreCase });
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    pager.message = 'Invalid pattern';
    return undefined;
  }
}

const matches = ({ pattern }: Pager, line: string): boolean => {
  if (!pattern) return false;
  pattern.lastIndex = 0;
  return pattern.test(line);
};

function search(pager: Pager, forward: boolean, includeTop = false): void {
  if (!pager.pattern) {
    pager.message ||= 'No previous regular expression';
    return;
  }
  const from = includeTop && forward ? pager.top : pager.top + (forward ? 1 : -1);
  const step = forward ? 1 : -1;
  for (let line = from; line >= 0 && line < pager.lines.length; line += step) {
    if (matches(pager, pager.lines[line] ?? '')) {
      scrollTo(pager, line, pager.lines.length - 1);
      return;
    }
  }
  pager.message = 'Pattern not found';
}

const nameOf = ({ names }: Pager): string => names[0] ?? '';

function position(pager: Pager): string {
  const bottom = Math.min(pager.lines.length, pager.top + pager.height);
  const whole = Math.floor((bottom * 100) / pager.lines.length);
  return `${nameOf(pager)}${nameOf(pager) ? ' ' : ''}lines ${pager.top + 1}-${bottom}/${pager.lines.length} ${atEnd(pager) ? '(END)' : `${whole}%`}`;
}

const reverse = (text: string): string => `\x1b[7m${text}\x1b[0m`;

export function drawPager(pager: Pager, columns: number, rows: number): Picture {
  pager.height = Math.max(1, rows - 1);
  pager.width = columns;
  const out: string[] = [];
  for (let line = pager.top; line < pager.lines.length && out.length < pager.height; line++) out.push(...screenRows(pager, line, columns));
  const shown = out.slice(0, pager.height);
  while (shown.length < pager.height) shown.push('~');
  const status = statusLine(pager, columns);
  return { rows: [...shown, status.text], cursor: { row: rows - 1, column: Math.min(columns - 1, status.width) } };
}

function statusLine(pager: Pager, columns: number): { text: string; width: number } {
  const typed = pager.prompt === ':-' ? '-' : pager.prompt || (pager.count === '' ? '' : `:${pager.count}`);
  if (typed) return { text: typed.slice(0, columns), width: stringWidth(typed) };
  const name = pager.fresh ? nameOf(pager) : '';
  const end = atEnd(pager);
  const text = pager.message ? `${pager.message}  (press RETURN)` : name ? `${name}${end ? ' (END)' : ''}` : end ? '(END)' : ':';
  const cut = text.slice(0, columns - 1);
  return { text: text === ':' ? ':' : reverse(cut), width: cut.length };
}

function screenRows(pager: Pager, line: number, columns: number): string[] {
  const text = (pager.lines[line] ?? '').slice(pager.left);
  const number = pager.numbers ? `${String(line + 1).padStart(7)} ` : '';
  const width = Math.max(1, columns - number.length);
  const pieces = pieceUp(highlighted(pager, text), width);
  return (pager.chop || pager.left > 0 ? pieces.slice(0, 1) : pieces).map((piece, i) => (i === 0 ? number : ' '.repeat(number.length)) + piece);
}

interface Character {
  readonly text: string;
  readonly marked: boolean;
}

function highlighted(pager: Pager, text: string): Character[] {
  const marks = new Set<number>();
  if (pager.pattern) {
    pager.pattern.lastIndex = 0;
    for (const match of text.matchAll(pager.pattern)) for (let i = 0; i < match[0].length; i++) marks.add(match.index + i);
  }
  let at = 0;
  return Array.from(text, (character) => {
    const marked = marks.has(at);
    at += character.length;
    return { text: character, marked };
  });
}

/** Cut into rows of the screen, the marked parts reversed. */
function pieceUp(characters: readonly Character[], width: number): string[] {
  const rows: string[] = [''];
  let used = 0;
  let marked = false;
  const add = (text: string) => {
    rows[rows.length - 1] = `${rows.at(-1) ?? ''}${text}`;
  };
  for (const character of characters) {
    const wide = stringWidth(character.text);
    if (used + wide > width) {
      if (marked) add('\x1b[0m');
      marked = false;
      rows.push('');
      used = 0;
    }
    if (character.marked !== marked) add(character.marked ? '\x1b[7m' : '\x1b[0m');
    marked = character.marked;
    add(character.text);
    used += wide;
  }
  if (marked) add('\x1b[0m');
  return rows;
}
