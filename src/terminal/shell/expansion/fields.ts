import { escapePattern } from './pattern.ts';

/** What a word became before splitting: text with its history, or the border between two elements of a list. */
export type Piece = { readonly text: string; readonly quoted: boolean; readonly split: boolean } | 'border';

export const quoted = (text: string): Piece => ({ text, quoted: true, split: false });
export const plain = (text: string): Piece => ({ text, quoted: false, split: false });
export const splittable = (text: string): Piece => ({ text, quoted: false, split: true });

/** A field as a pattern: what was quoted stands behind backslashes. */
export interface Field {
  text: string;
  pattern: string;
  hasPattern: boolean;
}

/** Word splitting by IFS. */
export function splitFields(pieces: readonly Piece[], ifs: string): Field[] {
  const fields: Field[] = [];
  let current: Field | undefined;
  const finish = (evenEmpty: boolean) => {
    if (current) fields.push(current);
    else if (evenEmpty) fields.push({ text: '', pattern: '', hasPattern: false });
    current = undefined;
  };
  const add = (text: string, isQuoted: boolean) => {
    current ??= { text: '', pattern: '', hasPattern: false };
    current.text += text;
    current.pattern += isQuoted ? escapePattern(text) : text;
    if (!isQuoted && /[*?[(]/.test(text)) current.hasPattern = true;
  };
  for (const piece of pieces) {
    if (piece === 'border') finish(false);
    else if (!piece.split || ifs === '') {
      if (piece.text || piece.quoted) add(piece.text, piece.quoted);
    } else for (const run of runs(piece.text, ifs)) run.delimiter ? finish(run.hard) : add(run.text, false);
  }
  finish(false);
  return fields;
}

interface Run {
  readonly text: string;
  readonly delimiter: boolean;
  /** Holds an IFS character that is not white space: ends a field even if it is empty. */
  readonly hard: boolean;
}

export function runs(text: string, ifs: string): Run[] {
  const blank = [...ifs]
    .filter((c) => ' \t\n'.includes(c))
    .map(escaped)
    .join('');
  const hard = [...ifs]
    .filter((c) => !' \t\n'.includes(c))
    .map(escaped)
    .join('');
  const space = blank ? `[${blank}]` : '(?!)';
  const delimiter = hard ? `(?:${space}*[${hard}]${space}*|${space}+)` : `${space}+`;
  const pattern = new RegExp(`(${delimiter})|[^${blank}${hard}]+`, 'gs');
  return [...text.matchAll(pattern)].map(([all, gap]) => ({
    text: all,
    delimiter: gap !== undefined,
    hard: gap !== undefined && hard !== '' && new RegExp(`[${hard}]`).test(gap),
  }));
}

const escaped = (char: string) => (/[\\\]^-]/.test(char) ? `\\${char}` : char);
