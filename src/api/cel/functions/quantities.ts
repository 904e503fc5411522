import {
  addQuantities,
  compareQuantities,
  isQuantity,
  parseQuantity,
  type Quantity,
  QuantityError,
  quantityOf,
  quantitySign,
  quantityToNumber,
  subtractQuantities,
} from '../../machinery/quantity.ts';
import { CelError, CelOpaque, type CelQuantity } from '../values.ts';
import { defineFunctions } from './define-functions.ts';

const made = (content: Quantity): CelQuantity => new CelOpaque('kubernetes.Quantity', content);
const ofInt = (value: bigint): Quantity => quantityOf(Number(value));
const NANO = 1_000_000_000n;

export const quantities = defineFunctions({
  'quantity(string): kubernetes.Quantity': (text: string) => {
    try {
      return made(parseQuantity(text));
    } catch (error) {
      if (error instanceof QuantityError) throw new CelError(error.message);
      throw error;
    }
  },
  'isQuantity(string): bool': isQuantity,
  'kubernetes.Quantity->sign(): int': ({ content }: CelQuantity) => BigInt(quantitySign(content)),
  'kubernetes.Quantity->isGreaterThan(kubernetes.Quantity): bool': (a: CelQuantity, b: CelQuantity) => compareQuantities(a.content, b.content) > 0,
  'kubernetes.Quantity->isLessThan(kubernetes.Quantity): bool': (a: CelQuantity, b: CelQuantity) => compareQuantities(a.content, b.content) < 0,
  'kubernetes.Quantity->compareTo(kubernetes.Quantity): int': (a: CelQuantity, b: CelQuantity) => BigInt(compareQuantities(a.content, b.content)),
  'kubernetes.Quantity->asApproximateFloat(): double': ({ content }: CelQuantity) => quantityToNumber(content),
  'kubernetes.Quantity->asInteger(): int': ({ content }: CelQuantity) => {
    if (content.nanos % NANO !== 0n) throw new CelError('cannot convert value to integer');
    return content.nanos / NANO;
  },
  'kubernetes.Quantity->isInteger(): bool': ({ content }: CelQuantity) => content.nanos % NANO === 0n,
  'kubernetes.Quantity->add(kubernetes.Quantity): kubernetes.Quantity': (a: CelQuantity, b: CelQuantity) => made(addQuantities(a.content, b.content)),
  'kubernetes.Quantity->add(int): kubernetes.Quantity': (a: CelQuantity, b: bigint) => made(addQuantities(a.content, ofInt(b))),
  'kubernetes.Quantity->sub(kubernetes.Quantity): kubernetes.Quantity': (a: CelQuantity, b: CelQuantity) =>
    made(subtractQuantities(a.content, b.content)),
  'kubernetes.Quantity->sub(int): kubernetes.Quantity': (a: CelQuantity, b: bigint) => made(subtractQuantities(a.content, ofInt(b))),
});
