import { celCompare, celEqual } from '../equality.ts';
import { CelDuration, CelError, CelMap, CelOptional, CelTimestamp, CelUint, type CelValue } from '../values.ts';
import { defineFunctions } from './define-functions.ts';

const INT_LIMIT = 2n ** 63n;
const UINT_LIMIT = 2n ** 64n;

export function int(value: bigint): bigint {
  if (value >= INT_LIMIT || value < -INT_LIMIT) throw new CelError('integer overflow');
  return value;
}

export function uint(value: bigint): CelUint {
  if (value >= UINT_LIMIT || value < 0n) throw new CelError('unsigned integer overflow');
  return new CelUint(value);
}

function divisor(value: bigint, what: string): bigint {
  if (value === 0n) throw new CelError(what);
  return value;
}

const arithmetic = defineFunctions({
  '_+_(int, int): int': (a: bigint, b: bigint) => int(a + b),
  '_+_(uint, uint): uint': (a: CelUint, b: CelUint) => uint(a.value + b.value),
  '_+_(double, double): double': (a: number, b: number) => a + b,
  '_+_(string, string): string': (a: string, b: string) => a + b,
  '_+_(bytes, bytes): bytes': (a: Uint8Array, b: Uint8Array) => new Uint8Array([...a, ...b]),
  '_+_(list(A), list(A)): list(A)': (a: readonly CelValue[], b: readonly CelValue[]) => [...a, ...b],
  '_+_(timestamp, duration): timestamp': (a: CelTimestamp, b: CelDuration) => new CelTimestamp(a.nanos + b.nanos),
  '_+_(duration, timestamp): timestamp': (a: CelDuration, b: CelTimestamp) => new CelTimestamp(a.nanos + b.nanos),
  '_+_(duration, duration): duration': (a: CelDuration, b: CelDuration) => new CelDuration(a.nanos + b.nanos),
  '_-_(int, int): int': (a: bigint, b: bigint) => int(a - b),
  '_-_(uint, uint): uint': (a: CelUint, b: CelUint) => uint(a.value - b.value),
  '_-_(double, double): double': (a: number, b: number) => a - b,
  '_-_(timestamp, timestamp): duration': (a: CelTimestamp, b: CelTimestamp) => new CelDuration(a.nanos - b.nanos),
  '_-_(timestamp, duration): timestamp': (a: CelTimestamp, b: CelDuration) => new CelTimestamp(a.nanos - b.nanos),
  '_-_(duration, duration): duration': (a: CelDuration, b: CelDuration) => new CelDuration(a.nanos - b.nanos),
  '_*_(int, int): int': (a: bigint, b: bigint) => int(a * b),
  '_*_(uint, uint): uint': (a: CelUint, b: CelUint) => uint(a.value * b.value),
  '_*_(double, double): double': (a: number, b: number) => a * b,
  '_/_(int, int): int': (a: bigint, b: bigint) => int(a / divisor(b, 'division by zero')),
  '_/_(uint, uint): uint': (a: CelUint, b: CelUint) => uint(a.value / divisor(b.value, 'division by zero')),
  '_/_(double, double): double': (a: number, b: number) => a / b,
  '_%_(int, int): int': (a: bigint, b: bigint) => a % divisor(b, 'modulus by zero'),
  '_%_(uint, uint): uint': (a: CelUint, b: CelUint) => uint(a.value % divisor(b.value, 'modulus by zero')),
  '-_(int): int': (a: bigint) => int(-a),
  '-_(double): double': (a: number) => -a,
  '!_(bool): bool': (a: boolean) => !a,
});

const ORDERED = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'timestamp', 'duration'];
const NUMBERS = ['int', 'uint', 'double'];
const PAIRS: readonly (readonly [string, string])[] = [
  ...ORDERED.map((type) => [type, type] as const),
  ...NUMBERS.flatMap((a) => NUMBERS.filter((b) => b !== a).map((b) => [a, b] as const)),
];

const ORDERINGS: Readonly<Record<string, (order: number) => boolean>> = {
  '_<_': (order) => order < 0,
  '_<=_': (order) => order <= 0,
  '_>_': (order) => order > 0,
  '_>=_': (order) => order >= 0,
};

const isNaNValue = (value: CelValue): boolean => typeof value === 'number' && Number.isNaN(value);

const comparisons = defineFunctions(
  Object.fromEntries(
    Object.entries(ORDERINGS).flatMap(([name, holds]) =>
      PAIRS.map(([a, b]) => [`${name}(${a}, ${b}): bool`, (x: CelValue, y: CelValue) => !isNaNValue(x) && !isNaNValue(y) && holds(celCompare(x, y))]),
    ),
  ),
);

const equality = defineFunctions({
  '_==_(A, A): bool': (a: CelValue, b: CelValue) => celEqual(a, b),
  '_!=_(A, A): bool': (a: CelValue, b: CelValue) => !celEqual(a, b),
  '@in(A, list(A)): bool': (item: CelValue, list: readonly CelValue[]) => list.some((one) => celEqual(one, item)),
  '@in(A, map(A, B)): bool': (key: CelValue, map: CelMap) => map.has(key),
});

const indexing = defineFunctions({
  '_[_](list(A), int): A': (list: readonly CelValue[], index: bigint) => itemAt(list, index),
  '_[_](map(A, B), A): B': (map: CelMap, key: CelValue) => valueAt(map, key),
  '_[_](optional(list(A)), int): optional(A)': (list: CelOptional, index: bigint) => optionalIndex(list.value, index),
  '_[_](optional(map(A, B)), A): optional(B)': (map: CelOptional, key: CelValue) => optionalIndex(map.value, key),
  '_[?_](list(A), int): optional(A)': (list: CelValue, index: CelValue) => optionalIndex(list, index),
  '_[?_](map(A, B), A): optional(B)': (map: CelValue, key: CelValue) => optionalIndex(map, key),
  '_[?_](optional(list(A)), int): optional(A)': (list: CelOptional, index: CelValue) => optionalIndex(list.value, index),
  '_[?_](optional(map(A, B)), A): optional(B)': (map: CelOptional, key: CelValue) => optionalIndex(map.value, key),
});

function itemAt(list: readonly CelValue[], index: bigint): CelValue {
  const found = index < 0n ? undefined : list[Number(index)];
  if (found === undefined) throw new CelError(`index out of bounds: ${index}`);
  return found;
}

export function valueAt(map: CelMap, key: CelValue): CelValue {
  const found = map.get(key);
  if (found === undefined) throw new CelError(`no such key: ${key instanceof CelUint ? key.value : String(key)}`);
  return found;
}

function optionalIndex(holder: CelValue | undefined, key: CelValue): CelOptional {
  if (holder instanceof CelMap) return new CelOptional(holder.get(key));
  if (Array.isArray(holder) && typeof key === 'bigint' && key >= 0n) return new CelOptional(holder[Number(key)]);
  return new CelOptional();
}

/** `_&&_`, `_||_` and `_?_:_` take part in checking alone: the evaluator runs them without evaluating all their arguments. */
const logic = defineFunctions({
  '_&&_(bool, bool): bool': (a: boolean, b: boolean) => a && b,
  '_||_(bool, bool): bool': (a: boolean, b: boolean) => a || b,
  '_?_:_(bool, A, A): A': (condition: boolean, then: CelValue, otherwise: CelValue) => (condition ? then : otherwise),
});

export const operators = [...arithmetic, ...comparisons, ...equality, ...indexing, ...logic];
