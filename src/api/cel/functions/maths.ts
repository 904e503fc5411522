import { celCompare } from '../equality.ts';
import { CelError, type CelValue } from '../values.ts';
import { defineFunctions } from './define-functions.ts';

const pick = (list: readonly CelValue[], better: (order: number) => boolean): CelValue => {
  const [first, ...rest] = list;
  if (first === undefined) throw new CelError('math.@min(list) argument must not be empty');
  return rest.reduce((best, item) => (better(celCompare(item, best)) ? item : best), first);
};
const greatest = (...values: CelValue[]): CelValue => pick(values, (order) => order > 0);
const least = (...values: CelValue[]): CelValue => pick(values, (order) => order < 0);

const NUMBERS = ['int', 'uint', 'double'];

export const maths = defineFunctions({
  ...Object.fromEntries(
    NUMBERS.flatMap((type) => [
      [`math.greatest(${type}): ${type}`, greatest],
      [`math.greatest(${type}, ${type}): ${type}`, greatest],
      [`math.greatest(${type}, ${type}, ${type}): ${type}`, greatest],
      [`math.greatest(list(${type})): ${type}`, (list: readonly CelValue[]) => greatest(...list)],
      [`math.least(${type}): ${type}`, least],
      [`math.least(${type}, ${type}): ${type}`, least],
      [`math.least(${type}, ${type}, ${type}): ${type}`, least],
      [`math.least(list(${type})): ${type}`, (list: readonly CelValue[]) => least(...list)],
    ]),
  ),
  'math.abs(int): int': (value: bigint) => (value < 0n ? -value : value),
  'math.abs(double): double': (value: number) => Math.abs(value),
  'math.ceil(double): double': (value: number) => Math.ceil(value),
  'math.floor(double): double': (value: number) => Math.floor(value),
  'math.round(double): double': (value: number) => Math.sign(value) * Math.round(Math.abs(value)),
  'math.trunc(double): double': (value: number) => Math.trunc(value),
  'math.sign(int): int': (value: bigint) => (value > 0n ? 1n : value < 0n ? -1n : 0n),
});
