import { parseDate } from './date-parse.ts';
import { quote, shellQuote } from './quoting.ts';
import { defineUtility, Failure, type Invocation } from './utility.ts';

export const touch = defineUtility({
  names: ['touch'],
  options: 'a c,no-create d,date= f h,no-dereference m r,reference= t= time=',
  usage: 'touch [OPTION]... FILE...',
  async run(u) {
    if (u.operands.length === 0) throw new Failure('missing file operand', { usage: true });
    const time = chosenTime(u);
    for (const name of u.operands) {
      const path = u.process.path(name);
      await u.tolerate(`cannot touch ${shellQuote(name)}`, () => {
        if (u.files.exists(path)) u.files.utimes(path, time);
        else if (!u.options.has('c')) {
          u.files.write(path, '');
          if (time !== u.process.clock.now()) u.files.utimes(path, time);
        }
      });
    }
  },
});

function chosenTime(u: Invocation): number {
  const reference = u.options.value('r');
  if (reference !== undefined) {
    const path = u.process.path(reference);
    if (!u.files.exists(path)) throw new Failure(`failed to get attributes of ${shellQuote(reference)}: No such file or directory`);
    return u.files.stat(path).mtime;
  }
  const now = u.process.clock.now();
  const text = u.options.value('d');
  if (text !== undefined) {
    const parsed = parseDate(text, now);
    if (parsed === undefined) throw new Failure(`invalid date format ${quote(text)}`);
    return parsed;
  }
  const stamp = u.options.value('t');
  if (stamp === undefined) return now;
  const parsed = parseStamp(stamp, now);
  if (parsed === undefined) throw new Failure(`invalid date format ${quote(stamp)}`);
  return parsed;
}

/** [[CC]YY]MMDDhhmm[.ss] */
function parseStamp(text: string, now: number): number | undefined {
  const match = /^(\d{2}|\d{4})?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '0'] = match;
  const full =
    year === undefined ? new Date(now).getUTCFullYear() : year.length === 4 ? Number(year) : Number(year) + (Number(year) < 69 ? 2000 : 1900);
  return Date.UTC(full, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
