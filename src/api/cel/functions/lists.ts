import { celCompare, celEqual } from '../equality.ts';
import { CelError, type CelMap, type CelValue, isList, NO_OVERLOAD } from '../values.ts';
import { defineFunctions, overloadFor } from './define-functions.ts';
import { operators } from './operators.ts';

type List = readonly CelValue[];

const SUMMABLE = ['int', 'uint', 'double', 'duration'];
const SORTABLE = [...SUMMABLE, 'string', 'bool', 'timestamp', 'bytes'];

const ordered = SORTABLE.flatMap((type) => [
  [`list(${type})->isSorted(): bool`, (list: List) => list.every((item, i) => i === 0 || celCompare(list[i - 1] ?? null, item) <= 0)],
  [`list(${type})->min(): ${type}`, (list: List) => extreme(list, 'min', (order) => order < 0)],
  [`list(${type})->max(): ${type}`, (list: List) => extreme(list, 'max', (order) => order > 0)],
  [`list(${type})->sort(): list(${type})`, (list: List) => [...list].sort(celCompare)],
]);

export const lists = defineFunctions({
  'size(list(A)): int': (list: List) => BigInt(list.length),
  'list(A)->size(): int': (list: List) => BigInt(list.length),
  'size(map(A, B)): int': (map: CelMap) => BigInt(map.size),
  'map(A, B)->size(): int': (map: CelMap) => BigInt(map.size),
  'size(bytes): int': (bytes: Uint8Array) => BigInt(bytes.length),
  'bytes->size(): int': (bytes: Uint8Array) => BigInt(bytes.length),
  ...Object.fromEntries(ordered),
  ...Object.fromEntries(SUMMABLE.map((type) => [`list(${type})->sum(): ${type}`, sum])),
  'list(A)->indexOf(A): int': (list: List, item: CelValue) => BigInt(list.findIndex((one) => celEqual(one, item))),
  'list(A)->lastIndexOf(A): int': (list: List, item: CelValue) => BigInt(list.findLastIndex((one) => celEqual(one, item))),
  'list(A)->distinct(): list(A)': (list: List) => list.filter((item, i) => list.findIndex((one) => celEqual(one, item)) === i),
  'list(A)->reverse(): list(A)': (list: List) => [...list].reverse(),
  'list(A)->slice(int, int): list(A)': slice,
  'list(dyn)->flatten(): list(dyn)': (list: List) => list.flatMap((item) => (isList(item) ? item : [item])),
  'lists.range(int): list(int)': (count: bigint) => Array.from({ length: Math.min(Number(count), 100_000) }, (_none, i) => BigInt(i)),
  'sets.contains(list(A), list(A)): bool': (list: List, part: List) => isSubset(part, list),
  'sets.equivalent(list(A), list(A)): bool': (a: List, b: List) => isSubset(a, b) && isSubset(b, a),
  'sets.intersects(list(A), list(A)): bool': (a: List, b: List) => a.some((item) => b.some((one) => celEqual(one, item))),
});

const isSubset = (part: List, whole: List): boolean => part.every((item) => whole.some((one) => celEqual(one, item)));

function extreme(list: List, name: string, better: (order: number) => boolean): CelValue {
  const [first, ...rest] = list;
  if (first === undefined) throw new CelError(`${name} called on empty list`);
  return rest.reduce((best, item) => (better(celCompare(item, best)) ? item : best), first);
}

/** Of an empty list whose items have no known type the sum is an int. */
function sum(list: List): CelValue {
  const [first, ...rest] = list;
  if (first === undefined) return 0n;
  const plus = operators.filter(({ name }) => name === '_+_');
  return rest.reduce<CelValue>((total, item) => {
    const overload = overloadFor(plus, [total, item]);
    if (!overload) throw new CelError(NO_OVERLOAD);
    return overload.run(...([total, item] as never[]));
  }, first);
}

function slice(list: List, from: bigint, to: bigint): CelValue {
  if (from < 0n || to < 0n) throw new CelError(`cannot slice(${from}, ${to}), negative indexes not supported`);
  if (from > to) throw new CelError(`cannot slice(${from}, ${to}), start index must be less than or equal to end index`);
  if (to > list.length) throw new CelError(`cannot slice(${from}, ${to}), list is length ${list.length}`);
  return list.slice(Number(from), Number(to));
}
