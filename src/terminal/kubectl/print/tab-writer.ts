/**
 * Aligns tab-separated cells as the tabwriter of kubectl: cells at least `minWidth` wide, columns `padding` apart, a column being
 * a run of lines that have that cell. With `remember`, widths of earlier flushes are kept for later ones.
 */
export class TabWriter {
  readonly #minWidth: number;
  readonly #padding: number;
  readonly #remember: boolean;
  #text = '';
  #widths: number[] = [];

  constructor({ minWidth = 6, padding = 3, remember = true }: { minWidth?: number; padding?: number; remember?: boolean } = {}) {
    this.#minWidth = minWidth;
    this.#padding = padding;
    this.#remember = remember;
  }

  write(text: string): void {
    this.#text += text;
  }

  forget(): void {
    this.#widths = [];
  }

  /** Everything written since the last flush, aligned. */
  flush(): string {
    const text = this.#text;
    this.#text = '';
    if (!text) return '';
    const ended = text.endsWith('\n');
    const lines = (ended ? text.slice(0, -1) : text).split('\n').map((line) => line.split('\t'));
    return lines.length === 0 ? '' : this.#aligned(lines).join('\n') + (ended ? '\n' : '');
  }

  #aligned(lines: readonly (readonly string[])[]): string[] {
    const widths = lines.map(() => [] as number[]);
    this.#measure(lines, widths, 0, lines.length, 0);
    return lines.map((cells, row) =>
      cells
        .map((cell, column) => (column < cells.length - 1 ? cell.padEnd(cell.length + (widths[row]?.[column] ?? 0) - displayWidth(cell)) : cell))
        .join(''),
    );
  }

  #measure(lines: readonly (readonly string[])[], widths: number[][], from: number, to: number, column: number): void {
    for (let row = from; row < to; row++) {
      if (column >= (lines[row]?.length ?? 0) - 1) continue;
      let end = row;
      while (end < to && column < (lines[end]?.length ?? 0) - 1) end++;
      const width = this.#columnWidth(
        lines.slice(row, end).map((cells) => cells[column] ?? ''),
        column,
      );
      for (let i = row; i < end; i++) widths[i]?.splice(column, 1, width);
      this.#measure(lines, widths, row, end, column + 1);
      row = end - 1;
    }
  }

  #columnWidth(cells: readonly string[], column: number): number {
    const remembered = this.#remember ? (this.#widths[column] ?? 0) : 0;
    const widest = Math.max(...cells.map(displayWidth)) + this.#padding;
    const width = Math.max(remembered, this.#minWidth, widest);
    if (this.#remember) this.#widths[column] = width;
    return width;
  }
}

const displayWidth = (text: string): number => [...text].length;

/** Rows of cells, aligned. */
export function table(rows: readonly (readonly string[])[]): string {
  const writer = new TabWriter();
  writer.write(rows.map((row) => `${row.join('\t')}\n`).join(''));
  return writer.flush();
}
