import { byteMark } from '../../raw-bytes.ts';

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** The escapes of `$'…'`; bytes that are no text stay marked. */
export const ansiString = (raw: string): string =>
  raw.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|c([\s\S])|([\s\S]))/g,
    (all, x, u, U, octal, control, other) => {
      if (x) return byteMark(Number.parseInt(x, 16));
      const hex = u ?? U;
      if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (octal) return byteMark(Number.parseInt(octal, 8) & 255);
      if (control) return String.fromCharCode(control.charCodeAt(0) & 31);
      return SIMPLE[other] ?? all;
    },
  );
