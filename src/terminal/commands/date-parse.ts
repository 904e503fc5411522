const UNITS: Readonly<Record<string, number>> = {
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  fortnight: 1_209_600_000,
};
const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const DAYS = 'sunmontuewedthufrisat';

interface Reading {
  date: Date;
  /** A date without a time of day stands for midnight. */
  dated: boolean;
  timed: boolean;
  offset: number;
}

/** The dates `date -d` is asked for: ISO, `@epoch`, RFC 2822, `now`, `yesterday`, `2 days ago`, `next monday`. */
export function parseDate(text: string, now: number): number | undefined {
  const epoch = /^@(-?\d+(?:\.\d+)?)$/.exec(text.trim());
  if (epoch) return Number(epoch[1]) * 1000;
  const reading: Reading = { date: new Date(now), dated: false, timed: false, offset: 0 };
  let rest = text.trim().toLowerCase();
  while (rest !== '') {
    const used = RULES.map(([pattern, apply]) => {
      const match = pattern.exec(rest);
      return match && apply(reading, match) ? match[0].length : 0;
    }).find((length) => length > 0);
    if (used === undefined) return undefined;
    rest = rest.slice(used).replace(/^[\s,]+/, '');
  }
  if (reading.dated && !reading.timed) reading.date.setUTCHours(0, 0, 0, 0);
  return reading.date.getTime() + reading.offset;
}

type Rule = readonly [RegExp, (reading: Reading, match: RegExpExecArray) => boolean];

const setDay = (reading: Reading, year: number, month: number, day: number): boolean => {
  if (month < 0 || month > 11 || day < 1 || day > 31) return false;
  reading.date.setUTCFullYear(year, month, day);
  reading.dated = true;
  return true;
};

function setTime(reading: Reading, [, hour, minute, second = '0', fraction = '', half]: RegExpExecArray): boolean {
  const hours = half ? (Number(hour) % 12) + (half.startsWith('p') ? 12 : 0) : Number(hour);
  if (hours > 23 || Number(minute ?? '0') > 59) return false;
  reading.date.setUTCHours(hours, Number(minute ?? '0'), Number(second), Number(`0${fraction}`) * 1000);
  reading.timed = true;
  return true;
}

function setZone(reading: Reading, [, sign, hours, minutes = '0']: RegExpExecArray): boolean {
  if (sign) reading.offset -= (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return true;
}

function shift(reading: Reading, amount: number, unit: string): boolean {
  const name = unit.replace(/s$/, '');
  const ms = UNITS[name];
  if (ms !== undefined) reading.offset += amount * ms;
  else if (name === 'month') reading.date.setUTCMonth(reading.date.getUTCMonth() + amount);
  else reading.date.setUTCFullYear(reading.date.getUTCFullYear() + amount);
  return true;
}

function toWeekday(reading: Reading, name: string, next: boolean): boolean {
  const ahead = (DAYS.indexOf(name.slice(0, 3)) / 3 - reading.date.getUTCDay() + 7) % 7;
  reading.date.setUTCDate(reading.date.getUTCDate() + (next && ahead === 0 ? 7 : ahead));
  reading.dated = true;
  return true;
}

const year = (reading: Reading): number => reading.date.getUTCFullYear();
const monthOf = (name = ''): number => MONTHS.indexOf(name.slice(0, 3)) / 3;
const UNIT = '(sec(?:ond)?s?|min(?:ute)?s?|hours?|days?|weeks?|fortnights?|months?|years?)';
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DAY = '(sun|mon|tue|wed|thu|fri|sat)[a-z]*';

const RULES: readonly Rule[] = [
  [/^(\d{4})-(\d{1,2})-(\d{1,2})(?:t(?=\d)|(?!\d))/, (r, m) => setDay(r, Number(m[1]), Number(m[2]) - 1, Number(m[3]))],
  [/^(\d{4})(\d{2})(\d{2})(?!\d)/, (r, m) => setDay(r, Number(m[1]), Number(m[2]) - 1, Number(m[3]))],
  [/^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?/, (r, m) => setDay(r, Number(m[3] ?? year(r)), Number(m[1]) - 1, Number(m[2]))],
  [/^(\d{1,2}):(\d{2})(?::(\d{2})([.,]\d+)?)?(?:\s*([ap]m))?/, setTime],
  [/^(\d{1,2})()()()([ap]m)/, setTime],
  [/^([-+])(\d{2}):?(\d{2})?(?![\d\s]*[a-z])/, setZone],
  [/^(?:z|utc|gmt)(?![a-z])/, setZone],
  [new RegExp(`^(\\d{1,2})[ -]${MONTH}(?:[ -](\\d{4}))?`), (r, m) => setDay(r, Number(m[3] ?? year(r)), monthOf(m[2]), Number(m[1]))],
  [new RegExp(`^${MONTH} (\\d{1,2})(?:,? (\\d{4}))?(?![\\d:])`), (r, m) => setDay(r, Number(m[3] ?? year(r)), monthOf(m[1]), Number(m[2]))],
  [new RegExp(`^([-+]?\\s*\\d+)\\s*${UNIT}(\\s+ago)?`), (r, m) => shift(r, Number((m[1] ?? '').replace(/\s/g, '')) * (m[3] ? -1 : 1), m[2] ?? '')],
  [new RegExp(`^(next|last|this)\\s+${UNIT}`), (r, m) => shift(r, m[1] === 'next' ? 1 : m[1] === 'last' ? -1 : 0, m[2] ?? '')],
  [new RegExp(`^${UNIT}(\\s+ago)?`), (r, m) => shift(r, m[2] ? -1 : 1, m[1] ?? '')],
  [/^(now|today)/, () => true],
  [/^yesterday/, (r) => shift(r, -1, 'day')],
  [/^tomorrow/, (r) => shift(r, 1, 'day')],
  [new RegExp(`^(next\\s+)?${DAY}`), (r, m) => toWeekday(r, m[2] ?? '', m[1] !== undefined)],
];
