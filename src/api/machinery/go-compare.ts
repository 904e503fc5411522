/** The comparisons of Go's templates (`eq`, `lt` …), which JSONPath filters share: only like types compare. */
export class ComparisonError extends Error {
  override readonly name = 'ComparisonError';
}

type Basic = 'bool' | 'int' | 'float' | 'string';

function basicKind(value: unknown): Basic | undefined {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return undefined;
}

function kindsOf(a: unknown, b: unknown): Basic {
  const [left, right] = [basicKind(a), basicKind(b)];
  if (left === undefined || right === undefined) throw new ComparisonError('invalid type for comparison');
  const numeric = (kind: Basic) => kind === 'int' || kind === 'float';
  if (left !== right && !(numeric(left) && numeric(right))) throw new ComparisonError('incompatible types for comparison');
  return left;
}

export function goEquals(a: unknown, b: unknown): boolean {
  kindsOf(a, b);
  return a === b;
}

export function goLess(a: unknown, b: unknown): boolean {
  if (kindsOf(a, b) === 'bool') throw new ComparisonError('invalid type for comparison');
  return (a as string | number) < (b as string | number);
}
