import { expect, test } from 'vitest';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  quantityMilli,
  quantityValue,
} from '../../../src/api/machinery/quantity.ts';

test.each([
  ['1000m', '1'],
  ['1024Mi', '1Gi'],
  ['0.5', '500m'],
  ['1.5Gi', '1536Mi'],
  ['0.5Mi', '512Ki'],
  ['100', '100'],
  ['1000', '1k'],
  ['12e6', '12e6'],
  ['1e3', '1e3'],
  ['0', '0'],
  ['-1000m', '-1'],
  ['.5Gi', '512Mi'],
  ['1000Ki', '1000Ki'],
  ['512', '512'],
  ['0.0000000001', '1n'],
  ['100Ei', '9223372036854775807'],
])('%s is written %s', (given, want) => {
  expect(canonicalQuantity(given)).toBe(want);
});

test.each([
  ['', "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
  ['lots', "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
  ['1Mm', "unable to parse quantity's suffix"],
])('%j is refused', (given, want) => {
  expect(() => parseQuantity(given)).toThrow(want);
});

test('arithmetic keeps the left side’s suffixes', () => {
  expect(formatQuantity(addQuantities('1Gi', '512Mi'))).toBe('1536Mi');
  expect(formatQuantity(addQuantities('0', '512Mi'))).toBe('512Mi');
  expect(compareQuantities('1', '1000m')).toBe(0);
  expect(quantityMilli('0.0001')).toBe(1);
  expect(quantityValue('1500m')).toBe(2);
});
