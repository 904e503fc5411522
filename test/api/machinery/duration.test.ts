import { expect, test } from 'vitest';
import { formatDuration, humanDuration, parseDuration, shortHumanDuration } from '../../../src/api/machinery/duration.ts';

const S = 1000;
test.each([
  [119 * S, '119s', '1m'],
  [303 * S, '5m3s', '5m'],
  [11 * 60 * S, '11m', '11m'],
  [3 * 3600 * S + 60 * S, '3h1m', '3h'],
  [51 * 3600 * S, '2d3h', '2d'],
  [400 * 86400 * S, '400d', '1y'],
  [-500, '0s', '0s'],
  [-5000, '<invalid>', '<invalid>'],
])('%d', (ms, human, short) => {
  expect([humanDuration(ms), shortHumanDuration(ms)]).toEqual([human, short]);
});

test('Go durations', () => {
  expect(formatDuration(parseDuration('1h15m30.5s'))).toBe('1h15m30.5s');
  expect(formatDuration(parseDuration('90s'))).toBe('1m30s');
  expect(() => parseDuration('5')).toThrow('time: missing unit in duration "5"');
  expect(() => parseDuration('5x')).toThrow('time: unknown unit "x" in duration "5x"');
});
