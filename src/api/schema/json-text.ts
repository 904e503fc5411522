/** A JSON text's value together with the paths of members that were given twice (the last one counts). */
export interface JsonReading {
  readonly value: unknown;
  readonly duplicates: readonly string[];
}

/** Wrong JSON, in the words of Go's encoding/json; `offset` counts bytes as Go does. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export function readJson(text: string): JsonReading {
  const reader = new Reader(text);
  const value = reader.document();
  return { value, duplicates: reader.duplicates };
}

/** `spec.containers[0].port`. */
export type PathStep = string | number;
export const joinPath = (path: readonly PathStep[]): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');

class Reader {
  readonly duplicates: string[] = [];
  #at = 0;
  readonly #text: string;
  readonly #path: PathStep[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    const value = this.#value('looking for beginning of value');
    this.#skip();
    if (this.#at < this.#text.length) this.#fail('after top-level value');
    return value;
  }

  #skip(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #fail(where: string): never {
    const c = this.#text[this.#at];
    const offset = Buffer.byteLength(this.#text.slice(0, this.#at));
    if (c === undefined) throw new JsonSyntaxError('unexpected end of JSON input', offset);
    throw new JsonSyntaxError(`invalid character ${quoteCharacter(c)} ${where}`, offset + 1);
  }

  #value(where: string): unknown {
    this.#skip();
    const c = this.#text[this.#at] ?? '';
    if (c === '{') return this.#object();
    if (c === '[') return this.#array();
    if (c === '"') return this.#string();
    if (c === '-' || /\d/.test(c)) return this.#number();
    return this.#word(where);
  }

  #word(where: string): unknown {
    const words: readonly (readonly [string, unknown])[] = [
      ['true', true],
      ['false', false],
      ['null', null],
    ];
    const word = words.find(([w]) => this.#text[this.#at] === w[0]);
    if (!word) return this.#fail(where);
    for (const expected of word[0]) {
      if (this.#text[this.#at] !== expected) this.#fail(`in literal ${word[0]} (expecting ${quoteCharacter(expected)})`);
      this.#at++;
    }
    return word[1];
  }

  #number(): number {
    const match = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
    match.lastIndex = this.#at;
    const found = match.exec(this.#text)?.[0];
    if (found === undefined) {
      this.#at++;
      return this.#fail('in numeric literal');
    }
    this.#at += found.length;
    return Number(found);
  }

  #string(): string {
    const start = this.#at++;
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"') {
      if ((this.#text[this.#at] ?? '') < ' ') this.#fail('in string literal');
      this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    }
    if (this.#at >= this.#text.length) this.#fail('');
    this.#at++;
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as string;
    } catch {
      return this.#fail('in string escape code');
    }
  }

  #array(): unknown[] {
    const items: unknown[] = [];
    this.#at++;
    this.#skip();
    if (this.#text[this.#at] === ']') return this.#close(items);
    for (;;) {
      this.#path.push(items.length);
      items.push(this.#value('looking for beginning of value'));
      this.#path.pop();
      this.#skip();
      if (this.#text[this.#at] === ']') return this.#close(items);
      if (this.#text[this.#at] !== ',') this.#fail('after array element');
      this.#at++;
    }
  }

  #object(): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    this.#at++;
    this.#skip();
    if (this.#text[this.#at] === '}') return this.#close(members);
    for (;;) {
      this.#member(members);
      this.#skip();
      if (this.#text[this.#at] === '}') return this.#close(members);
      if (this.#text[this.#at] !== ',') this.#fail('after object key:value pair');
      this.#at++;
      this.#skip();
    }
  }

  #member(members: Record<string, unknown>): void {
    if (this.#text[this.#at] !== '"') this.#fail('looking for beginning of object key string');
    const key = this.#string();
    this.#skip();
    if (this.#text[this.#at] !== ':') this.#fail('after object key');
    this.#at++;
    this.#path.push(key);
    if (Object.hasOwn(members, key)) this.duplicates.push(joinPath(this.#path));
    const value = this.#value('looking for beginning of value');
    Object.defineProperty(members, key, { value, enumerable: true, configurable: true, writable: true });
    this.#path.pop();
  }

  #close<T>(value: T): T {
    this.#at++;
    return value;
  }
}

/** As Go's strconv.Quote, between single quotes. */
function quoteCharacter(c: string): string {
  if (c === "'") return "'\\''";
  if (c === '"') return "'\"'";
  if (c < ' ') return `'${JSON.stringify(c).slice(1, -1)}'`;
  if (c === '\x7f') return "'\\x7f'";
  return /[\x80-\xa0\xad]/.test(c) ? `'\\u00${c.charCodeAt(0).toString(16)}'` : `'${c}'`;
}
