import { JqSyntaxError } from './syntax.ts';

export type Token =
  | { readonly kind: 'number' | 'name' | 'field' | 'variable' | 'format' | 'operator'; readonly text: string }
  | { readonly kind: 'string'; readonly parts: readonly (string | readonly Token[])[] };

const PLAIN =
  /(?<space>\s+|#[^\n]*)|(?<number>\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)|(?<field>\.[A-Za-z_]\w*)|(?<variable>\$[A-Za-z_]\w*(?:::\w+)*)|(?<format>@\w+)|(?<name>[A-Za-z_]\w*(?:::\w+)*)|(?<operator>\?\/\/=?|\/\/=|\|=|==|!=|<=|>=|\+=|-=|\*=|%=|\/=|\/\/|\.\.|[-.[\]{}()|,:;=<>+*/%?$])/uy;

export function tokenize(text: string): Token[] {
  const { tokens, end } = read(text, 0, false);
  if (end < text.length) throw new JqSyntaxError('syntax error, unexpected INVALID_CHARACTER');
  return tokens;
}

/** Reads until the end, or until the parenthesis that closes an interpolation. */
function read(text: string, start: number, nested: boolean): { tokens: Token[]; end: number } {
  const tokens: Token[] = [];
  let at = start;
  let depth = 0;
  while (at < text.length) {
    if (text.charAt(at) === '"') {
      const { parts, end } = readString(text, at + 1);
      tokens.push({ kind: 'string', parts });
      at = end;
      continue;
    }
    PLAIN.lastIndex = at;
    const match = PLAIN.exec(text);
    if (!match?.groups) return { tokens, end: at };
    const kind = (['number', 'field', 'variable', 'format', 'name', 'operator'] as const).find((name) => match.groups?.[name] !== undefined);
    if (nested && match[0] === '(') depth++;
    if (nested && match[0] === ')' && depth-- === 0) return { tokens, end: at };
    if (kind) tokens.push({ kind, text: match[0] });
    at += match[0].length;
  }
  return { tokens, end: at };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '/': '/', '\\': '\\', '"': '"' };

function readString(text: string, start: number): { parts: (string | Token[])[]; end: number } {
  const parts: (string | Token[])[] = [];
  let literal = '';
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return { parts: [...parts, literal], end: at + 1 };
    if (character !== '\\') {
      literal += character;
      continue;
    }
    const next = text.charAt(++at);
    if (next === '(') {
      parts.push(literal);
      literal = '';
      const { tokens, end } = read(text, at + 1, true);
      parts.push(tokens);
      at = end;
    } else if (next === 'u') {
      literal += String.fromCharCode(Number.parseInt(text.slice(at + 1, at + 5), 16));
      at += 4;
    } else literal += ESCAPES[next] ?? next;
  }
  throw new JqSyntaxError('syntax error, unexpected QQSTRING_START');
}
