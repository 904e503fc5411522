import { replace } from './edit.ts';
import { lineAt, type Nano, place } from './state.ts';

const CANCEL = ['^C', 'Cancel'] as const;

export function askSearch(nano: Nano, forward = true): void {
  const remembered = nano.search === '' ? '' : ` [${nano.search}]`;
  nano.question = {
    label: `Search${forward ? '' : ' [Backwards]'}${remembered}: `,
    answer: '',
    keys: [CANCEL],
    accept: (answer) => {
      nano.search = answer || nano.search;
      if (nano.search === '') nano.message = 'Cancelled';
      else find(nano, forward);
    },
  };
}

/** The next place, round the end of the text. */
export function find(nano: Nano, forward = true): boolean {
  const needle = nano.search.toLowerCase();
  const hits = nano.lines.flatMap((line, row) => occurrences(line.toLowerCase(), needle).map((col) => ({ row, col })));
  const here = (hit: { row: number; col: number }) => Math.sign(hit.row - nano.row) || Math.sign(hit.col - nano.col);
  const next = forward ? hits.find((hit) => here(hit) > 0) : hits.findLast((hit) => here(hit) < 0);
  const target = next ?? (forward ? hits[0] : hits.at(-1));
  if (!target) {
    nano.message = `"${nano.search}" not found`;
    return false;
  }
  if (hits.length === 1 && here(target) === 0) nano.message = 'This is the only occurrence';
  else if (!next) nano.message = 'Search Wrapped';
  place(nano, target.row, target.col);
  return true;
}

function occurrences(line: string, needle: string): number[] {
  const found: number[] = [];
  if (needle === '') return found;
  for (let at = line.indexOf(needle); at >= 0; at = line.indexOf(needle, at + needle.length)) found.push(at);
  return found;
}

/** ^\: what, with what, then one by one. */
export function askReplace(nano: Nano): void {
  nano.question = {
    label: `Search (to replace)${nano.search === '' ? '' : ` [${nano.search}]`}: `,
    answer: '',
    keys: [CANCEL],
    accept: (what) => {
      nano.search = what || nano.search;
      if (nano.search === '') return;
      nano.question = { label: 'Replace with: ', answer: '', keys: [CANCEL], accept: (by) => startReplacing(nano, by) };
    },
  };
}

function startReplacing(nano: Nano, by: string): void {
  const start = { row: nano.row, col: nano.col - 1 };
  replaceNext(nano, by, start, 0);
}

interface Place {
  readonly row: number;
  readonly col: number;
}

/** Asks at the first occurrence behind `from`; ends at the end of the text. */
function replaceNext(nano: Nano, by: string, from: Place, count: number): void {
  const needle = nano.search.toLowerCase();
  const hit = nano.lines
    .flatMap((line, row) => occurrences(line.toLowerCase(), needle).map((col) => ({ row, col })))
    .find(({ row, col }) => row > from.row || (row === from.row && col > from.col));
  if (!hit) {
    nano.message = count === 0 ? `"${nano.search}" not found` : `Replaced ${count} occurrence${count === 1 ? '' : 's'}`;
    return;
  }
  place(nano, hit.row, hit.col);
  nano.question = {
    label: 'Replace this instance? ',
    answer: '',
    keys: [[' Y', 'Yes'], [' N', 'No'], [' A', 'All'], CANCEL],
    choose: (key) => {
      if (!/^[yna]$/i.test(key)) return false;
      nano.question = undefined;
      if (/n/i.test(key)) replaceNext(nano, by, hit, count);
      else if (/y/i.test(key)) replaceNext(nano, by, substitute(nano, by, hit), count + 1);
      else replaceAll(nano, by, hit, count);
      return true;
    },
    accept: () => undefined,
  };
}

function substitute(nano: Nano, by: string, { row, col }: Place): Place {
  const line = lineAt(nano, row);
  replace(nano, row, 1, [line.slice(0, col) + by + line.slice(col + nano.search.length)]);
  return { row, col: col + by.length - 1 };
}

function replaceAll(nano: Nano, by: string, first: Place, count: number): void {
  let done = count;
  let next: Place | undefined = first;
  const needle = nano.search.toLowerCase();
  while (next) {
    const at = substitute(nano, by, next);
    done++;
    next = nano.lines
      .flatMap((line, row) => (row < at.row ? [] : occurrences(line.toLowerCase(), needle).map((col) => ({ row, col }))))
      .find(({ row, col }) => row > at.row || col > at.col);
  }
  nano.message = `Replaced ${done} occurrence${done === 1 ? '' : 's'}`;
}
