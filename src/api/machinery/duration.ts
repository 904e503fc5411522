/** Durations are milliseconds, fractions included; texts are Go's (`1h15m0s`, `250ms`). */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** Throws with Go's words: `time: invalid duration "5x"`, `time: unknown unit "x" in duration "5x"`. */
export function parseDuration(text: string): number {
  const body = text.replace(/^[-+]/, '');
  if (body === '0') return 0;
  const shown = JSON.stringify(text);
  if (body === '') throw new Error(`time: invalid duration ${shown}`);
  let rest = body;
  let total = 0;
  while (rest !== '') {
    const number = /^(?:\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (number === undefined) throw new Error(`time: invalid duration ${shown}`);
    rest = rest.slice(number.length);
    const unit = /^[^.\d]+/.exec(rest)?.[0];
    if (unit === undefined) throw new Error(`time: missing unit in duration ${shown}`);
    const scale = UNITS.get(unit);
    if (scale === undefined) throw new Error(`time: unknown unit ${JSON.stringify(unit)} in duration ${shown}`);
    total += Number(number) * scale;
    rest = rest.slice(unit.length);
  }
  return text.startsWith('-') ? -total : total;
}

/** As time.Duration prints itself: `1m0s`, `1.5s`, `250ms`, `0s`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  const sign = ms < 0 ? '-' : '';
  const nanos = Math.round(Math.abs(ms) * 1e6);
  if (nanos < 1e9) {
    if (nanos < 1e3) return `${sign}${nanos}ns`;
    if (nanos < 1e6) return `${sign}${nanos / 1e3}µs`;
    return `${sign}${nanos / 1e6}ms`;
  }
  const wholeSeconds = Math.floor(nanos / 1e9);
  const fraction = (nanos % 1e9).toString().padStart(9, '0').replace(/0+$/, '');
  const seconds = `${wholeSeconds % 60}${fraction ? `.${fraction}` : ''}s`;
  const minutes = Math.floor(wholeSeconds / 60);
  if (minutes === 0) return `${sign}${seconds}`;
  const hours = Math.floor(minutes / 60);
  return `${sign}${hours ? `${hours}h` : ''}${minutes % 60}m${seconds}`;
}

/** An age as kubectl prints it: two or three significant figures, `5m3s`, `2d3h`. */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (ms < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(minutes / 60);
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (hours < 192) return pair(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  const years = Math.trunc(days / 365);
  return days < 2920 ? pair(years, 'y', days % 365, 'd') : `${years}y`;
}

const pair = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit}${small}${smallUnit}`;

/** One figure only: `5m`, `2d`. */
export function shortHumanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (ms < 0) return '0s';
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.trunc(seconds / 60)}m`;
  const hours = Math.trunc(seconds / 3600);
  if (hours < 24) return `${hours}h`;
  return hours < 24 * 365 ? `${Math.trunc(hours / 24)}d` : `${Math.trunc(hours / 24 / 365)}y`;
}

/** The age of an RFC 3339 time at `now`; `<unknown>` without one. */
export const ageOf = (time: string | undefined, now: number): string => (time ? humanDuration(now - Date.parse(time)) : '<unknown>');
