export type JsonPathNode =
  | { readonly type: 'list'; readonly nodes: readonly JsonPathNode[] }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'array'; readonly start: Bound; readonly end: Bound; readonly step: Bound }
  | { readonly type: 'filter'; readonly left: readonly JsonPathNode[]; readonly right: readonly JsonPathNode[]; readonly operator: string }
  | { readonly type: 'value'; readonly value: number | boolean }
  | { readonly type: 'wildcard' }
  | { readonly type: 'recursive' }
  | { readonly type: 'union'; readonly members: readonly (readonly JsonPathNode[])[] }
  | { readonly type: 'identifier'; readonly name: string };

/** One of a slice's three numbers; `derived` is the end of a plain index. */
export interface Bound {
  readonly value: number | undefined;
  readonly derived?: boolean;
}

export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';
}

/** Reads a template: text, and expressions in braces. Throws JsonPathError in upstream's words. */
export function parseJsonPath(template: string): JsonPathNode[] {
  return new Parser(template).template();
}

const TERMINATORS = new Set(['', ' ', '\t', '\r', '\n', '.', ',', '[', ']', '$', '@', '{', '}']);

class Parser {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  template(): JsonPathNode[] {
    const nodes: JsonPathNode[] = [];
    while (this.#at < this.#text.length) {
      const open = this.#text.indexOf('{', this.#at);
      const text = this.#text.slice(this.#at, open < 0 ? undefined : open);
      if (text) nodes.push({ type: 'text', text });
      if (open < 0) break;
      this.#at = open + 1;
      nodes.push({ type: 'list', nodes: this.#action() });
    }
    return nodes;
  }

  #action(): JsonPathNode[] {
    const nodes: JsonPathNode[] = [];
    for (;;) {
      if (this.#text[this.#at] === '}') {
        this.#at++;
        return nodes;
      }
      this.#step(nodes);
    }
  }

  #step(nodes: JsonPathNode[]): void {
    const rest = this.#text.slice(this.#at);
    const c = [...rest.slice(0, 2)][0] ?? '';
    if (rest.startsWith('[?(')) nodes.push(this.#filter());
    else if (rest.startsWith('..')) this.#recursive(nodes);
    else if (c === '' || c === '\n' || c === '\r') throw new JsonPathError('unclosed action');
    else if (c === ' ' || c === '@' || c === '$') this.#at++;
    else if (c === '[') nodes.push(...this.#array());
    else if (c === '"' || c === "'") nodes.push({ type: 'text', text: this.#quoted(c) });
    else if (c === '.') {
      this.#at++;
      nodes.push(this.#field());
    } else if (/[-+\p{Nd}]/u.test(c)) nodes.push(this.#number());
    else if (/[_\p{L}]/u.test(c)) nodes.push(this.#identifier());
    else throw new JsonPathError(`unrecognized character in action: ${codePointName(c)}`);
  }

  #recursive(nodes: JsonPathNode[]): void {
    if (nodes.at(-1)?.type === 'recursive') throw new JsonPathError('invalid multiple recursive descent');
    this.#at += 2;
    nodes.push({ type: 'recursive' });
    if (/[_\p{L}\p{Nd}]/u.test(this.#text[this.#at] ?? '')) nodes.push(this.#field());
  }

  #field(): JsonPathNode {
    const start = this.#at;
    while (!TERMINATORS.has(this.#text[this.#at] ?? '')) this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    const name = this.#text.slice(start, this.#at);
    return name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') };
  }

  #identifier(): JsonPathNode {
    const start = this.#at;
    while (!TERMINATORS.has(this.#text[this.#at] ?? '')) this.#at++;
    const name = this.#text.slice(start, this.#at);
    return name === 'true' || name === 'false' ? { type: 'value', value: name === 'true' } : { type: 'identifier', name };
  }

  #number(): JsonPathNode {
    const text = /^[-+]?[.\p{Nd}]*/u.exec(this.#text.slice(this.#at))?.[0] ?? '';
    this.#at += text.length;
    if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new JsonPathError(`cannot parse number ${text}`);
    return { type: 'value', value: Number(text) };
  }

  #quoted(quote: string): string {
    const start = this.#at++;
    for (;;) {
      const c = this.#text[this.#at++];
      if (c === undefined || c === '\n') throw new JsonPathError('unterminated quoted string');
      if (c === quote && this.#text[this.#at - 2] !== '\\') break;
    }
    return unquote(this.#text.slice(start, this.#at), quote);
  }

  #array(): JsonPathNode[] {
    const end = /[\]\n]/.exec(this.#text.slice(this.#at));
    if (!end || end[0] === '\n') throw new JsonPathError('unterminated array');
    const inside = this.#text.slice(this.#at + 1, this.#at + end.index);
    this.#at += end.index + 1;
    const text = inside === '*' ? ':' : inside;
    const parts = text.split(',');
    if (parts.length > 1) return [{ type: 'union', members: parts.map((part) => parseAction(`[${part.replace(/^ +| +$/g, '')}]`)) }];
    const key = /^'([^']*)'$/.exec(text)?.[1];
    return key === undefined ? [slice(text)] : parseAction(`.${key}`);
  }

  #filter(): JsonPathNode {
    const start = this.#at + '[?('.length;
    this.#at = start;
    this.#skipToFilterEnd();
    if (this.#text[this.#at++] !== ']') throw new JsonPathError('unclosed array expect ]');
    const text = this.#text.slice(start, this.#at - 2);
    const [, left, operator, right] = /^([^!<>=]+)([!<>=]+)(.+?)$/s.exec(text) ?? [];
    if (left === undefined || operator === undefined || right === undefined) {
      return { type: 'filter', left: parseAction(text), right: [], operator: 'exists' };
    }
    return { type: 'filter', left: parseAction(left), right: parseAction(right), operator };
  }

  #skipToFilterEnd(): void {
    let quote = '';
    let closed = false;
    for (;;) {
      const c = this.#text[this.#at++];
      if (c === undefined || c === '\n') throw new JsonPathError('unterminated filter');
      if ((c === '"' || c === "'") && quote === '') quote = c;
      else if (c === quote && this.#text[this.#at - 2] !== '\\') closed = true;
      else if (c === ')' && closed === (quote !== '')) return;
    }
  }
}

function parseAction(text: string): JsonPathNode[] {
  const first = parseJsonPath(`{${text}}`)[0];
  return first?.type === 'list' ? [...first.nodes] : [];
}

function slice(text: string): JsonPathNode {
  const match = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
  if (!match) throw new JsonPathError(`invalid array index ${text}`);
  const bound = (part: string | undefined): Bound => {
    const digits = part?.replace(':', '') ?? '';
    if (digits === '-') throw new JsonPathError(`array index ${digits} is not a number`);
    return { value: digits === '' ? undefined : Number(digits) };
  };
  const start = bound(match[1]);
  const end = match[2] === undefined ? { value: (start.value ?? 0) + 1, derived: true } : bound(match[2]);
  return { type: 'array', start, end, step: bound(match[3]) };
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };

function unquote(text: string, quote: string): string {
  const wrong = () => new JsonPathError(`unquote string ${text} error invalid syntax`);
  return text.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)?/gs, (_, code: string | undefined) => {
    if (code === undefined) throw wrong();
    if (code === quote) return quote;
    const simple = ESCAPES[code];
    if (simple !== undefined) return simple;
    if (/^[xuU]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]{3}$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
    throw wrong();
  });
}

const codePointName = (c: string): string => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${c}'`;
