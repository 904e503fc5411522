const DESCRIPTORS = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: DAYS },
];

class ScheduleError extends Error {}

/** Why a cron schedule cannot be read, as upstream's parser words it; undefined for a good one. */
export function cronScheduleError(schedule: string): string | undefined {
  try {
    parse(schedule);
    return undefined;
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    throw error;
  }
}

function parse(schedule: string): void {
  if (schedule === '') throw new ScheduleError('empty spec string');
  const [, zone, rest = schedule] = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(schedule) ?? [];
  if (zone !== undefined && !isTimeZone(zone)) throw new ScheduleError(`provided bad location ${zone}: unknown time zone ${zone}`);
  if (rest.startsWith('@')) {
    checkDescriptor(rest);
    return;
  }
  const fields = rest.split(/\s+/).filter(Boolean);
  if (fields.length !== FIELDS.length) throw new ScheduleError(`expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`);
  for (const [i, bounds] of FIELDS.entries()) for (const range of (fields[i] ?? '').split(',').filter(Boolean)) checkRange(range, bounds);
}

function checkDescriptor(text: string): void {
  if (DESCRIPTORS.has(text)) return;
  const every = /^@every (.*)$/.exec(text)?.[1];
  if (every === undefined) throw new ScheduleError(`unrecognized descriptor: ${text}`);
  if (!/^[-+]?(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+$/.test(every))
    throw new ScheduleError(`failed to parse duration ${text}: time: invalid duration ${JSON.stringify(every)}`);
}

function checkRange(text: string, bounds: Bounds): void {
  const [range = '', step, ...moreSteps] = text.split('/');
  const [low = '', high, ...moreEnds] = range.split('-');
  const isStar = low === '*' || low === '?';
  if (!isStar && moreEnds.length > 0) throw new ScheduleError(`too many hyphens: ${text}`);
  const start = isStar ? bounds.min : number(low, bounds);
  const named = high === undefined ? start : number(high, bounds);
  if (moreSteps.length > 0) throw new ScheduleError(`too many slashes: ${text}`);
  const by = step === undefined ? 1 : number(step, { min: 0, max: 0 });
  const end = isStar || (step !== undefined && high === undefined) ? bounds.max : named;
  if (start < bounds.min) throw new ScheduleError(`beginning of range (${start}) below minimum (${bounds.min}): ${text}`);
  if (end > bounds.max) throw new ScheduleError(`end of range (${end}) above maximum (${bounds.max}): ${text}`);
  if (start > end) throw new ScheduleError(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  if (by === 0) throw new ScheduleError(`step of range should be a positive number: ${text}`);
}

function number(text: string, { names, min }: Bounds): number {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + (names === MONTHS ? min : 0);
  if (!/^[-+]?\d+$/.test(text))
    throw new ScheduleError(`failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  const value = Number(text);
  if (value < 0) throw new ScheduleError(`negative number (${value}) not allowed: ${text}`);
  return value;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
