import { PatternError, posixRegex } from '../../commands/posix-regex.ts';
import { lineAt, type Position, type Vi } from './state.ts';

/** A vim pattern (magic) as an expression; undefined when it does not compile, with the complaint shown. */
export function compilePattern(vi: Vi, pattern: string, flags = ''): RegExp | undefined {
  const { ignorecase, smartcase } = vi.settings;
  const caseless = /\\c/.test(pattern) || flags.includes('i') || (ignorecase && !flags.includes('I') && !(smartcase && /[A-Z]/.test(pattern)));
  const extended = pattern.startsWith('\\v');
  const source = pattern
    .replace(/^\\v/, '')
    .replace(/\\[cC]/g, '')
    .replace(/\\=/g, '\\?')
    .replace(/\\d/g, '[0-9]')
    .replace(/\\a/g, '[A-Za-z]')
    .replace(/\\l/g, '[a-z]')
    .replace(/\\u/g, '[A-Z]')
    .replace(/\\h/g, '[A-Za-z_]')
    .replace(/\\\{-\}/g, '*');
  try {
    return posixRegex(source, { extended, ignoreCase: caseless });
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    vi.message = `E383: Invalid search string: ${pattern}`;
    return undefined;
  }
}

/** The n-th match from the cursor, round the end of the buffer. */
export function searchFrom(vi: Vi, pattern: string, forward: boolean, times = 1): Position | undefined {
  const regex = compilePattern(vi, pattern);
  if (!regex) return undefined;
  const all = vi.lines.flatMap((line, row) => {
    regex.lastIndex = 0;
    return Array.from(line.matchAll(regex), ({ index }) => ({ row, col: index }));
  });
  if (all.length === 0) {
    vi.message = `E486: Pattern not found: ${pattern}`;
    return undefined;
  }
  const after = (p: Position) => p.row > vi.row || (p.row === vi.row && p.col > vi.col);
  const earlier = (p: Position) => p.row < vi.row || (p.row === vi.row && p.col < vi.col);
  const first = forward ? all.findIndex(after) : all.findLastIndex(earlier);
  const start = first >= 0 ? first : forward ? all.length : -1;
  const index = forward ? start + times - 1 : start - (times - 1);
  if (index < 0 || index >= all.length) vi.message = forward ? 'search hit BOTTOM, continuing at TOP' : 'search hit TOP, continuing at BOTTOM';
  else vi.message = `${forward ? '/' : '?'}${pattern}`;
  return all[((index % all.length) + all.length) % all.length];
}

export function wordUnderCursor(vi: Vi): string | undefined {
  for (const match of lineAt(vi).matchAll(/[\p{L}\p{N}_]+/gu)) if (match.index + match[0].length > vi.col) return match[0];
  return undefined;
}
