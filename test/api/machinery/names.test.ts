import { expect, test } from 'vitest';
import { cidrContains, formatIp, parseIp } from '../../../src/api/machinery/addresses.ts';
import { isDns1123Label, isPathSegmentName, isQualifiedName, isValidPortName } from '../../../src/api/machinery/names.ts';

const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

test.each([
  [isDns1123Label, 'web-1', []],
  [isDns1123Label, 'Web', [LABEL]],
  [isDns1123Label, 'a.b', ['must not contain dots']],
  [isPathSegmentName, 'a/b', ["may not contain '/'"]],
  [isValidPortName, 'much-too-long-name', ['must be no more than 15 characters']],
  [isQualifiedName, 'example.com/name', []],
  [isQualifiedName, '/name', ['prefix part must be non-empty']],
])('%o %s', (check, value, want) => {
  expect(check(value)).toEqual(want);
});

test('addresses', () => {
  expect(cidrContains('10.96.0.0/12', '10.100.3.4')).toBe(true);
  expect(cidrContains('fd00::/8', '10.0.0.1')).toBe(false);
  expect(['2001:db8::1', '::', '::1', '10.0.0.1'].map((text) => formatIp(parseIp(text) ?? { bits: 32, value: 0n }))).toEqual([
    '2001:db8::1',
    '::',
    '::1',
    '10.0.0.1',
  ]);
});
