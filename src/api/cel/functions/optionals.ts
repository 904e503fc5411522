import { CelError, CelMap, CelOptional, CelUint, type CelValue, isList } from '../values.ts';
import { defineFunctions } from './define-functions.ts';

export const optionals = defineFunctions({
  'optional.none(): optional(A)': () => new CelOptional(),
  'optional.of(A): optional(A)': (value: CelValue) => new CelOptional(value),
  'optional.ofNonZeroValue(A): optional(A)': (value: CelValue) => (isZero(value) ? new CelOptional() : new CelOptional(value)),
  'optional(A)->hasValue(): bool': ({ value }: CelOptional) => value !== undefined,
  'optional(A)->value(): A': ({ value }: CelOptional) => {
    if (value === undefined) throw new CelError('optional.none() dereference');
    return value;
  },
  'optional(A)->orValue(A): A': ({ value }: CelOptional, otherwise: CelValue) => (value === undefined ? otherwise : value),
  'optional(A)->or(optional(A)): optional(A)': (first: CelOptional, second: CelOptional) => (first.value === undefined ? second : first),
  'list(A)->first(): optional(A)': (list: readonly CelValue[]) => new CelOptional(list[0]),
  'list(A)->last(): optional(A)': (list: readonly CelValue[]) => new CelOptional(list.at(-1)),
  'optional.unwrap(list(optional(A))): list(A)': unwrap,
  'list(optional(A))->unwrapOpt(): list(A)': unwrap,
});

function unwrap(list: readonly CelValue[]): CelValue {
  return list.flatMap((item) => (item instanceof CelOptional && item.value !== undefined ? [item.value] : []));
}

function isZero(value: CelValue): boolean {
  if (isList(value)) return value.length === 0;
  if (value instanceof CelMap) return value.size === 0;
  if (value instanceof CelUint) return value.value === 0n;
  return value === null || value === false || value === '' || value === 0 || value === 0n;
}
