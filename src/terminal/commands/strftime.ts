const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** strftime in UTC, with GNU's flags (`%-d`, `%_H`, `%^a`) and `%N`. */
export function strftime(format: string, instant: number): string {
  return format.replace(/%([-_0^#]*)(\d*)([a-zA-Z%+]|:+z)/g, (whole, flags: string, width: string, letter: string) => {
    const field = fieldOf(letter, instant);
    return field === undefined ? whole : present(field, flags, width);
  });
}

interface Field {
  readonly text: string;
  /** How numbers are padded: with what, to how many. */
  readonly pad?: readonly [fill: string, width: number];
}

function present({ text, pad }: Field, flags: string, width: string): string {
  let result = text;
  const fill = flags.includes('-') ? '' : flags.includes('_') ? ' ' : flags.includes('0') ? '0' : (pad?.[0] ?? ' ');
  const size = Math.max(pad && fill ? pad[1] : 0, Number(width || '0'));
  if (fill || width) result = result.padStart(size, fill || ' ');
  if (flags.includes('^')) result = result.toUpperCase();
  if (flags.includes('#')) result = result === result.toUpperCase() ? result.toLowerCase() : result.toUpperCase();
  return result;
}

const number = (value: number, width = 2, fill = '0'): Field => ({ text: String(value), pad: [fill, width] });
const text = (value: string): Field => ({ text: value });

function fieldOf(letter: string, instant: number): Field | undefined {
  const date = new Date(instant);
  return calendarField(letter, date) ?? clockField(letter, date, instant) ?? composedField(letter, instant);
}

function calendarField(letter: string, date: Date): Field | undefined {
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const weekday = date.getUTCDay();
  const ordinal = Math.floor((Date.UTC(year, month, date.getUTCDate()) - Date.UTC(year, 0, 1)) / 86_400_000);
  switch (letter) {
    case 'Y':
      return number(year, 4);
    case 'y':
      return number(year % 100);
    case 'C':
      return number(Math.floor(year / 100));
    case 'm':
      return number(month + 1);
    case 'd':
      return number(date.getUTCDate());
    case 'e':
      return number(date.getUTCDate(), 2, ' ');
    case 'j':
      return number(ordinal + 1, 3);
    case 'a':
      return text((DAYS[weekday] ?? '').slice(0, 3));
    case 'A':
      return text(DAYS[weekday] ?? '');
    case 'b':
    case 'h':
      return text((MONTHS[month] ?? '').slice(0, 3));
    case 'B':
      return text(MONTHS[month] ?? '');
    case 'u':
      return number(weekday || 7, 1);
    case 'w':
      return number(weekday, 1);
    case 'q':
      return number(Math.floor(month / 3) + 1, 1);
    case 'U':
      return number(Math.floor((ordinal + 7 - weekday) / 7));
    case 'W':
      return number(Math.floor((ordinal + 7 - ((weekday + 6) % 7)) / 7));
    case 'V':
      return number(isoWeek(date).week);
    case 'G':
      return number(isoWeek(date).year, 4);
    case 'g':
      return number(isoWeek(date).year % 100);
    default:
      return undefined;
  }
}

function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 4 - (date.getUTCDay() || 7)));
  const year = thursday.getUTCFullYear();
  return { year, week: Math.ceil(((thursday.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 + 1) / 7) };
}

function clockField(letter: string, date: Date, instant: number): Field | undefined {
  const hour = date.getUTCHours();
  switch (letter) {
    case 'H':
      return number(hour);
    case 'k':
      return number(hour, 2, ' ');
    case 'I':
      return number(hour % 12 || 12);
    case 'l':
      return number(hour % 12 || 12, 2, ' ');
    case 'M':
      return number(date.getUTCMinutes());
    case 'S':
      return number(date.getUTCSeconds());
    case 'N':
      return number(Math.round((instant - Math.floor(instant / 1000) * 1000) * 1e6), 9);
    case 's':
      return text(String(Math.floor(instant / 1000)));
    case 'p':
      return text(hour < 12 ? 'AM' : 'PM');
    case 'P':
      return text(hour < 12 ? 'am' : 'pm');
    case 'z':
      return text('+0000');
    case ':z':
      return text('+00:00');
    case '::z':
      return text('+00:00:00');
    case 'Z':
      return text('UTC');
    default:
      return undefined;
  }
}

const COMPOSED: Readonly<Record<string, string>> = {
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  T: '%H:%M:%S',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

function composedField(letter: string, instant: number): Field | undefined {
  if (letter === '%') return text('%');
  if (letter === 'n') return text('\n');
  if (letter === 't') return text('\t');
  const format = COMPOSED[letter];
  return format === undefined ? undefined : text(strftime(format, instant));
}
