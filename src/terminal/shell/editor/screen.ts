import stringWidth from 'string-width';

/** Draws a prompt with a line behind it, wrapped by hand, and puts the cursor where it belongs. */
export class LineScreen {
  readonly #columns: () => number;
  readonly #write: (text: string) => Promise<void>;
  /** The row of the cursor, counted from the prompt's first. */
  #row = 0;

  constructor(columns: () => number, write: (text: string) => Promise<void>) {
    this.#columns = columns;
    this.#write = write;
  }

  /** Where the next drawing begins: the cursor stands at the start of a fresh row. */
  reset(): void {
    this.#row = 0;
  }

  async draw(prompt: string, before: string, after: string): Promise<void> {
    const shown = prompt.replace(/[\x01\x02]/g, '');
    const start = this.#layout(plain(prompt), { row: 0, column: 0 });
    const cursor = this.#layout(before, start);
    const end = this.#layout(after, cursor);
    const up = this.#row > 0 ? `\x1b[${this.#row}A` : '';
    const wrapped = end.column === 0 && end.row > 0 && !after.endsWith('\n') && !(after === '' && before.endsWith('\n')) ? ' \r\x1b[K' : '';
    const text = (shown + before + after).replace(/\n/g, '\r\n');
    const back = end.row > cursor.row ? `\x1b[${end.row - cursor.row}A` : '';
    const across = cursor.column > 0 ? `\x1b[${cursor.column}C` : '';
    await this.#write(`${up}\r\x1b[J${text}${wrapped}${back}\r${across}`);
    this.#row = cursor.row;
  }

  #layout(text: string, from: { row: number; column: number }): { row: number; column: number } {
    const columns = Math.max(1, this.#columns());
    let { row, column } = from;
    for (const char of text) {
      if (char === '\n') {
        row++;
        column = 0;
        continue;
      }
      const width = char === '\t' ? 8 - (column % 8) : stringWidth(char);
      if (column + width > columns) {
        row++;
        column = 0;
      }
      column += width;
      if (column >= columns) {
        row++;
        column = 0;
      }
    }
    return { row, column };
  }
}

/** A prompt without what takes no room. */
const plain = (prompt: string): string =>
  prompt
    .replace(/\x01[^\x02]*\x02/g, '')
    .replace(/\x1b\[[0-9;]*[A-Za-z]/g, '')
    .replace(/\x1b\][^\x07]*\x07/g, '');

/** Words in columns, as readline lists them. */
export function columnsOf(words: readonly string[], width: number): string {
  const widest = Math.max(...words.map((w) => stringWidth(w))) + 2;
  const across = Math.max(1, Math.floor(width / widest));
  const rows = Math.ceil(words.length / across);
  const line = (row: number) =>
    Array.from({ length: across }, (_, i) => words[row + i * rows] ?? '')
      .filter(Boolean)
      .map((w, i, all) => (i === all.length - 1 ? w : w + ' '.repeat(widest - stringWidth(w))))
      .join('');
  return Array.from({ length: rows }, (_, row) => `${line(row)}\r\n`).join('');
}
