export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'keyword'
  | 'string'
  | 'number'
  | 'character'
  | 'boolean'
  | 'nil'
  | 'dot'
  | 'pipe'
  | 'left-paren'
  | 'right-paren'
  | 'declare'
  | 'assign'
  | 'comma'
  | 'space'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
}

export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

const KEYWORDS = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'nil', 'range', 'template', 'with']);

/** Cuts a template into tokens. `fail` makes the error for a position. */
export function lexTemplate(source: string, fail: (at: number, message: string) => TemplateError): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let trimNext = false;
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    const raw = source.slice(at, open < 0 ? undefined : open);
    const trimLeft = open >= 0 && /^-[ \t\r\n]/.test(source.slice(open + 2, open + 4));
    const text = trim(raw, trimNext, trimLeft);
    if (text) tokens.push({ kind: 'text', text, at });
    if (open < 0) break;
    const start = open + 2 + (trimLeft ? 2 : 0);
    const comment = /^\s*\/\*/.exec(source.slice(start, start + 20));
    const end = comment ? skipComment(source, start, fail) : lexAction(source, start, tokens, fail);
    trimNext = end.trimmed;
    at = end.at;
  }
  return [...tokens, { kind: 'end', text: '', at: source.length }];
}

const trim = (text: string, start: boolean, end: boolean): string => {
  const left = start ? text.replace(/^[ \t\r\n]+/, '') : text;
  return end ? left.replace(/[ \t\r\n]+$/, '') : left;
};

type End = { readonly at: number; readonly trimmed: boolean };

function skipComment(source: string, start: number, fail: (at: number, message: string) => TemplateError): End {
  const close = source.indexOf('*/', start);
  if (close < 0) throw fail(start, 'unclosed comment');
  const tail = /^(\s+-)?\}\}/.exec(source.slice(close + 2));
  if (!tail) throw fail(close, 'comment ends before closing delimiter');
  return { at: close + 2 + tail[0].length, trimmed: tail[1] !== undefined };
}

function lexAction(source: string, start: number, tokens: Token[], fail: (at: number, message: string) => TemplateError): End {
  tokens.push({ kind: 'open', text: '{{', at: start - 2 });
  let at = start;
  let depth = 0;
  for (;;) {
    const rest = source.slice(at);
    const close = /^(?:[ \t\r\n]+-)?\}\}/.exec(rest)?.[0];
    if (close !== undefined) {
      if (depth > 0) throw fail(at, 'unclosed left paren');
      tokens.push({ kind: 'close', text: '}}', at });
      return { at: at + close.length, trimmed: close.length > 2 };
    }
    if (rest === '') throw fail(at, 'unclosed action');
    const token = lexOne(rest, at, fail);
    if (token.kind === 'left-paren') depth++;
    if (token.kind === 'right-paren' && --depth < 0) throw fail(at, 'unexpected right paren');
    tokens.push(token);
    at += token.text.length;
  }
}

const SIMPLE: readonly (readonly [TokenKind, RegExp])[] = [
  ['space', /^[ \t\r\n]+/],
  ['declare', /^:=/],
  ['assign', /^=/],
  ['pipe', /^\|/],
  ['comma', /^,/],
  ['left-paren', /^\(/],
  ['right-paren', /^\)/],
  ['string', /^`[^`]*`/],
  ['string', /^"(?:[^"\\\n]|\\.)*"/],
  ['character', /^'(?:[^'\\\n]|\\.)+'/],
  ['number', /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)/],
  ['variable', /^\$[\p{L}\p{Nd}_]*/u],
  ['field', /^\.[\p{L}\p{Nd}_]+/u],
  ['dot', /^\./],
  ['identifier', /^[\p{L}_][\p{L}\p{Nd}_]*/u],
];

function lexOne(rest: string, at: number, fail: (at: number, message: string) => TemplateError): Token {
  for (const [kind, pattern] of SIMPLE) {
    const text = pattern.exec(rest)?.[0];
    if (text === undefined) continue;
    if (kind === 'field' || kind === 'variable' || kind === 'identifier') checkTerminator(rest.slice(text.length), at, fail);
    return { kind: kind === 'identifier' ? wordKind(text) : kind, text, at };
  }
  throw fail(at, lexicalComplaint(rest));
}

function wordKind(text: string): TokenKind {
  if (text === 'true' || text === 'false') return 'boolean';
  if (text === 'nil') return 'nil';
  return KEYWORDS.has(text) ? 'keyword' : 'identifier';
}

function lexicalComplaint(rest: string): string {
  const c = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (c === '"') return 'unterminated quoted string';
  if (c === '`') return 'unterminated raw quoted string';
  if (c === "'") return 'unterminated character constant';
  if (c === ':') return 'expected :=';
  if (c === '}' || c === '{') return `unexpected ${JSON.stringify(c)} in operand`;
  return `unrecognized character in action: ${codePoint(c)}`;
}

const codePoint = (c: string): string => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${c}'`;

function checkTerminator(rest: string, at: number, fail: (at: number, message: string) => TemplateError): void {
  if (rest === '' || /^[ \t\r\n.,|:()=]|^\}\}/.test(rest)) return;
  throw fail(at, `bad character ${codePoint(String.fromCodePoint(rest.codePointAt(0) ?? 0))}`);
}
