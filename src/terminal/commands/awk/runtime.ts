import { posixRegex } from '../posix-regex.ts';
import { formatFloat } from '../printf-format.ts';
import type { Invocation } from '../utility.ts';

/** A value read from input may count as a number in comparisons. */
export type Value = number | string | { readonly text: string };
export type AwkArray = Map<string, Value>;

export interface Runtime {
  readonly invocation: Invocation;
  readonly globals: Map<string, Value | AwkArray>;
  locals: Map<string, Value | AwkArray> | undefined;
  record: string;
  fields: string[];
  readonly active: Set<number>;
  readonly regexes: Map<string, RegExp>;
  readonly nextLine: () => Promise<string | undefined>;
  readonly outputs: Map<string, (text: string) => Promise<void>>;
  readonly pipes: Map<string, string[]>;
  readonly readers: Map<string, string[]>;
  exitCode: number;
  steps: number;
}

const looksNumeric = (text: string): boolean => /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text);

export function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value : value.text;
  return Number(/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(text)?.[0] ?? '0') || 0;
}

export function textOf(value: Value, format = '%.6g'): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return value.text;
  if (Number.isInteger(value)) return Math.abs(value) < 1e16 ? String(value === 0 ? 0 : value) : BigInt(value).toString();
  return formatFloat('g', value, '', Number(/\.(\d+)/.exec(format)?.[1] ?? '6'));
}

export const truthOf = (value: Value): boolean =>
  typeof value === 'number'
    ? value !== 0
    : typeof value === 'string'
      ? value !== ''
      : looksNumeric(value.text)
        ? Number(value.text) !== 0
        : value.text !== '';

export function compareValues(a: Value, b: Value): number {
  const numeric = (value: Value) => typeof value === 'number' || (typeof value === 'object' && (looksNumeric(value.text) || value.text === ''));
  if (numeric(a) && numeric(b)) return numberOf(a) - numberOf(b);
  const [x, y] = [textOf(a), textOf(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

export function regexFor(runtime: Runtime, source: string): RegExp {
  const known = runtime.regexes.get(source);
  const regex = known ?? posixRegex(source, { extended: true });
  if (!known) runtime.regexes.set(source, regex);
  regex.lastIndex = 0;
  return regex;
}

export function setRecord(runtime: Runtime, text: string): void {
  runtime.record = text;
  runtime.fields = splitFields(runtime, text, textOf(scalar(runtime, 'FS')));
  runtime.globals.set('NF', runtime.fields.length);
}

export function splitFields(runtime: Runtime, text: string, separator: string): string[] {
  if (separator === ' ') return text.trim() === '' ? [] : text.trim().split(/[ \t\n]+/);
  if (text === '') return [];
  if (separator === '') return [...text];
  if (separator === '\t' || (separator.length === 1 && !'.*+?^$|\\[]{}()'.includes(separator))) return text.split(separator);
  if (separator.length === 1 && separator !== '\\') return text.split(separator);
  const regex = regexFor(runtime, separator);
  const out: string[] = [];
  let at = 0;
  for (const match of text.matchAll(regex)) {
    if (match[0] === '') continue;
    out.push(text.slice(at, match.index));
    at = match.index + match[0].length;
  }
  return [...out, text.slice(at)];
}

export function scalar(runtime: Runtime, name: string): Value {
  const value = runtime.locals?.has(name) ? runtime.locals.get(name) : runtime.globals.get(name);
  return value === undefined || value instanceof Map ? { text: '' } : value;
}

export function setScalar(runtime: Runtime, name: string, value: Value): void {
  if (runtime.locals?.has(name)) {
    runtime.locals.set(name, value);
    return;
  }
  runtime.globals.set(name, value);
  if (name !== 'NF') return;
  const count = Math.max(0, Math.trunc(numberOf(value)));
  runtime.fields = Array.from({ length: count }, (_, i) => runtime.fields[i] ?? '');
  rebuild(runtime);
}

export function arrayOf(runtime: Runtime, name: string): AwkArray {
  const home = runtime.locals?.has(name) ? runtime.locals : runtime.globals;
  const found = home.get(name);
  if (found instanceof Map) return found;
  const fresh: AwkArray = new Map();
  home.set(name, fresh);
  return fresh;
}

export function setField(runtime: Runtime, index: number, text: string): void {
  if (index === 0) {
    setRecord(runtime, text);
    return;
  }
  while (runtime.fields.length < index) runtime.fields.push('');
  runtime.fields[index - 1] = text;
  runtime.globals.set('NF', runtime.fields.length);
  rebuild(runtime);
}

function rebuild(runtime: Runtime): void {
  runtime.record = runtime.fields.join(textOf(scalar(runtime, 'OFS')));
}
