/** Something is wrong with content on disk: which file, which field, and what to do about it. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
  readonly file: string;
  readonly field: string | undefined;

  constructor(file: string, field: string | undefined, problem: string) {
    super(`${file}${field ? `: ${field}` : ''}: ${problem}`);
    this.file = file;
    this.field = field;
  }
}
