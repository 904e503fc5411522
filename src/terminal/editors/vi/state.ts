import type { Key } from '../keys.ts';

export interface Position {
  readonly row: number;
  readonly col: number;
}

export type Mode = 'normal' | 'insert' | 'replace' | 'visual' | 'visual-line' | 'visual-block' | 'command';

export interface Register {
  readonly text: string;
  readonly linewise: boolean;
}

export interface Snapshot {
  readonly lines: readonly string[];
  readonly row: number;
  readonly col: number;
}

export interface Settings {
  number: boolean;
  relativenumber: boolean;
  paste: boolean;
  expandtab: boolean;
  autoindent: boolean;
  list: boolean;
  ignorecase: boolean;
  smartcase: boolean;
  hlsearch: boolean;
  wrap: boolean;
  readonly: boolean;
  shiftwidth: number;
  tabstop: number;
  softtabstop: number;
}

/** What the editor asks of the world it runs in. Failures are thrown with the words to show. */
export interface Host {
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  /** Set when a command was given to the shell (`:!`, `:r !`): undefined where there is none. */
  exists(path: string): boolean;
}

/** An edit session: all that a key press can change. `lines` is replaced, never altered, so that undo can keep it. */
export interface Vi {
  lines: readonly string[];
  row: number;
  col: number;
  /** The column that j and k try to keep. */
  wanted: number;
  mode: Mode;
  anchor: Position;
  lastVisual: { mode: Mode; from: Position; to: Position } | undefined;
  path: string | undefined;
  /** The text as on disk: what `changed` compares with. */
  saved: readonly string[];
  finalNewline: boolean;
  message: string;
  /** What is being typed after `:`, `/` or `?`, with that sign. */
  commandLine: string;
  /** Keys of a command not yet complete, as `showcmd` shows them. */
  pending: string;
  readonly settings: Settings;
  readonly registers: Map<string, Register>;
  readonly marks: Map<string, Position>;
  undo: Snapshot[];
  redo: Snapshot[];
  search: { pattern: string; forward: boolean } | undefined;
  lastFind: { key: string; target: string } | undefined;
  lastSubstitution: { pattern: string; replacement: string; flags: string } | undefined;
  lastChange: readonly Key[];
  readonly history: string[];
  /** Keys waiting to be read before the keyboard: repeats and macros. */
  readonly queue: Key[];
  /** Keys of the command under way. */
  record: Key[];
  macro: { register: string; keys: Key[] } | undefined;
  /** First line on the screen, and how many fit. */
  top: number;
  height: number;
  highlight: boolean;
  finished: boolean;
  exitCode: number;
  readonly host: Host;
}

export const defaultSettings = (): Settings => ({
  number: false,
  relativenumber: false,
  paste: false,
  expandtab: false,
  autoindent: false,
  list: false,
  ignorecase: false,
  smartcase: false,
  hlsearch: false,
  wrap: true,
  readonly: false,
  shiftwidth: 8,
  tabstop: 8,
  softtabstop: 0,
});

export function createVi(host: Host): Vi {
  return {
    lines: [''],
    row: 0,
    col: 0,
    wanted: 0,
    mode: 'normal',
    anchor: { row: 0, col: 0 },
    lastVisual: undefined,
    path: undefined,
    saved: [''],
    finalNewline: true,
    message: '',
    commandLine: '',
    pending: '',
    settings: defaultSettings(),
    registers: new Map(),
    marks: new Map(),
    undo: [],
    redo: [],
    search: undefined,
    lastFind: undefined,
    lastSubstitution: undefined,
    lastChange: [],
    history: [],
    queue: [],
    record: [],
    macro: undefined,
    top: 0,
    height: 23,
    highlight: false,
    finished: false,
    exitCode: 0,
    host,
  };
}

export const lineAt = (vi: Vi, row = vi.row): string => vi.lines[row] ?? '';
export const isChanged = (vi: Vi): boolean => vi.lines !== vi.saved && vi.lines.join('\n') !== vi.saved.join('\n');

export function moveTo(vi: Vi, { row, col }: Position): void {
  vi.row = Math.max(0, Math.min(row, vi.lines.length - 1));
  const past = vi.mode === 'normal' ? 1 : 0;
  vi.col = Math.max(0, Math.min(col, lineAt(vi).length - past));
}

export function jumpTo(vi: Vi, position: Position): void {
  vi.marks.set("'", { row: vi.row, col: vi.col });
  moveTo(vi, position);
  vi.wanted = vi.col;
}
