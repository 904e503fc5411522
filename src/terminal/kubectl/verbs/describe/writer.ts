import { TabWriter } from '../../print/tab-writer.ts';

/** Lines of cells, indented by two spaces per level, aligned at the end. */
export class Writer {
  readonly #out = new TabWriter({ minWidth: 0, padding: 2, remember: false });
  readonly #aligned: boolean;
  #text = '';

  /** Without alignment the tabs between the cells stay. */
  constructor(aligned = true) {
    this.#aligned = aligned;
  }

  /** Cells of one line; the first is indented. */
  line(level: number, ...cells: readonly (string | number | boolean | undefined)[]): void {
    this.write(level, `${cells.map((cell) => cell ?? '').join('\t')}\n`);
  }

  write(level: number, text: string): void {
    const indented = `${'  '.repeat(level)}${text}`;
    if (this.#aligned) this.#out.write(indented);
    else this.#text += indented;
  }

  toString(): string {
    return this.#aligned ? this.#out.flush() : this.#text;
  }
}

/** `Title:` and lines that stand below one another, `<none>` without any. */
export function multiline(w: Writer, title: string, lines: readonly string[], level = 0): void {
  if (lines.length === 0) w.line(level, `${title}:`, '<none>');
  else for (const [i, text] of lines.entries()) w.line(level, i === 0 ? `${title}:` : '', text);
}
