import { isPaste, isText, type Key, pastedText } from '../keys.ts';
import { backspace, breakLine, copy, cut, deleteForward, indent, insert, paste, redo, undo } from './edit.ts';
import { askExit, askWrite, insertFile, write } from './files.ts';
import { askReplace, askSearch, find } from './search.ts';
import { lineAt, moveRows, type Nano, place, type Question } from './state.ts';

type Action = (nano: Nano) => void;

const left: Action = (nano) =>
  nano.col === 0 && nano.row > 0 ? place(nano, nano.row - 1, Number.MAX_SAFE_INTEGER) : place(nano, nano.row, nano.col - 1);
const right: Action = (nano) =>
  nano.col === lineAt(nano).length && nano.row < nano.lines.length - 1 ? place(nano, nano.row + 1, 0) : place(nano, nano.row, nano.col + 1);
const up: Action = (nano) => moveRows(nano, -1);
const down: Action = (nano) => moveRows(nano, 1);
const home: Action = (nano) => place(nano, nano.row, 0);
const end: Action = (nano) => place(nano, nano.row, lineAt(nano).length);
const pageUp: Action = (nano) => moveRows(nano, -Math.max(1, nano.height - 2));
const pageDown: Action = (nano) => moveRows(nano, Math.max(1, nano.height - 2));
const first: Action = (nano) => place(nano, 0, 0);
const last: Action = (nano) => place(nano, nano.lines.length - 1, Number.MAX_SAFE_INTEGER);
const tab: Action = (nano) =>
  nano.mark ? indent(nano, true) : insert(nano, nano.tabsToSpaces ? ' '.repeat(nano.tabSize - (nano.col % nano.tabSize)) : '\t');

function wordRight(nano: Nano): void {
  const rest = lineAt(nano).slice(nano.col);
  const jump = /^[\p{L}\p{N}_]*[^\p{L}\p{N}_]+(?=[\p{L}\p{N}_])/u.exec(rest);
  if (jump) place(nano, nano.row, nano.col + jump[0].length);
  else if (nano.row < nano.lines.length - 1) place(nano, nano.row + 1, /[\p{L}\p{N}_]/u.exec(lineAt(nano, nano.row + 1))?.index ?? 0);
  else end(nano);
}

function wordLeft(nano: Nano): void {
  const jump = /[\p{L}\p{N}_]+[^\p{L}\p{N}_]*$/u.exec(lineAt(nano).slice(0, nano.col));
  if (jump) place(nano, nano.row, jump.index);
  else if (nano.row > 0) place(nano, nano.row - 1, Number.MAX_SAFE_INTEGER);
  else home(nano);
}

function location(nano: Nano): void {
  const total = nano.lines.join('\n').length;
  const at = nano.lines.slice(0, nano.row).join('\n').length + nano.col + (nano.row > 0 ? 1 : 0);
  const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.floor((part * 100) / whole));
  const columns = lineAt(nano).length + 1;
  nano.message =
    `line ${nano.row + 1}/${nano.lines.length} (${percent(nano.row + 1, nano.lines.length)}%), ` +
    `col ${nano.col + 1}/${columns} (${percent(nano.col + 1, columns)}%), char ${at}/${total} (${percent(at, total)}%)`;
}

function askLine(nano: Nano): void {
  nano.question = {
    label: 'Enter line number, column number: ',
    answer: '',
    keys: [['^C', 'Cancel']],
    accept: (answer) => {
      const [row = NaN, col = 1] = answer.split(/[,.: ]+/).map(Number);
      if (Number.isNaN(row)) nano.message = 'Invalid line or column number';
      else place(nano, (row < 0 ? nano.lines.length + row + 1 : row) - 1, col - 1);
    },
  };
}

function askInsert(nano: Nano): void {
  const accept = (path: string) => insertFile(nano, path, (text) => insert(nano, text));
  nano.question = { label: 'File to insert [from ./]: ', answer: '', keys: [['^C', 'Cancel']], accept };
}

function toggle(nano: Nano, what: 'numbers' | 'autoindent', label: string): void {
  nano[what] = !nano[what];
  nano.message = `${label} ${nano[what] ? 'enabled' : 'disabled'}`;
}

function toggleMark(nano: Nano): void {
  nano.mark = nano.mark ? undefined : { row: nano.row, col: nano.col };
  nano.message = nano.mark ? 'Mark Set' : 'Mark Unset';
}

const ACTIONS: Readonly<Record<string, Action>> = {
  '<Left>': left,
  '<C-b>': left,
  '<Right>': right,
  '<C-f>': right,
  '<Up>': up,
  '<C-p>': up,
  '<Down>': down,
  '<C-n>': down,
  '<Home>': home,
  '<C-a>': home,
  '<End>': end,
  '<C-e>': end,
  '<PageUp>': pageUp,
  '<C-y>': pageUp,
  '<PageDown>': pageDown,
  '<C-v>': pageDown,
  '<C-Right>': wordRight,
  '<C-Left>': wordLeft,
  'M- ': wordRight,
  'M-\\': first,
  'M-/': last,
  '<CR>': breakLine,
  '<Tab>': tab,
  '<BS>': backspace,
  '<C-h>': backspace,
  '<Del>': deleteForward,
  '<C-d>': deleteForward,
  '<C-k>': cut,
  '<C-u>': paste,
  'M-6': copy,
  'M-u': undo,
  'M-e': redo,
  'M-a': toggleMark,
  '<C-^>': toggleMark,
  'M-}': (nano) => indent(nano, true),
  'M-{': (nano) => indent(nano, false),
  'M-n': (nano) => toggle(nano, 'numbers', 'Line numbering'),
  'M-i': (nano) => toggle(nano, 'autoindent', 'Auto indent'),
  '<C-w>': (nano) => askSearch(nano),
  '<C-q>': (nano) => askSearch(nano, false),
  'M-w': (nano) => (nano.search === '' ? askSearch(nano) : find(nano)),
  'M-q': (nano) => (nano.search === '' ? askSearch(nano, false) : find(nano, false)),
  '<C-\\>': askReplace,
  'M-r': askReplace,
  '<C-c>': location,
  '<C-_>': askLine,
  'M-g': askLine,
  '<C-o>': (nano) => askWrite(nano),
  '<C-s>': (nano) => (nano.path === undefined ? askWrite(nano) : write(nano, nano.path)),
  '<C-r>': askInsert,
  '<C-x>': askExit,
  '<C-g>': (nano) => {
    nano.message = 'kubeproctor does not simulate the help of nano';
  },
  '<C-l>': () => undefined,
};

const EDITING = new Set([
  '<CR>',
  '<Tab>',
  '<BS>',
  '<C-h>',
  '<Del>',
  '<C-d>',
  '<C-k>',
  '<C-u>',
  'M-}',
  'M-{',
  '<C-\\>',
  'M-r',
  '<C-r>',
  '<C-o>',
  '<C-s>',
]);
const CUTTING = new Set(['<C-k>', 'M-6']);

/** One key; Meta is Escape before it. */
export function pressKey(nano: Nano, key: Key, meta: boolean): void {
  nano.message = '';
  if (nano.question) {
    answer(nano, nano.question, key);
    return;
  }
  const name = meta ? `M-${key.toLowerCase()}` : key;
  const action = ACTIONS[name];
  if (nano.readonly && (EDITING.has(name) || (!action && !meta))) {
    nano.message = 'Key is invalid in view mode';
    return;
  }
  if (action) action(nano);
  else if (isPaste(key)) insert(nano, pastedText(key));
  else if (meta || !isText(key)) nano.message = 'Unbound key';
  else insert(nano, key);
  nano.cutting = CUTTING.has(name);
}

function answer(nano: Nano, question: Question, key: Key): void {
  if (key === '<C-c>' || key === '<Esc>') {
    nano.question = undefined;
    nano.message = 'Cancelled';
  } else if (question.choose) question.choose(key);
  else if (key === '<CR>') {
    nano.question = undefined;
    question.accept(question.answer);
  } else if (key === '<BS>' || key === '<C-h>') question.answer = question.answer.slice(0, -1);
  else if (key === '<C-u>' || key === '<C-k>') question.answer = '';
  else if (isPaste(key)) question.answer += pastedText(key).replaceAll('\n', ' ');
  else if (isText(key)) question.answer += key;
}
