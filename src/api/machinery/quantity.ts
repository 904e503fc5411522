/** Which suffixes a quantity is written with; it survives arithmetic as in Go's resource.Quantity. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** An exact amount, counted in billionths. */
export interface Quantity {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
}

export class QuantityError extends Error {
  override readonly name = 'QuantityError';
}

const NANO = 1_000_000_000n;
const MAX = (2n ** 63n - 1n) * NANO;
const WRONG_FORMAT = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const WRONG_SUFFIX = "unable to parse quantity's suffix";

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const DECIMAL_BY_EXPONENT = new Map([...DECIMAL].map(([suffix, exponent]) => [exponent, suffix]));

/** Reads `500m`, `1.5Gi`, `12e6` …; throws QuantityError with upstream's words. */
export function parseQuantity(text: string): Quantity {
  const match = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text);
  if (!match || text === '') throw new QuantityError(WRONG_FORMAT);
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  const { base, exponent, format } = interpretSuffix(suffix);
  const digits = BigInt(`${whole}${fraction}` || '0');
  const numerator = digits * NANO * (exponent > 0 ? base ** BigInt(exponent) : 1n);
  const denominator = 10n ** BigInt(fraction.length) * (exponent < 0 ? base ** BigInt(-exponent) : 1n);
  const roundedUp = (numerator + denominator - 1n) / denominator;
  const capped = roundedUp > MAX ? MAX : roundedUp;
  return { nanos: sign === '-' ? -capped : capped, format: format === 'BinarySI' && capped < NANO ? 'DecimalSI' : format };
}

export function isQuantity(text: string): boolean {
  try {
    parseQuantity(text);
    return true;
  } catch {
    return false;
  }
}

function interpretSuffix(suffix: string): { base: bigint; exponent: number; format: QuantityFormat } {
  const decimal = DECIMAL.get(suffix);
  if (decimal !== undefined) return { base: 10n, exponent: decimal, format: 'DecimalSI' };
  const binary = BINARY.indexOf(suffix);
  if (binary > 0) return { base: 1024n, exponent: binary, format: 'BinarySI' };
  const power = /^[eE]([-+]?[0-9]+)$/.exec(suffix)?.[1];
  if (power === undefined) throw new QuantityError(WRONG_SUFFIX);
  return { base: 10n, exponent: Math.max(-40, Math.min(40, Number(power))), format: 'DecimalExponent' };
}

/** The canonical text: no fraction, the largest suffix that keeps it exact. */
export function formatQuantity({ nanos, format }: Quantity): string {
  if (nanos === 0n) return '0';
  if (format === 'BinarySI') {
    const small = nanos > -1024n * NANO && nanos < 1024n * NANO;
    if (!small && nanos % NANO === 0n) return inBinary(nanos / NANO);
    return inDecimal(nanos, 'DecimalSI');
  }
  return inDecimal(nanos, format);
}

function inBinary(units: bigint): string {
  let mantissa = units;
  let step = 0;
  while (mantissa % 1024n === 0n && step < BINARY.length - 1) {
    mantissa /= 1024n;
    step++;
  }
  return `${mantissa}${BINARY[step]}`;
}

function inDecimal(nanos: bigint, format: QuantityFormat): string {
  let mantissa = nanos;
  let exponent = -9;
  while (mantissa % 1000n === 0n && (exponent < 18 || format === 'DecimalExponent')) {
    mantissa /= 1000n;
    exponent += 3;
  }
  if (format === 'DecimalExponent') return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
  return `${mantissa}${DECIMAL_BY_EXPONENT.get(exponent)}`;
}

export const canonicalQuantity = (text: string): string => formatQuantity(parseQuantity(text));

type QuantityLike = Quantity | string | number;
const amount = (q: QuantityLike): Quantity => (typeof q === 'object' ? q : parseQuantity(String(q)));

export const quantityOf = (value: number, format: QuantityFormat = 'DecimalSI'): Quantity => ({ nanos: BigInt(Math.round(value)) * NANO, format });

/** Negative, zero or positive, as a sort wants it. */
export function compareQuantities(a: QuantityLike, b: QuantityLike): number {
  const difference = amount(a).nanos - amount(b).nanos;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function addQuantities(a: QuantityLike, b: QuantityLike): Quantity {
  const [left, right] = [amount(a), amount(b)];
  return { nanos: left.nanos + right.nanos, format: left.nanos === 0n ? right.format : left.format };
}

export function subtractQuantities(a: QuantityLike, b: QuantityLike): Quantity {
  const [left, right] = [amount(a), amount(b)];
  return { nanos: left.nanos - right.nanos, format: left.nanos === 0n ? right.format : left.format };
}

/** The exact value where a double can hold it. */
export const quantityToNumber = (q: QuantityLike): number => Number(amount(q).nanos) / 1e9;
/** Whole units, rounded away from zero as Quantity.Value does. */
export const quantityValue = (q: QuantityLike): number => Number(ceilDivide(amount(q).nanos, NANO));
/** Thousandths, rounded away from zero as Quantity.MilliValue does. */
export const quantityMilli = (q: QuantityLike): number => Number(ceilDivide(amount(q).nanos, 1_000_000n));
export const quantitySign = (q: QuantityLike): number => compareQuantities(q, '0');

const ceilDivide = (n: bigint, by: bigint): bigint => (n >= 0n ? (n + by - 1n) / by : -((-n + by - 1n) / by));
