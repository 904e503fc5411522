import { type CelDuration, CelError, type CelTimestamp } from '../values.ts';
import { defineFunctions, type FunctionTable } from './define-functions.ts';

const DAY = 86_400_000;

/** Parts of a moment, by getter. */
const PARTS: Readonly<Record<string, (moment: Date) => number>> = {
  getFullYear: (moment) => moment.getUTCFullYear(),
  getMonth: (moment) => moment.getUTCMonth(),
  getDate: (moment) => moment.getUTCDate(),
  getDayOfMonth: (moment) => moment.getUTCDate() - 1,
  getDayOfWeek: (moment) => moment.getUTCDay(),
  getDayOfYear: (moment) => Math.floor((moment.getTime() - Date.UTC(moment.getUTCFullYear(), 0, 1)) / DAY),
  getHours: (moment) => moment.getUTCHours(),
  getMinutes: (moment) => moment.getUTCMinutes(),
  getSeconds: (moment) => moment.getUTCSeconds(),
  getMilliseconds: (moment) => moment.getUTCMilliseconds(),
};

const DURATION_UNITS: Readonly<Record<string, bigint>> = {
  getHours: 3_600_000_000_000n,
  getMinutes: 60_000_000_000n,
  getSeconds: 1_000_000_000n,
};

const getters: FunctionTable = Object.fromEntries(
  Object.entries(PARTS).flatMap(([name, part]) => [
    [`timestamp->${name}(): int`, (time: CelTimestamp) => BigInt(part(new Date(Number(time.nanos / 1_000_000n))))],
    [
      `timestamp->${name}(string): int`,
      (time: CelTimestamp, zone: string) => BigInt(part(new Date(Number(time.nanos / 1_000_000n) + offsetOf(zone)))),
    ],
  ]),
);

export const times = defineFunctions({
  ...getters,
  ...Object.fromEntries(Object.entries(DURATION_UNITS).map(([name, unit]) => [`duration->${name}(): int`, ({ nanos }: CelDuration) => nanos / unit])),
  'duration->getMilliseconds(): int': ({ nanos }: CelDuration) => nanos / 1_000_000n,
});

/** Only fixed offsets and UTC are known here. */
function offsetOf(zone: string): number {
  if (zone === 'UTC' || zone === '') return 0;
  const match = /^([+-]?)(\d{2}):(\d{2})$/.exec(zone);
  if (!match) throw new CelError(`unknown time zone ${zone}`);
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}
