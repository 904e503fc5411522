import xterm from '@xterm/headless';

type XtermTerminal = InstanceType<typeof xterm.Terminal>;
type Cell =
  NonNullable<ReturnType<ReturnType<XtermTerminal['buffer']['active']['getNullCell']>['getChars']>> extends string
    ? ReturnType<XtermTerminal['buffer']['active']['getNullCell']>
    : never;

/** What a terminal shows: fed with output, read as rows of text with ANSI colours. Keeps a scrollback of 5,000 lines. */
export class ScreenBuffer {
  readonly #terminal: XtermTerminal;
  /** Lines scrolled up from the newest output. */
  #back = 0;

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 5_000, allowProposedApi: true });
  }

  /** Resolves when the rows show it. */
  write(text: string): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(text, resolve));
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(Math.max(2, columns), Math.max(1, rows));
    this.#back = 0;
  }

  scroll(lines: number): void {
    this.#back = Math.max(0, Math.min(this.#terminal.buffer.active.baseY, this.#back + lines));
  }

  toEnd(): void {
    this.#back = 0;
  }

  get scrolledBack(): number {
    return this.#back;
  }

  /** A full-screen program is running: it gets the scrolling keys too. */
  get fullScreen(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  get wantsBracketedPaste(): boolean {
    return this.#terminal.modes.bracketedPasteMode;
  }

  get wantsApplicationCursor(): boolean {
    return this.#terminal.modes.applicationCursorKeysMode;
  }

  /** One string a row, exactly as many as the terminal has; the cursor is shown reversed where `cursor` asks for it. */
  rows({ cursor }: { cursor: boolean }): string[] {
    const buffer = this.#terminal.buffer.active;
    const first = buffer.baseY - this.#back;
    const cursorRow = cursor && this.#back === 0 ? buffer.cursorY : -1;
    return Array.from({ length: this.#terminal.rows }, (_, y) => this.#row(first + y, y === cursorRow ? buffer.cursorX : -1));
  }

  #row(index: number, cursorX: number): string {
    const line = this.#terminal.buffer.active.getLine(index);
    if (!line) return '';
    const cell = this.#terminal.buffer.active.getNullCell();
    let text = '';
    let style = '';
    const end = Math.max(lastCell(line, this.#terminal.cols), cursorX + 1);
    for (let x = 0; x < end; x++) {
      line.getCell(x, cell);
      if (cell.getWidth() === 0) continue;
      const next = styleOf(cell, x === cursorX);
      if (next !== style) text += `\u001b[0${next}m`;
      style = next;
      text += cell.getChars() || ' ';
    }
    return style ? `${text}\u001b[0m` : text;
  }
}

function lastCell(
  line: {
    translateToString(trim: boolean): string;
    length: number;
    getCell(x: number): { getChars(): string; getBgColorMode(): number; isInverse(): number } | undefined;
  },
  columns: number,
): number {
  for (let x = columns - 1; x >= 0; x--) {
    const cell = line.getCell(x);
    if (cell && ((cell.getChars() !== '' && cell.getChars() !== ' ') || cell.getBgColorMode() !== 0 || cell.isInverse())) return x + 1;
  }
  return 0;
}

/** SGR parameters of a cell, each with its leading semicolon; `''` for plain text. */
function styleOf(cell: Cell, atCursor: boolean): string {
  const parts: (number | string)[] = [];
  if (cell.isBold()) parts.push(1);
  if (cell.isDim()) parts.push(2);
  if (cell.isItalic()) parts.push(3);
  if (cell.isUnderline()) parts.push(4);
  if (Boolean(cell.isInverse()) !== atCursor) parts.push(7);
  if (cell.isFgPalette()) parts.push(palette(cell.getFgColor(), 30));
  else if (cell.isFgRGB()) parts.push(`38;2;${rgb(cell.getFgColor())}`);
  if (cell.isBgPalette()) parts.push(palette(cell.getBgColor(), 40));
  else if (cell.isBgRGB()) parts.push(`48;2;${rgb(cell.getBgColor())}`);
  return parts.map((part) => `;${part}`).join('');
}

const palette = (color: number, base: number) => (color < 8 ? base + color : color < 16 ? base + 60 + color - 8 : `${base + 8};5;${color}`);
const rgb = (color: number) => `${(color >> 16) & 255};${(color >> 8) & 255};${color & 255}`;
