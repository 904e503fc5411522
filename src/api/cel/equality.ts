import { formatIp } from '../machinery/addresses.ts';
import { toGoJson } from '../machinery/json.ts';
import { compareQuantities, type Quantity } from '../machinery/quantity.ts';
import {
  CelDuration,
  CelError,
  CelMap,
  CelOpaque,
  CelOptional,
  type CelQuantity,
  CelTimestamp,
  CelTypeValue,
  CelUint,
  type CelValue,
  isList,
  NO_OVERLOAD,
} from './values.ts';

/** Values of different types are unequal, save for numbers. */
export function celEqual(a: CelValue, b: CelValue): boolean {
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== undefined && y !== undefined) return !(x < y) && !(x > y) && !Number.isNaN(Number(x)) && !Number.isNaN(Number(y));
  if (a instanceof Uint8Array && b instanceof Uint8Array) return a.length === b.length && a.every((byte, i) => byte === b[i]);
  if (a instanceof CelTimestamp && b instanceof CelTimestamp) return a.nanos === b.nanos;
  if (a instanceof CelDuration && b instanceof CelDuration) return a.nanos === b.nanos;
  if (a instanceof CelTypeValue && b instanceof CelTypeValue) return a.name === b.name;
  if (a instanceof CelOptional && b instanceof CelOptional) return sameOptional(a.value, b.value);
  if (a instanceof CelOpaque && b instanceof CelOpaque) return sameOpaque(a, b);
  if (a instanceof CelMap && b instanceof CelMap) return sameMap(a, b);
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, i) => celEqual(item, b[i] ?? null));
  return a === b;
}

/** Ints and doubles compare exactly with one another. */
export const numeric = (value: CelValue): bigint | number | undefined => {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  return value instanceof CelUint ? value.value : undefined;
};

const sameOptional = (a: CelValue | undefined, b: CelValue | undefined): boolean => (a === undefined || b === undefined ? a === b : celEqual(a, b));

const sameMap = (a: CelMap, b: CelMap): boolean =>
  a.size === b.size &&
  a.entries().every(([key, value]) => {
    const other = b.get(key);
    return other !== undefined && celEqual(value, other);
  });

export const isQuantityValue = (value: CelOpaque): value is CelQuantity => value.typeName === 'kubernetes.Quantity';

function sameOpaque(a: CelOpaque, b: CelOpaque): boolean {
  if (a.typeName !== b.typeName) return false;
  if (isQuantityValue(a) && isQuantityValue(b)) return compareQuantities(a.content as Quantity, b.content as Quantity) === 0;
  return opaqueText(a) === opaqueText(b);
}

function opaqueText({ typeName, content }: CelOpaque): string {
  if (typeName === 'net.IP') return formatIp(content as Parameters<typeof formatIp>[0]);
  return toGoJson(content);
}

/** Negative, zero or positive; refuses what has no order. */
export function celCompare(a: CelValue, b: CelValue): number {
  const [x, y] = [numeric(a), numeric(b)];
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof CelTimestamp && b instanceof CelTimestamp) return order(a.nanos, b.nanos);
  if (a instanceof CelDuration && b instanceof CelDuration) return order(a.nanos, b.nanos);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  throw new CelError(NO_OVERLOAD);
}

const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function compareText(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    const difference = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
