import { isPaste, isText, type Key, pastedText } from '../keys.ts';
import { addToNumber, replaceCharacters } from './characters.ts';
import { commandLineMode, searchMode } from './command-line.ts';
import { insertMode } from './insert.ts';
import { playMacro, recordMacro } from './macros.ts';
import { findCharacter, type Motion, simpleMotion } from './motions.ts';
import { applyOperator, joinLines, put } from './operators.ts';
import { scroll } from './scroll.ts';
import { searchFrom, wordUnderCursor } from './search.ts';
import { jumpTo, lineAt, moveTo, type Position, type Vi } from './state.ts';
import { firstNonBlank, indentOf, insertText, ordered, type Range, replaceLines } from './text.ts';
import { textObject } from './text-objects.ts';
import { type Dialogue, nextKey } from './typing.ts';
import { redo, rememberChange, snapshot, undo } from './undo.ts';
import { visualMode } from './visual.ts';
import { quit, saveAndQuit } from './write.ts';

/** The whole session: one command after another. */
export function* session(vi: Vi): Dialogue {
  while (!vi.finished) {
    vi.record = [];
    vi.pending = '';
    const before = snapshot(vi);
    const repeatable = yield* command(vi);
    if (vi.mode !== 'normal') vi.mode = 'normal';
    moveTo(vi, vi);
    if (repeatable) vi.lastChange = vi.record;
    if (repeatable !== undefined) rememberChange(vi, before);
  }
}

export interface Prefix {
  readonly count: number | undefined;
  readonly register: string;
  readonly key: Key;
}

/** `"a3` before a command. */
export function* readPrefix(vi: Vi): Dialogue<Prefix> {
  let digits = '';
  let register = '"';
  for (;;) {
    const key = yield* nextKey(vi);
    vi.pending += isText(key) ? key : '';
    if (/^[1-9]$/.test(key) || (key === '0' && digits !== '')) digits += key;
    else if (key === '"') register = yield* nextKey(vi);
    else return { count: digits === '' ? undefined : Math.min(Number(digits), 100_000), register, key };
  }
}

/** True: a change that `.` repeats. False: not repeatable, but undoable. Undefined: undo is its own business. */
function* command(vi: Vi): Dialogue<boolean | undefined> {
  const prefix = yield* readPrefix(vi);
  const { key } = prefix;
  if (key !== ':') vi.message = '';
  if ('dcy><='.includes(key) && isText(key)) return yield* operatorCommand(vi, key, prefix);
  const motion = yield* readMotion(vi, prefix);
  if (motion !== 'none') {
    follow(vi, motion);
    return false;
  }
  return (yield* insertCommand(vi, prefix)) ?? (yield* editCommand(vi, prefix)) ?? (yield* otherCommand(vi, prefix));
}

export function follow(vi: Vi, motion: Motion | undefined): void {
  if (!motion) return;
  if (motion.jump) vi.marks.set("'", { row: vi.row, col: vi.col });
  moveTo(vi, motion.to);
  vi.wanted = motion.wanted ?? vi.col;
}

/** 'none' when the key begins no motion; undefined when it leads nowhere. */
export function* readMotion(vi: Vi, { key, count }: Prefix): Dialogue<Motion | undefined | 'none'> {
  const times = count ?? 1;
  switch (key) {
    case 'f':
    case 't':
    case 'F':
    case 'T': {
      const target = yield* nextKey(vi);
      vi.lastFind = { key, target };
      return findCharacter(vi, key, target, times);
    }
    case ';':
    case ',': {
      if (!vi.lastFind) return undefined;
      const { key: kind, target } = vi.lastFind;
      const swapped = kind === kind.toLowerCase() ? kind.toUpperCase() : kind.toLowerCase();
      return findCharacter(vi, key === ';' ? kind : swapped, target, times);
    }
    case '/':
    case '?': {
      const to = yield* searchMode(vi, key, times);
      return to && { to, jump: true };
    }
    case "'":
    case '`': {
      const name = yield* nextKey(vi);
      const mark = vi.marks.get(name === '`' ? "'" : name);
      if (!mark) {
        vi.message = 'E20: Mark not set';
        return undefined;
      }
      return key === '`' ? { to: mark, jump: true } : { to: { row: mark.row, col: firstNonBlank(lineAt(vi, mark.row)) }, linewise: true, jump: true };
    }
    case '*':
    case '#': {
      const word = wordUnderCursor(vi);
      if (word === undefined) return undefined;
      vi.search = { pattern: `\\<${word}\\>`, forward: key === '*' };
      const to = searchFrom(vi, vi.search.pattern, key === '*', times);
      return to && { to, jump: true };
    }
    case 'g':
      return yield* gMotion(vi, count);
    default:
      return isMotionKey(key) ? simpleMotion(vi, key, count) : 'none';
  }
}

const MOTION_KEYS = new Set([
  ...'hjkl0^$|+-_GHMLwWbBeE{}%nN ',
  '<Left>',
  '<Right>',
  '<Up>',
  '<Down>',
  '<BS>',
  '<CR>',
  '<Home>',
  '<End>',
  '<C-n>',
  '<C-p>',
  '<C-j>',
  '<C-Left>',
  '<C-Right>',
]);
const isMotionKey = (key: Key): boolean => MOTION_KEYS.has(key);

function* gMotion(vi: Vi, count: number | undefined): Dialogue<Motion | undefined | 'none'> {
  const key = yield* nextKey(vi);
  if (key === 'g') {
    const row = Math.min((count ?? 1) - 1, vi.lines.length - 1);
    return { to: { row, col: firstNonBlank(lineAt(vi, row)) }, linewise: true, jump: true };
  }
  if (key === 'j' || key === 'k') return simpleMotion(vi, key, count);
  if (key === '_') return { to: { row: vi.row, col: Math.max(0, lineAt(vi).trimEnd().length - 1) }, inclusive: true };
  vi.queue.unshift(key);
  return 'none';
}

/** d3w, ciw, yy, >}, gUw … */
function* operatorCommand(vi: Vi, operator: string, prefix: Prefix): Dialogue<boolean> {
  const inner = yield* readPrefix(vi);
  const count = prefix.count === undefined ? inner.count : prefix.count * (inner.count ?? 1);
  const range = yield* operatorRange(vi, operator, { ...inner, count });
  if (!range) return false;
  const inserting = applyOperator(vi, operator, range, prefix.register);
  if (inserting) yield* insertMode(vi);
  vi.wanted = vi.col;
  return operator !== 'y';
}

function* operatorRange(vi: Vi, operator: string, prefix: Prefix): Dialogue<Range | undefined> {
  const { key, count } = prefix;
  if (key === operator.at(-1)) {
    const last = vi.row + (count ?? 1) - 1;
    if (last >= vi.lines.length && (count ?? 1) > vi.lines.length) return lines(vi.row, vi.lines.length - 1);
    return lines(vi.row, Math.min(last, vi.lines.length - 1));
  }
  if (key === 'i' || key === 'a') return textObject(vi, key === 'a', yield* nextKey(vi));
  // As vim: cw on a word changes to its end.
  if (operator === 'c' && (key === 'w' || key === 'W') && /\S/.test(lineAt(vi).charAt(vi.col))) {
    return motionRange(vi, changeWord(vi, key === 'W', count ?? 1), key);
  }
  const motion = yield* readMotion(vi, prefix);
  return motion === 'none' || !motion ? undefined : motionRange(vi, motion, key);
}

const lines = (from: number, to: number): Range => ({ from: { row: from, col: 0 }, to: { row: to, col: 0 }, linewise: true });

function changeWord(vi: Vi, big: boolean, times: number): Motion {
  const object = textObject(vi, false, big ? 'W' : 'w');
  const first: Position = { row: vi.row, col: (object?.to.col ?? vi.col + 1) - 1 };
  if (times === 1) return { to: first, inclusive: true };
  return simpleMotion({ ...vi, ...first }, big ? 'E' : 'e', times - 1) ?? { to: first, inclusive: true };
}

function motionRange(vi: Vi, motion: Motion, key: Key): Range {
  const [from, to] = ordered({ row: vi.row, col: vi.col }, motion.to);
  if (motion.linewise) return lines(from.row, to.row);
  // A word motion that would take in the next line's indent ends at this line's end.
  if ('wW'.includes(key) && to.row > from.row && to.col <= firstNonBlank(lineAt(vi, to.row))) {
    return { from, to: { row: to.row - 1, col: lineAt(vi, to.row - 1).length }, linewise: false };
  }
  return { from, to: { row: to.row, col: to.col + (motion.inclusive ? 1 : 0) }, linewise: false };
}

/** Commands that end in insert mode. */
function* insertCommand(vi: Vi, { key, count, register }: Prefix): Dialogue<boolean | undefined> {
  const line = lineAt(vi);
  const begin = (col: number) => {
    vi.mode = 'insert';
    moveTo(vi, { row: vi.row, col });
  };
  switch (key) {
    case 'i':
    case '<Insert>':
      begin(vi.col);
      break;
    case 'a':
      begin(vi.col + (line === '' ? 0 : 1));
      break;
    case 'I':
      begin(indentOf(line).length);
      break;
    case 'A':
      begin(line.length);
      break;
    case 'o':
    case 'O':
      openLine(vi, key === 'o');
      break;
    case 's':
      applyOperator(vi, 'c', { from: vi, to: { row: vi.row, col: Math.min(line.length, vi.col + (count ?? 1)) }, linewise: false }, register);
      break;
    case 'S':
      applyOperator(vi, 'c', lines(vi.row, Math.min(vi.lines.length - 1, vi.row + (count ?? 1) - 1)), register);
      break;
    case 'C':
      applyOperator(vi, 'c', { from: vi, to: { row: vi.row, col: line.length }, linewise: false }, register);
      break;
    case 'R':
      vi.mode = 'replace';
      break;
    default:
      return undefined;
  }
  vi.message = '';
  yield* insertMode(vi, 'sSC'.includes(key) ? 1 : (count ?? 1));
  return true;
}

function openLine(vi: Vi, below: boolean): void {
  const indent = vi.settings.autoindent && !vi.settings.paste ? indentOf(lineAt(vi)) : '';
  const row = below ? vi.row + 1 : vi.row;
  replaceLines(vi, row, 0, [indent]);
  vi.mode = 'insert';
  moveTo(vi, { row, col: indent.length });
}

/** Commands that change text and stay. */
function* editCommand(vi: Vi, { key, count, register }: Prefix): Dialogue<boolean | undefined> {
  const times = count ?? 1;
  const line = lineAt(vi);
  const cut = (from: number, to: number): boolean => {
    if (from < to) applyOperator(vi, 'd', { from: { row: vi.row, col: from }, to: { row: vi.row, col: to }, linewise: false }, register);
    return true;
  };
  if (isPaste(key)) {
    moveTo(vi, insertText(vi, { row: vi.row, col: line === '' ? 0 : vi.col + 1 }, pastedText(key)));
    return true;
  }
  switch (key) {
    case 'x':
    case '<Del>':
      return cut(vi.col, Math.min(line.length, vi.col + times));
    case 'X':
      return cut(Math.max(0, vi.col - times), vi.col);
    case 'D':
      return cut(vi.col, line.length);
    case 'Y':
      applyOperator(vi, 'y', lines(vi.row, Math.min(vi.lines.length - 1, vi.row + times - 1)), register);
      return false;
    case 'p':
    case 'P':
      put(vi, register, key === 'p', times);
      return true;
    case 'J':
      joinLines(vi, vi.row, vi.row + Math.max(1, times - 1), true);
      return true;
    case 'r':
      return replaceCharacters(vi, yield* nextKey(vi), times);
    case '~':
      applyOperator(vi, 'g~', { from: vi, to: { row: vi.row, col: Math.min(line.length, vi.col + times) }, linewise: false }, register);
      moveTo(vi, { row: vi.row, col: vi.col + times });
      return true;
    case '<C-a>':
    case '<C-x>':
      return addToNumber(vi, key === '<C-a>' ? times : -times);
    default:
      return undefined;
  }
}

function* otherCommand(vi: Vi, prefix: Prefix): Dialogue<boolean | undefined> {
  const { key, count } = prefix;
  switch (key) {
    case ':':
      yield* commandLineMode(vi, count === undefined ? '' : count === 1 ? '.' : `.,.+${count - 1}`);
      return false;
    case 'u':
      undo(vi, count ?? 1);
      return undefined;
    case '<C-r>':
      redo(vi, count ?? 1);
      return undefined;
    case '.':
      vi.queue.unshift(...(count === undefined ? vi.lastChange : [...String(count), ...withoutCount(vi.lastChange)]));
      return undefined;
    case 'v':
    case 'V':
    case '<C-v>':
      vi.mode = key === 'v' ? 'visual' : key === 'V' ? 'visual-line' : 'visual-block';
      vi.anchor = { row: vi.row, col: vi.col };
      return yield* visualMode(vi);
    case 'm':
      vi.marks.set(yield* nextKey(vi), { row: vi.row, col: vi.col });
      return false;
    case 'q':
      return yield* recordMacro(vi);
    case '@':
      return yield* playMacro(vi, count ?? 1);
    case 'Z': {
      const second = yield* nextKey(vi);
      if (second === 'Z') saveAndQuit(vi);
      if (second === 'Q') quit(vi, true);
      return false;
    }
    case 'g':
      return yield* gCommand(vi, prefix);
    case '<C-g>':
      vi.message = `"${vi.path ?? '[No Name]'}" ${vi.lines.length} lines --${Math.round(((vi.row + 1) * 100) / vi.lines.length)}%--`;
      return false;
    case '<C-c>':
      vi.message = vi.message || 'Type  :qa  and press <Enter> to exit Vim';
      return false;
    case 'z':
      scroll(vi, `z${yield* nextKey(vi)}`, count);
      return false;
    default:
      scroll(vi, key, count);
      return false;
  }
}

const withoutCount = (keys: readonly Key[]): readonly Key[] => keys.slice(keys.findIndex((key) => !/^\d$/.test(key)));

function* gCommand(vi: Vi, prefix: Prefix): Dialogue<boolean | undefined> {
  const key = yield* nextKey(vi);
  switch (key) {
    case 'u':
    case 'U':
    case '~':
      return yield* operatorCommand(vi, `g${key}`, prefix);
    case 'J':
      joinLines(vi, vi.row, vi.row + Math.max(1, (prefix.count ?? 1) - 1), false);
      return true;
    case 'v':
      if (!vi.lastVisual) return false;
      vi.mode = vi.lastVisual.mode;
      vi.anchor = vi.lastVisual.from;
      moveTo(vi, vi.lastVisual.to);
      return yield* visualMode(vi);
    case 'i': {
      const at = vi.marks.get('^');
      if (at) jumpTo(vi, at);
      vi.mode = 'insert';
      yield* insertMode(vi);
      return true;
    }
    default:
      return false;
  }
}
