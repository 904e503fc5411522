import { textOfBytes } from '../raw-bytes.ts';
import { unescapeBackslashes } from './escapes.ts';

export interface Formatted {
  readonly text: string;
  /** Complaints about arguments ("‘x’: expected a numeric value"). */
  readonly problems: readonly string[];
  readonly stopped: boolean;
}

const DIRECTIVE = /%([-+ 0#']*)(\*|\d+)?(?:\.(\*|-?\d+)?)?(?:[hlLqjzt]*)([a-zA-Z%])/g;

/** printf(1): the format is used again while arguments remain. */
export function formatPrintf(format: string, args: readonly string[]): Formatted {
  const rest = [...args];
  const problems: string[] = [];
  let text = '';
  do {
    const before = rest.length;
    const once = formatOnce(format, rest, problems);
    text += once.text;
    if (once.stopped) return { text, problems, stopped: true };
    if (rest.length === before) break;
  } while (rest.length > 0);
  return { text, problems, stopped: false };
}

function formatOnce(format: string, rest: string[], problems: string[]): { text: string; stopped: boolean } {
  let text = '';
  let at = 0;
  for (const match of format.matchAll(DIRECTIVE)) {
    const literal = unescapeBackslashes(format.slice(at, match.index), { octal: 'plain' });
    text += textOfBytes(literal.bytes);
    if (literal.stopped) return { text, stopped: true };
    at = match.index + match[0].length;
    const piece = directive(match, rest, problems);
    text += piece.text;
    if (piece.stopped) return { text, stopped: true };
  }
  const literal = unescapeBackslashes(format.slice(at), { octal: 'plain' });
  return { text: text + textOfBytes(literal.bytes), stopped: literal.stopped };
}

function directive([whole, flags = '', widthText, precisionText, letter = '']: RegExpExecArray, rest: string[], problems: string[]) {
  if (letter === '%') return { text: '%', stopped: false };
  const star = (value: string | undefined) => (value === '*' ? Number(rest.shift() ?? '0') : value === undefined ? undefined : Number(value));
  let width = star(widthText) ?? 0;
  const dotted = /\./.test(whole ?? '');
  const precision = dotted ? (star(precisionText) ?? 0) : undefined;
  let left = flags.includes('-');
  if (width < 0) {
    left = true;
    width = -width;
  }
  const argument = rest.shift();
  const { text, numeric, stopped } = convert(letter, argument, { flags, precision, problems });
  const zero = flags.includes('0') && !left && numeric && (precision === undefined || /[eEfFgG]/.test(letter));
  return { text: zero ? padZeros(text, width) : left ? text.padEnd(width) : text.padStart(width), stopped };
}

function padZeros(text: string, width: number): string {
  const sign = /^([-+ ]|0[xX])?/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

interface Conversion {
  readonly flags: string;
  readonly precision: number | undefined;
  readonly problems: string[];
}

function convert(letter: string, argument: string | undefined, { flags, precision, problems }: Conversion) {
  const plain = (text: string) => ({ text: precision === undefined ? text : [...text].slice(0, precision).join(''), numeric: false, stopped: false });
  switch (letter) {
    case 's':
      return plain(argument ?? '');
    case 'c':
      return { text: (argument ?? '').slice(0, 1), numeric: false, stopped: false };
    case 'b': {
      const { bytes, stopped } = unescapeBackslashes(argument ?? '', { octal: 'zero' });
      return { ...plain(textOfBytes(bytes)), stopped };
    }
    case 'q':
      return plain(shellWord(argument ?? ''));
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
      return { text: formatInteger(letter, integer(argument, problems), flags, precision), numeric: true, stopped: false };
    default:
      return { text: formatFloat(letter, float(argument, problems), flags, precision), numeric: true, stopped: false };
  }
}

const shellWord = (text: string): string => (text === '' ? "''" : text.replace(/[^\w@%+=:,./-]/gu, '\\$&'));

function integer(argument: string | undefined, problems: string[]): bigint {
  if (argument === undefined || argument === '') return 0n;
  if (/^["']/.test(argument)) return BigInt(argument.codePointAt(1) ?? 0);
  const match = /^\s*([-+]?)(0[xX][\da-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(argument);
  if (!match) {
    problems.push(`‘${argument}’: expected a numeric value`);
    return 0n;
  }
  const [used, sign, digits = '0'] = match;
  if (used.length < argument.length) problems.push(`‘${argument}’: value not completely converted`);
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return sign === '-' ? -value : value;
}

function float(argument: string | undefined, problems: string[]): number {
  if (argument === undefined || argument === '') return 0;
  if (/^["']/.test(argument)) return argument.codePointAt(1) ?? 0;
  const match = /^\s*[-+]?(\d+\.?\d*([eE][-+]?\d+)?|\.\d+([eE][-+]?\d+)?|inf(inity)?|nan)/i.exec(argument);
  if (!match) {
    problems.push(`‘${argument}’: expected a numeric value`);
    return 0;
  }
  if (match[0].length < argument.length) problems.push(`‘${argument}’: value not completely converted`);
  return /inf/i.test(match[0]) ? (argument.includes('-') ? -Infinity : Infinity) : Number(match[0]);
}

const signed = (text: string, negative: boolean, flags: string): string =>
  negative ? `-${text}` : flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;

export function formatInteger(letter: string, value: bigint, flags = '', precision?: number): string {
  const unsigned = 'uxXo'.includes(letter);
  const magnitude = unsigned ? BigInt.asUintN(64, value) : value < 0n ? -value : value;
  let digits = magnitude.toString(letter === 'o' ? 8 : letter.toLowerCase() === 'x' ? 16 : 10);
  if (letter === 'X') digits = digits.toUpperCase();
  if (precision !== undefined) digits = digits.padStart(precision, '0');
  if (flags.includes('#') && magnitude !== 0n) digits = (letter === 'o' ? '0' : letter === 'x' ? '0x' : letter === 'X' ? '0X' : '') + digits;
  return unsigned ? digits : signed(digits, value < 0n, flags);
}

export function formatFloat(letter: string, value: number, flags = '', precision = 6): string {
  const negative = value < 0 || Object.is(value, -0);
  const text = floatDigits(letter.toLowerCase(), Math.abs(value), precision, flags.includes('#'));
  const whole = signed(text, negative, flags);
  return letter === letter.toUpperCase() ? whole.toUpperCase() : whole;
}

function floatDigits(letter: string, value: number, precision: number, keepZeros: boolean): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return 'inf';
  if (letter === 'f') return fixed(value, precision);
  if (letter === 'e') return exponent(value.toExponential(Math.min(precision, 100)));
  const significant = precision === 0 ? 1 : precision;
  const power = value === 0 ? 0 : Number(value.toExponential(significant - 1).split('e')[1]);
  const scientific = power < -4 || power >= significant;
  const text = scientific ? value.toExponential(significant - 1) : fixed(value, significant - 1 - power);
  const [mantissa = '', exp] = text.split('e');
  const trimmed = keepZeros || !mantissa.includes('.') ? mantissa : mantissa.replace(/\.?0+$/, '');
  return exp === undefined ? trimmed : exponent(`${trimmed}e${exp}`);
}

/** toFixed leaves large numbers in exponent form: those are whole and can be written out. */
const fixed = (value: number, digits: number): string =>
  value >= 1e21 ? BigInt(value).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '') : value.toFixed(Math.min(digits, 100));

const exponent = (text: string): string => text.replace(/e([-+])(\d)$/, 'e$10$2');
