import { isPlainObject } from '../machinery/json.ts';
import { textOf } from './text.ts';
import { parseCelDuration, parseTimestamp } from './time-values.ts';
import type { CelType } from './types.ts';
import { CelError, CelMap, CelOptional, CelUint, type CelValue, isList } from './values.ts';

/** A JSON value as expressions see it; what is known of its type decides between ints and doubles, texts and times. */
export function fromJson(value: unknown, type?: CelType): CelValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return type?.kind === 'double' || !Number.isInteger(value) ? value : BigInt(value);
  if (typeof value === 'string') return fromText(value, type);
  if (Array.isArray(value)) return value.map((item) => fromJson(item, type?.kind === 'list' ? type.of : undefined));
  if (!isPlainObject(value)) return String(value);
  const fields = type?.kind === 'object' ? type.fields() : undefined;
  const present = Object.entries(value).filter(([, member]) => member !== undefined);
  return new CelMap(
    present.map(([key, member]): [string, CelValue] => {
      const name = fields ? escapeName(key) : key;
      return [name, fromJson(member, fields ? fields.get(name) : type?.kind === 'map' ? type.of : undefined)];
    }),
  );
}

function fromText(value: string, type: CelType | undefined): CelValue {
  try {
    if (type?.kind === 'timestamp') return parseTimestamp(value);
    if (type?.kind === 'duration') return parseCelDuration(value);
    if (type?.kind === 'bytes') return Uint8Array.from(atob(value), (char) => char.charCodeAt(0));
  } catch (error) {
    if (!(error instanceof CelError) && !(error instanceof DOMException)) throw error;
  }
  return value;
}

const KEYWORDS = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);

/** Property names that are no identifiers are reached by an escaped name. */
export function escapeName(name: string): string {
  if (KEYWORDS.has(name)) return `__${name}__`;
  return name.replace(/__|[.\-/]/g, (part) =>
    part === '__' ? '__underscores__' : part === '.' ? '__dot__' : part === '-' ? '__dash__' : '__slash__',
  );
}

/** A value as JSON. */
export function toJson(value: CelValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof CelUint) return Number(value.value);
  if (isList(value)) return value.map(toJson);
  if (value instanceof CelMap) return Object.fromEntries(value.entries().map(([key, member]) => [textOf(key) ?? '', toJson(member)]));
  if (value instanceof CelOptional) return value.value === undefined ? null : toJson(value.value);
  if (value instanceof Uint8Array) return btoa(String.fromCharCode(...value));
  if (value === null || typeof value !== 'object') return value;
  return textOf(value) ?? null;
}
