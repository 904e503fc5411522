import { linearRegex } from './linear-regex.ts';

/** A POSIX pattern that does not compile; worded as glibc's regcomp. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

export interface PatternOptions {
  readonly extended?: boolean;
  readonly fixed?: boolean;
  readonly perl?: boolean;
  readonly ignoreCase?: boolean;
  /** Wraps the whole pattern: `-w` and `-x` of grep. */
  readonly wrap?: (source: string) => string;
  readonly flags?: string;
}

/** A POSIX basic or extended expression, with GNU's extensions, as a JavaScript one. */
export function posixRegex(pattern: string, options: PatternOptions = {}): RegExp {
  const source = options.fixed ? escapeRegex(pattern) : options.perl ? perlSource(pattern) : translate(pattern, options.extended ?? false);
  const whole = options.wrap ? options.wrap(source) : source;
  const flags = `${options.flags ?? 'g'}${options.ignoreCase ? 'i' : ''}u`;
  try {
    return linearRegex(whole, flags) ?? new RegExp(whole, flags);
  } catch (error) {
    if (error instanceof RangeError) throw new PatternError(error.message);
    if (options.perl) return looseRegex(whole, flags);
    throw new PatternError('Invalid regular expression');
  }
}

export const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const perlSource = (pattern: string): string =>
  pattern.replace(/\\([hKQEAzZ])/g, (whole, letter: string) => ({ h: '[ \\t]', A: '^', z: '$', Z: '$' })[letter] ?? whole);

function looseRegex(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags.replace('u', ''));
  } catch {
    throw new PatternError('Invalid regular expression');
  }
}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  groups: number;
}

/** What stands at the reader decides; `start` is true where `*` is literal and `^` an anchor. */
function translate(pattern: string, extended: boolean): string {
  const reader: Reader = { text: pattern, at: 0, depth: 0, groups: 0 };
  let out = '';
  let start = true;
  while (reader.at < pattern.length) {
    const piece = next(reader, extended, start);
    out += piece.source;
    start = piece.opens;
  }
  if (reader.depth > 0) throw new PatternError('Unmatched ( or \\(');
  return out;
}

interface Piece {
  readonly source: string;
  readonly opens: boolean;
}

const plain = (source: string): Piece => ({ source, opens: false });

function next(reader: Reader, extended: boolean, start: boolean): Piece {
  const character = String.fromCodePoint(reader.text.codePointAt(reader.at) ?? 0);
  reader.at += character.length;
  switch (character) {
    case '\\':
      return escaped(reader, extended, start);
    case '[':
      return plain(bracket(reader));
    case '.':
      return plain('.');
    case '*':
      return start ? (extended ? { source: '', opens: true } : plain('\\*')) : plain(quantifier(reader, '*'));
    case '^':
      return extended || start ? { source: '^', opens: true } : plain('\\^');
    case '$':
      return plain(extended || atEnd(reader) ? '$' : '\\$');
    case '(':
    case ')':
    case '|':
    case '+':
    case '?':
    case '{':
      return extended ? special(reader, character, start) : plain(`\\${character}`);
    default:
      return plain(escapeRegex(character));
  }
}

/** In a basic expression `$` is an anchor only before the end, `\)` or `\|`. */
const atEnd = ({ text, at }: Reader): boolean => at >= text.length || text.startsWith('\\)', at) || text.startsWith('\\|', at);

function special(reader: Reader, character: string, start: boolean): Piece {
  switch (character) {
    case '(':
      reader.depth++;
      reader.groups++;
      return { source: '(', opens: true };
    case ')':
      if (reader.depth === 0) return plain('\\)');
      reader.depth--;
      return plain(')');
    case '|':
      return { source: '|', opens: true };
    case '{': {
      const interval = /^(\d*)(,?)(\d*)\}/.exec(reader.text.slice(reader.at));
      if (!interval || start || (!interval[1] && !interval[2])) return plain('\\{');
      reader.at += interval[0].length;
      return plain(quantifier(reader, `{${interval[1] || '0'}${interval[2]}${interval[3]}}`));
    }
    default:
      return start ? { source: '', opens: true } : plain(quantifier(reader, character));
  }
}

/** Stacked quantifiers (`a**`) are legal in POSIX: the group makes them so here. */
function quantifier(reader: Reader, source: string): string {
  while (reader.text[reader.at] === '*') reader.at++;
  return source;
}

const CLASSES: Readonly<Record<string, string>> = {
  w: '[\\p{L}\\p{N}_]',
  W: '[^\\p{L}\\p{N}_]',
  s: '\\s',
  S: '\\S',
  b: '\\b',
  B: '\\B',
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
  '`': '(?<![\\s\\S])',
  "'": '(?![\\s\\S])',
  n: '\\n',
  t: '\\t',
  r: '\\r',
  f: '\\f',
  v: '\\v',
};

function escaped(reader: Reader, extended: boolean, start: boolean): Piece {
  const character = reader.text[reader.at];
  if (character === undefined) throw new PatternError('Trailing backslash');
  reader.at++;
  if (/[1-9]/.test(character)) {
    if (Number(character) > reader.groups) throw new PatternError('Invalid back reference');
    return plain(`\\${character}(?:)`);
  }
  if (!extended && '(){|+?'.includes(character)) return basicSpecial(reader, character, start);
  return plain(CLASSES[character] ?? escapeRegex(character));
}

function basicSpecial(reader: Reader, character: string, start: boolean): Piece {
  if (character === ')' && reader.depth === 0) throw new PatternError('Unmatched ) or \\)');
  if (character !== '{') return start && '+?'.includes(character) ? plain(`\\${character}`) : special(reader, character, start);
  const interval = /^(\d*)(,?)(\d*)\\\}/.exec(reader.text.slice(reader.at));
  if (!interval) throw new PatternError(reader.text.includes('\\}', reader.at) ? 'Invalid content of \\{\\}' : 'Unmatched \\{');
  reader.at += interval[0].length;
  return plain(`{${interval[1] || '0'}${interval[2]}${interval[3]}}`);
}

const NAMED: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}\\p{N}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~',
  print: '\\P{Cc}',
  graph: '!-~\\u{a1}-\\u{10ffff}',
  cntrl: '\\p{Cc}',
  xdigit: '0-9A-Fa-f',
};

function bracket(reader: Reader): string {
  const { text } = reader;
  let out = '[';
  if (text[reader.at] === '^') {
    out += '^';
    reader.at++;
  }
  for (let first = true; ; first = false) {
    const character = text[reader.at];
    if (character === undefined) throw new PatternError('Unmatched [, [^, [:, [., or [=');
    if (character === ']' && !first) break;
    const named = /^\[([:.=])(.*?)\1\]/.exec(text.slice(reader.at));
    if (named) {
      reader.at += named[0].length;
      out += namedClass(named[1] ?? ':', named[2] ?? '');
      continue;
    }
    const whole = String.fromCodePoint(text.codePointAt(reader.at) ?? 0);
    reader.at += whole.length;
    const range = text[reader.at] === '-' && text[reader.at + 1] !== ']' && text[reader.at + 1] !== undefined;
    out += inBrackets(whole);
    if (range) {
      const upper = String.fromCodePoint(text.codePointAt(reader.at + 1) ?? 0);
      if (upper < whole) throw new PatternError('Invalid range end');
      out += `-${inBrackets(upper)}`;
      reader.at += 1 + upper.length;
    }
  }
  reader.at++;
  return `${out}]`;
}

function namedClass(kind: string, name: string): string {
  if (kind !== ':') return inBrackets(name);
  const members = NAMED[name];
  if (members === undefined) throw new PatternError('Invalid character class name');
  return members;
}

const inBrackets = (character: string): string => character.replace(/[\\\]^[-]/g, '\\$&');
