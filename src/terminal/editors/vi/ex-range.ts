import { compilePattern } from './search.ts';
import { lineAt, type Vi } from './state.ts';

export interface ParsedRange {
  /** Rows, first and last; undefined when none was given. */
  readonly rows: readonly [number, number] | undefined;
  readonly rest: string;
}

/** `%`, `1,5`, `.,$`, `'<,'>`, `/x/,+3` before a command. A complaint is shown and undefined returned when it cannot be. */
export function parseRange(vi: Vi, text: string): ParsedRange | undefined {
  const trimmed = text.replace(/^[\s:]+/, '');
  if (trimmed.startsWith('%')) return { rows: [0, vi.lines.length - 1], rest: trimmed.slice(1).trimStart() };
  const first = parseAddress(vi, trimmed, vi.row);
  if (first === undefined) return undefined;
  if (first.row === undefined && !/^[,;]/.test(trimmed)) return { rows: undefined, rest: trimmed };
  const from = first.row ?? vi.row;
  if (!/^[,;]/.test(first.rest)) return checked(vi, from, from, first.rest);
  const second = parseAddress(vi, first.rest.slice(1).trimStart(), first.rest.startsWith(';') ? from : vi.row);
  return second && checked(vi, from, second.row ?? vi.row, second.rest);
}

function checked(vi: Vi, from: number, to: number, rest: string): ParsedRange | undefined {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  if (low < -1 || high >= vi.lines.length) {
    if (rest.trim() === '') return { rows: [low, vi.lines.length - 1], rest: '' };
    vi.message = 'E16: Invalid range';
    return undefined;
  }
  return { rows: [low, high], rest: rest.trimStart() };
}

function parseAddress(vi: Vi, text: string, current: number): { row: number | undefined; rest: string } | undefined {
  const base = baseAddress(vi, text, current);
  if (!base) return undefined;
  let { row, rest } = base;
  for (let match = /^\s*([-+])(\d*)/.exec(rest); match; match = /^\s*([-+])(\d*)/.exec(rest)) {
    row = (row ?? current) + (match[1] === '-' ? -1 : 1) * Number(match[2] || '1');
    rest = rest.slice(match[0].length);
  }
  return { row, rest };
}

function baseAddress(vi: Vi, text: string, current: number): { row: number | undefined; rest: string } | undefined {
  const number = /^\d+/.exec(text);
  if (number) return { row: Number(number[0]) - 1, rest: text.slice(number[0].length) };
  if (text.startsWith('.')) return { row: current, rest: text.slice(1) };
  if (text.startsWith('$')) return { row: vi.lines.length - 1, rest: text.slice(1) };
  if (text.startsWith("'")) {
    const mark = vi.marks.get(text.charAt(1));
    if (mark) return { row: mark.row, rest: text.slice(2) };
    vi.message = 'E20: Mark not set';
    return undefined;
  }
  const search = /^([/?])((?:\\.|(?!\1).)*)\1?/.exec(text);
  if (!search) return { row: undefined, rest: text };
  const regex = compilePattern(vi, search[2] || (vi.search?.pattern ?? ''));
  if (!regex) return undefined;
  const rows = vi.lines.map((_, i) => (search[1] === '/' ? current + 1 + i : current - 1 - i + vi.lines.length) % vi.lines.length);
  const row = rows.find((at) => {
    regex.lastIndex = 0;
    return regex.test(lineAt(vi, at));
  });
  if (row !== undefined) return { row, rest: text.slice(search[0].length) };
  vi.message = `E486: Pattern not found: ${search[2]}`;
  return undefined;
}
