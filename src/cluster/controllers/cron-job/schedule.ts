/** A parsed five-field schedule: which minutes, hours, days of the month, months and days of the week it names. */
export interface Schedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
  /** `@every 90s`: that many milliseconds. */
  readonly every?: number;
}

const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MINUTE_MS = 60_000;
const LOOK_AHEAD_DAYS = 366 * 5;

export function parseSchedule(text: string): Schedule {
  const every = /^@every (\d+)(s|m|h)$/.exec(text.trim());
  const fields = (MACROS[text.trim()] ?? (every ? '* * * * *' : text)).trim().split(/\s+/);
  if (fields.length !== 5) throw new Error(`expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const unit = { s: 1_000, m: MINUTE_MS, h: 3_600_000 }[every?.[2] ?? 's'] ?? 1_000;
  return {
    minutes: parseField(minute, 0, 59, []),
    hours: parseField(hour, 0, 23, []),
    days: parseField(day, 1, 31, []),
    months: parseField(month, 1, 12, MONTHS),
    weekdays: new Set([...parseField(weekday, 0, 7, WEEKDAYS)].map((value) => value % 7)),
    anyDay: day.startsWith('*') || day === '?',
    anyWeekday: weekday.startsWith('*') || weekday === '?',
    ...(every ? { every: Number(every[1]) * unit } : {}),
  };
}

function parseField(text: string, low: number, high: number, names: readonly string[]): ReadonlySet<number> {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [first, last] = bounds(range, part.includes('/'), low, high, names);
    if (!(Number(step) > 0) || first < low || last > high || first > last) throw new Error(`failed to parse field ${JSON.stringify(text)}`);
    for (let value = first; value <= last; value += Number(step)) values.add(value);
  }
  return values;
}

function bounds(range: string, stepped: boolean, low: number, high: number, names: readonly string[]): [number, number] {
  if (range === '*' || range === '?') return [low, names === WEEKDAYS ? 6 : high];
  const [from = '', to] = range.split('-');
  const first = numberIn(from, names, low);
  return [first, to === undefined ? (stepped ? high : first) : numberIn(to, names, low)];
}

function numberIn(text: string, names: readonly string[], low: number): number {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return named + low;
  if (!/^\d+$/.test(text)) throw new Error(`failed to parse int from ${text}`);
  return Number(text);
}

/** The first moment after `after` that the schedule names, on the clocks of the time zone. */
export function nextTime(schedule: Schedule, after: number, timeZone: string): number | undefined {
  if (schedule.every) return after + schedule.every;
  let at = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
  const end = after + LOOK_AHEAD_DAYS * 86_400_000;
  while (at < end) {
    const { month, day, hour, minute, weekday } = wallTime(at, timeZone);
    if (!schedule.months.has(month) || !isDay(schedule, day, weekday)) at += (24 * 60 - hour * 60 - minute) * MINUTE_MS;
    else if (!schedule.hours.has(hour)) at += (60 - minute) * MINUTE_MS;
    else if (!schedule.minutes.has(minute)) at += MINUTE_MS;
    else return at;
  }
  return undefined;
}

/** Where both kinds of day are restricted, either will do. */
function isDay({ days, weekdays, anyDay, anyWeekday }: Schedule, day: number, weekday: number): boolean {
  const [byDay, byWeekday] = [days.has(day), weekdays.has(weekday)];
  return anyDay || anyWeekday ? byDay && byWeekday : byDay || byWeekday;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallTime(at: number, timeZone: string) {
  if (timeZone === 'UTC') {
    const date = new Date(at);
    const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()];
    return { month, day, hour: date.getUTCHours(), minute: date.getUTCMinutes(), weekday: date.getUTCDay() };
  }
  const parts = Object.fromEntries(
    formatFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const weekday = WEEKDAYS.indexOf((parts.weekday ?? '').toLowerCase());
  return { month: Number(parts.month), day: Number(parts.day), hour: Number(parts.hour) % 24, minute: Number(parts.minute), weekday };
}

/** Throws a RangeError for a zone there is not. */
export function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const numeric = 'numeric' as const;
  const options = { timeZone, month: numeric, day: numeric, hour: numeric, minute: numeric, weekday: 'short', hour12: false } as const;
  const made = new Intl.DateTimeFormat('en-US', options);
  formats.set(timeZone, made);
  return made;
}
