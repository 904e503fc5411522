import { quote } from './quoting.ts';
import { Failure, type Invocation } from './utility.ts';

interface Position {
  readonly field: number;
  readonly character: number;
  readonly blanks: boolean;
}

export interface SortKey {
  readonly from: Position;
  readonly to: Position | undefined;
  readonly flags: string;
}

const KEY = /^(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*)(?:,(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*))?$/;

/** The -k options, or one key for the whole line when there are global orderings only; none when lines are compared as such. */
export function parseKeys(u: Invocation): SortKey[] {
  const letters = [...'bdfgiMhnRrV'].filter((letter) => u.options.has(letter)).join('');
  const named =
    { numeric: 'n', 'general-numeric': 'g', 'human-numeric': 'h', month: 'M', random: 'R', version: 'V' }[u.options.value('sort') ?? ''] ?? '';
  const global = letters + named;
  const keys = u.options.values('k').map((text) => parseKey(text, global));
  if (keys.length > 0 || global.replace('r', '') === '') return keys;
  return [{ from: { field: 1, character: 1, blanks: global.includes('b') }, to: undefined, flags: global }];
}

function parseKey(text: string, global: string): SortKey {
  const match = KEY.exec(text);
  if (!match) throw new Failure(`invalid number at field start: invalid count at start of ${quote(text)}`);
  const [, field = '1', character = '1', flags = '', endField, endCharacter, endFlags = ''] = match;
  if (field === '0') throw new Failure(`field number is zero: invalid field specification ${quote(text)}`);
  if (character === '0') throw new Failure(`character offset is zero: invalid field specification ${quote(text)}`);
  const own = flags + endFlags;
  const effective = own === '' ? global : own;
  return {
    from: { field: Number(field), character: Number(character), blanks: own === '' ? global.includes('b') : flags.includes('b') },
    to: endField === undefined ? undefined : { field: Number(endField), character: Number(endCharacter ?? '0'), blanks: endFlags.includes('b') },
    flags: effective,
  };
}

export function compareKeys(keys: readonly SortKey[], separator: string | undefined, a: string, b: string): number {
  for (const key of keys) {
    const order = compareBy(key.flags, extract(a, key, separator), extract(b, key, separator));
    if (order !== 0) return key.flags.includes('r') ? -order : order;
  }
  return 0;
}

/** Where each field begins and ends; without a separator a field begins with the blanks before it. */
function fieldBounds(line: string, separator: string | undefined): [number, number][] {
  const bounds: [number, number][] = [];
  if (separator === undefined) {
    for (const match of line.matchAll(/[ \t]*[^ \t]+/g)) bounds.push([match.index, match.index + match[0].length]);
    return bounds;
  }
  let at = 0;
  for (const piece of line.split(separator)) {
    bounds.push([at, at + piece.length]);
    at += piece.length + 1;
  }
  return bounds;
}

function extract(line: string, { from, to, flags }: SortKey, separator: string | undefined): string {
  if (from.field === 1 && from.character === 1 && !to) return flags.includes('b') ? line.trimStart() : line;
  const bounds = fieldBounds(line, separator);
  const skipBlanks = (at: number, wanted: boolean) => (wanted ? at + (/^[ \t]*/.exec(line.slice(at))?.[0].length ?? 0) : at);
  const start = skipBlanks(bounds[from.field - 1]?.[0] ?? line.length, from.blanks) + from.character - 1;
  if (!to) return line.slice(start);
  const field = bounds[to.field - 1];
  const end = field === undefined ? line.length : to.character === 0 ? field[1] : skipBlanks(field[0], to.blanks) + to.character;
  return line.slice(start, Math.max(start, end));
}

const order = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
const MONTHS = ['', 'JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const month = (text: string): number => Math.max(0, MONTHS.indexOf(text.trim().slice(0, 3).toUpperCase()));
const leadingNumber = (text: string): number => Number(/^\s*(-?\d*\.?\d*)/.exec(text)?.[1] || '0') || 0;
const generalNumber = (text: string): number => Number.parseFloat(text);

function humanNumber(text: string): [number, number] {
  const match = /^\s*(-?)(\d*\.?\d*)([kKMGTPEZY]?)/.exec(text);
  const value = Number(match?.[2] || '0') || 0;
  const power = value === 0 ? 0 : 'KMGTPEZY'.indexOf((match?.[3] ?? '').toUpperCase() || '?') + 1;
  return match?.[1] === '-' ? [-power, -value] : [power, value];
}

function compareBy(flags: string, a: string, b: string): number {
  if (flags.includes('n')) return order(leadingNumber(a), leadingNumber(b));
  if (flags.includes('g')) return compareGeneral(generalNumber(a), generalNumber(b));
  if (flags.includes('h')) {
    const [x, y] = [humanNumber(a), humanNumber(b)];
    return order(x[0], y[0]) || order(x[1], y[1]);
  }
  if (flags.includes('M')) return order(month(a), month(b));
  if (flags.includes('V')) return compareVersions(a, b);
  return order(folded(flags, a), folded(flags, b));
}

function compareGeneral(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return order(a, b);
}

function folded(flags: string, text: string): string {
  let result = flags.includes('b') ? text.trimStart() : text;
  if (flags.includes('d')) result = result.replace(/[^\p{L}\p{N}\s]/gu, '');
  if (flags.includes('i')) result = result.replace(/[^\x20-\x7e]/g, '');
  return flags.includes('f') ? result.toUpperCase() : result;
}

/** Digits compare as numbers, everything else as text. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const numeric = /^\d/.test(x) && /^\d/.test(y);
    const result = numeric ? Number(x) - Number(y) : order(x, y);
    if (result !== 0) return result;
  }
  return order(a, b);
}
