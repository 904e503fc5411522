/** What the editor asks of the world it runs in; a refusal is thrown with the words to show. */
export interface NanoHost {
  read(path: string): string | undefined;
  write(path: string, text: string): void;
}

/** What the bottom of the screen asks: for a line of text, or for one of a few keys. */
export interface Question {
  readonly label: string;
  answer: string;
  readonly keys: readonly (readonly [string, string])[];
  /** A key that answers at once; undefined when it does not. */
  choose?(key: string): boolean;
  accept(answer: string): void;
}

export interface Nano {
  lines: readonly string[];
  row: number;
  col: number;
  wanted: number;
  top: number;
  height: number;
  path: string | undefined;
  saved: readonly string[];
  readonly: boolean;
  message: string;
  question: Question | undefined;
  mark: { readonly row: number; readonly col: number } | undefined;
  /** What ^K took; successive cuts add up. */
  cut: readonly string[];
  cutting: boolean;
  undo: Snapshot[];
  redo: Snapshot[];
  search: string;
  numbers: boolean;
  autoindent: boolean;
  tabSize: number;
  tabsToSpaces: boolean;
  finished: boolean;
  readonly host: NanoHost;
}

export interface Snapshot {
  readonly lines: readonly string[];
  readonly row: number;
  readonly col: number;
}

export function createNano(host: NanoHost): Nano {
  return {
    lines: [''],
    row: 0,
    col: 0,
    wanted: 0,
    top: 0,
    height: 20,
    path: undefined,
    saved: [''],
    readonly: false,
    message: '',
    question: undefined,
    mark: undefined,
    cut: [],
    cutting: false,
    undo: [],
    redo: [],
    search: '',
    numbers: false,
    autoindent: false,
    tabSize: 8,
    tabsToSpaces: false,
    finished: false,
    host,
  };
}

export const lineAt = (nano: Nano, row = nano.row): string => nano.lines[row] ?? '';
export const isModified = (nano: Nano): boolean => nano.lines !== nano.saved && nano.lines.join('\n') !== nano.saved.join('\n');

export function place(nano: Nano, row: number, col: number): void {
  nano.row = Math.max(0, Math.min(row, nano.lines.length - 1));
  nano.col = Math.max(0, Math.min(col, lineAt(nano).length));
  nano.wanted = nano.col;
}

/** Up and down keep the wanted column. */
export function moveRows(nano: Nano, count: number): void {
  const { wanted } = nano;
  place(nano, nano.row + count, wanted);
  nano.wanted = wanted;
}
