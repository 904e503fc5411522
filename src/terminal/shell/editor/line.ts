/** A line being edited: code points and a cursor among them. */
export interface Line {
  readonly chars: readonly string[];
  readonly cursor: number;
  /** What ^K, ^U and ^W cut last. */
  readonly killed: string;
}

export const lineOf = (text: string, killed = ''): Line => ({ chars: [...text], cursor: [...text].length, killed });
export const textOf = (line: Line): string => line.chars.join('');

export function insert(line: Line, text: string): Line {
  const added = [...text];
  return { ...line, chars: [...line.chars.slice(0, line.cursor), ...added, ...line.chars.slice(line.cursor)], cursor: line.cursor + added.length };
}

/** Replaces the characters between two places. */
export function replace(line: Line, from: number, to: number, text: string): Line {
  const added = [...text];
  return { ...line, chars: [...line.chars.slice(0, from), ...added, ...line.chars.slice(to)], cursor: from + added.length };
}

function cut(line: Line, from: number, to: number): Line {
  const killed = line.chars.slice(from, to).join('');
  return { ...replace(line, from, to, ''), killed: killed || line.killed };
}

const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);

export function wordLeft({ chars, cursor }: Line): number {
  let at = cursor;
  while (at > 0 && !isWord(chars[at - 1])) at--;
  while (at > 0 && isWord(chars[at - 1])) at--;
  return at;
}

export function wordRight({ chars, cursor }: Line): number {
  let at = cursor;
  while (at < chars.length && !isWord(chars[at])) at++;
  while (at < chars.length && isWord(chars[at])) at++;
  return at;
}

function blankLeft({ chars, cursor }: Line): number {
  let at = cursor;
  while (at > 0 && /\s/.test(chars[at - 1] ?? '')) at--;
  while (at > 0 && !/\s/.test(chars[at - 1] ?? '')) at--;
  return at;
}

const recased = (line: Line, change: (text: string) => string): Line => {
  const to = wordRight(line);
  return replace(line, line.cursor, to, change(line.chars.slice(line.cursor, to).join('')));
};

function transpose(line: Line): Line {
  const at = line.cursor === line.chars.length ? line.cursor - 1 : line.cursor;
  if (at < 1) return line;
  return { ...replace(line, at - 1, at + 1, `${line.chars[at]}${line.chars[at - 1]}`), cursor: at + 1 };
}

/** What each editing key does to a line. */
export const EDITS: Readonly<Record<string, (line: Line) => Line>> = {
  left: (line) => ({ ...line, cursor: Math.max(0, line.cursor - 1) }),
  right: (line) => ({ ...line, cursor: Math.min(line.chars.length, line.cursor + 1) }),
  home: (line) => ({ ...line, cursor: 0 }),
  end: (line) => ({ ...line, cursor: line.chars.length }),
  'word-left': (line) => ({ ...line, cursor: wordLeft(line) }),
  'word-right': (line) => ({ ...line, cursor: wordRight(line) }),
  backspace: (line) => (line.cursor === 0 ? line : replace(line, line.cursor - 1, line.cursor, '')),
  delete: (line) => ({ ...replace(line, line.cursor, line.cursor + 1, ''), cursor: line.cursor }),
  'kill-line': (line) => cut(line, line.cursor, line.chars.length),
  'kill-start': (line) => cut(line, 0, line.cursor),
  'kill-word-back': (line) => cut(line, blankLeft(line), line.cursor),
  'kill-word': (line) => cut(line, line.cursor, wordRight(line)),
  yank: (line) => insert(line, line.killed),
  transpose,
  upper: (line) => recased(line, (t) => t.toUpperCase()),
  lower: (line) => recased(line, (t) => t.toLowerCase()),
};
