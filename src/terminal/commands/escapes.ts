import { concatenate } from './input.ts';

const SIMPLE: Readonly<Record<string, string>> = { a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };

export interface Unescaped {
  readonly bytes: Uint8Array;
  /** A `\c` ended the output. */
  readonly stopped: boolean;
}

/** Backslash escapes of echo -e (`octal: 'zero'`: \0nnn) and of printf's format (`octal: 'plain'`: \nnn). */
export function unescapeBackslashes(text: string, { octal }: { octal: 'zero' | 'plain' }): Unescaped {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const pattern = octal === 'zero' ? /\\(?:0([0-7]{0,3})|x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|(.))/gs : PLAIN;
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(encoder.encode(text.slice(at, match.index)));
    at = match.index + match[0].length;
    const [whole, oct, hex, short, long, letter = ''] = match;
    if (oct !== undefined) parts.push(Uint8Array.of(Number.parseInt(oct || '0', 8) & 255));
    else if (hex !== undefined) parts.push(Uint8Array.of(Number.parseInt(hex, 16)));
    else if (short !== undefined || long !== undefined) parts.push(encoder.encode(String.fromCodePoint(Number.parseInt(short ?? long ?? '0', 16))));
    else if (letter === 'c') return { bytes: concatenate(parts), stopped: true };
    else parts.push(encoder.encode(SIMPLE[letter] ?? (letter === '"' && octal === 'plain' ? '"' : whole)));
  }
  parts.push(encoder.encode(text.slice(at)));
  return { bytes: concatenate(parts), stopped: false };
}

const PLAIN = /\\(?:([0-7]{1,3})|x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|U([\da-fA-F]{1,8})|(.))/gs;
