/** The text is wrong. */
export class SyntaxFailure extends Error {
  override readonly name = 'SyntaxFailure';
  readonly line: number;
  /** The line it is in is shown too. */
  readonly showLine: boolean;
  code = 2;

  constructor(message: string, line: number, showLine: boolean) {
    super(message);
    this.line = line;
    this.showLine = showLine;
  }
}

/** The text ends too early: an interactive shell asks for more. */
export class Incomplete extends SyntaxFailure {}

/** Characters under a cursor. Aliases and here-documents reach into it, so it is one object for one script. */
export class Scanner {
  source: string;
  at = 0;
  #line: number;
  #counted = 0;

  constructor(source: string, line = 1) {
    this.source = source;
    this.#line = line;
  }

  get line(): number {
    for (; this.#counted < this.at; this.#counted++) if (this.source[this.#counted] === '\n') this.#line++;
    return this.#line;
  }

  get char(): string {
    return this.source[this.at] ?? '';
  }

  get ended(): boolean {
    return this.at >= this.source.length;
  }

  peek(offset = 1): string {
    return this.source[this.at + offset] ?? '';
  }

  looking(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  take(text: string): boolean {
    if (!this.looking(text)) return false;
    this.at += text.length;
    return true;
  }

  next(): string {
    return this.source[this.at++] ?? '';
  }

  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.source) ?? undefined;
  }

  /** Blanks, line continuations and a comment. */
  skipBlanks(): void {
    for (;;) {
      if (this.char === ' ' || this.char === '\t' || (this.char === '\r' && this.peek() === '\n')) this.at++;
      else if (this.looking('\\\n')) this.at += 2;
      else break;
    }
    if (this.looking('#')) while (!this.ended && !this.looking('\n')) this.at++;
  }

  incomplete(expected: string, line = this.line): Incomplete {
    return new Incomplete(`unexpected EOF while looking for matching \`${expected}'`, line, false);
  }

  unexpectedEnd(): Incomplete {
    return new Incomplete('syntax error: unexpected end of file', this.endLine, false);
  }

  /** Where bash notices that the text has ended. */
  get endLine(): number {
    return this.line + (this.source.endsWith('\n') ? 0 : 1);
  }

  unexpected(): SyntaxFailure {
    if (this.ended) return this.unexpectedEnd();
    const token = this.match(/\n|&&|\|\||;;&?|;&|<<<|<<-?|[<>]&|>>|&>>?|\|&|[;&|()<>]|[^\s;&|()<>]+/y)?.[0] ?? this.char;
    return new SyntaxFailure(`syntax error near unexpected token \`${token === '\n' ? 'newline' : token}'`, this.line, true);
  }
}

export const isNameStart = (char: string): boolean => /^[A-Za-z_]/.test(char);
export const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
