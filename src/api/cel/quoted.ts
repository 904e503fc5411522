import { CelError, type CelValue } from './values.ts';

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '`': '`',
  '?': '?',
};

/** The value of a string or bytes literal with its prefix and quotes. */
export function decodeQuoted(text: string): CelValue {
  const prefix = (/^[rRbB]*/.exec(text)?.[0] ?? '').toLowerCase();
  const rest = text.slice(prefix.length);
  const quotes = /^("""|''')/.test(rest) ? 3 : 1;
  const inner = rest.slice(quotes, -quotes).replace(/\r\n?/g, '\n');
  const isBytes = prefix.includes('b');
  if (isBytes) return prefix.includes('r') ? new TextEncoder().encode(inner) : decodeBytes(inner);
  return prefix.includes('r') ? inner : withoutEscapes(inner);
}

const ESCAPE = /\\(x[0-9a-fA-F]{2}|X[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2}|[\s\S])/g;

function withoutEscapes(text: string): string {
  return text.replace(ESCAPE, (_all, code: string) => {
    const simple = SIMPLE[code];
    if (simple !== undefined) return simple;
    const point = codeOf(code);
    if (point === undefined || point > 0x10ffff) throw new CelError('Syntax error: invalid escape sequence');
    return String.fromCodePoint(point);
  });
}

function codeOf(code: string): number | undefined {
  if (/^[xXuU]./.test(code)) return Number.parseInt(code.slice(1), 16);
  return /^[0-3][0-7]{2}$/.test(code) ? Number.parseInt(code, 8) : undefined;
}

/** Escapes of bytes name bytes, not characters. */
function decodeBytes(text: string): Uint8Array {
  const out: number[] = [];
  let from = 0;
  const encode = (part: string) => out.push(...new TextEncoder().encode(part));
  for (const match of text.matchAll(ESCAPE)) {
    encode(text.slice(from, match.index));
    const code = match[1] ?? '';
    const isByte = /^[xX0-3]./.test(code);
    if (isByte) out.push(codeOf(code) ?? 0);
    else encode(withoutEscapes(match[0]));
    from = match.index + match[0].length;
  }
  encode(text.slice(from));
  return new Uint8Array(out);
}
