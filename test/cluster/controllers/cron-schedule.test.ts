import { expect, test } from 'vitest';
import { isoTime } from '../../../src/clock/index.ts';
import { nextTime, parseSchedule } from '../../../src/cluster/controllers/cron-job/schedule.ts';

const AFTER = Date.parse('2026-01-05T09:07:30Z');

test.each([
  ['*/15 * * * *', 'UTC', '2026-01-05T09:15:00Z'],
  ['0 0 1 * *', 'UTC', '2026-02-01T00:00:00Z'],
  ['30 6 * * mon-fri', 'Asia/Seoul', '2026-01-05T21:30:00Z'],
  ['0 12 13 * 5', 'UTC', '2026-01-09T12:00:00Z'],
  ['@daily', 'UTC', '2026-01-06T00:00:00Z'],
  ['0 0 29 2 *', 'UTC', '2028-02-29T00:00:00Z'],
])('%s in %s', (schedule, zone, want) => {
  expect(isoTime(nextTime(parseSchedule(schedule), AFTER, zone) ?? 0)).toBe(want);
});
