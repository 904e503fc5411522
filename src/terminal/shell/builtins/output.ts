import { byteMark, rawBytes, settled } from '../../raw-bytes.ts';
import { assignElement } from '../expansion/parameters.ts';
import { shellQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { ansiString } from '../syntax/ansi-quotes.ts';
import type { Builtins } from './builtin.ts';

export const outputBuiltins: Builtins = {
  async echo(shell, args) {
    let newline = true;
    let escapes = shell.posix || shell.shopts.has('xpg_echo');
    let rest = args;
    for (; /^-[neE]+$/.test(rest[0] ?? '') && !(shell.posix && rest[0] !== '-n'); rest = rest.slice(1)) {
      for (const letter of rest[0]?.slice(1) ?? '') {
        if (letter === 'n') newline = false;
        else escapes = letter === 'e';
      }
    }
    const text = rest.join(' ');
    if (!escapes) await shell.print(rawBytes(text + (newline ? '\n' : '')));
    else {
      const [shown = '', stopped] = echoEscapes(text);
      await shell.print(rawBytes(shown + (newline && !stopped ? '\n' : '')));
    }
    return 0;
  },
  async printf(shell, args) {
    let rest = [...args];
    let variable: string | undefined;
    if (rest[0] === '-v') {
      variable = rest[1];
      rest = rest.slice(2);
    }
    if (rest[0] === '--') rest = rest.slice(1);
    const [format, ...values] = rest;
    if (format === undefined) {
      await shell.error(`${shell.messagePrefix}printf: usage: printf [-v var] format [arguments]\n`.replace(/^.*?printf: usage/, 'printf: usage'));
      return 2;
    }
    const result = formatAll(shell, format, values);
    const text = settled(result.text);
    if (variable === undefined) await shell.print(rawBytes(text));
    else {
      const [, name = variable, index] = /^(\w+)\[(.*)\]$/.exec(variable) ?? [];
      if (index === undefined) shell.variables.set(name, text);
      else assignElement(shell, name, index, text);
    }
    for (const complaint of result.complaints) await shell.complain(`printf: ${complaint}`);
    return result.complaints.length > 0 ? 1 : 0;
  },
};

/** The escapes of `echo -e` and `%b`; whether `\c` cut the rest off. */
function echoEscapes(text: string): [string, boolean] {
  const cut = /(^|[^\\])((?:\\\\)*)\\c/.exec(text);
  const kept = cut ? text.slice(0, cut.index + (cut[1]?.length ?? 0) + (cut[2]?.length ?? 0)) : text;
  const shown = kept.replace(
    /\\(?:0([0-7]{0,3})|(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[abeEfnrtv\\]))/g,
    (_, octal?: string, other?: string) => (octal !== undefined ? byteMark(Number.parseInt(octal || '0', 8) & 255) : ansiString(`\\${other}`)),
  );
  return [shown, cut !== null];
}

interface Formatted {
  text: string;
  complaints: string[];
}

const DIRECTIVE = /%(%)|%([-+ 0#']*)(\*|\d+)?(?:\.(\*|-?\d+)?)?(\([^)]*\)T|[a-zA-Z])|(%)/;

/** The format again and again until the arguments are used up. */
function formatAll(shell: Shell, format: string, values: readonly string[]): Formatted {
  const result: Formatted = { text: '', complaints: [] };
  const left = [...values];
  do {
    const before = left.length;
    if (!formatOnce(shell, format, left, result) || (left.length === before && left.length > 0)) break;
  } while (left.length > 0);
  return result;
}

/** False when output must stop. */
function formatOnce(shell: Shell, format: string, left: string[], result: Formatted): boolean {
  let rest = format;
  for (let found = DIRECTIVE.exec(rest); found; found = DIRECTIVE.exec(rest)) {
    result.text += formatEscapes(rest.slice(0, found.index));
    rest = rest.slice(found.index + found[0].length);
    const [all, percent, flags = '', width, precision, conversion, lone] = found;
    if (percent) {
      result.text += '%';
      continue;
    }
    if (lone || conversion === undefined) {
      result.complaints.push("`%': missing format character");
      return false;
    }
    const taken = (text: string | undefined) => (text === '*' ? Number(left.shift() ?? 0) : text === undefined ? undefined : Number(text));
    const w = taken(width);
    const exact = all.includes('.') ? (taken(precision) ?? 0) : undefined;
    const spec = {
      flags: w !== undefined && w < 0 ? `${flags}-` : flags,
      width: Math.abs(w ?? 0),
      precision: exact !== undefined && exact < 0 ? undefined : exact,
    };
    const shown = convert(shell, conversion, left, spec, result);
    if (shown === undefined) return false;
    result.text += shown;
    if (conversion === 'b' && result.text.endsWith(STOP)) {
      result.text = result.text.slice(0, -1);
      return false;
    }
  }
  result.text += formatEscapes(rest);
  return true;
}

const STOP = '\uE001';

const formatEscapes = (text: string): string =>
  text.replace(/\\(?:x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|[abeEfnrtv\\"'?])/g, (all) => ansiString(all));

interface Spec {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
}

function convert(shell: Shell, conversion: string, left: string[], spec: Spec, result: Formatted): string | undefined {
  const given = left.shift();
  const text = given ?? '';
  const cut = (s: string) => (spec.precision === undefined ? s : [...s].slice(0, spec.precision).join(''));
  if (conversion.endsWith('T')) return pad(strftime(shell, conversion.slice(1, -2), text), spec);
  switch (conversion) {
    case 's':
      return pad(cut(text), spec);
    case 'b': {
      const [shown, stopped] = echoEscapes(text);
      return pad(cut(shown), spec) + (stopped ? STOP : '');
    }
    case 'q':
      return pad(cut(shellQuote(text)), spec);
    case 'c':
      return pad([...text][0] ?? '', spec);
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
      return formatInteger(conversion, integerOf(text, result), spec);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return formatFloat(conversion, floatOf(text, result), spec);
    default:
      result.complaints.push(`\`${conversion}': invalid format character`);
      return undefined;
  }
}

function pad(text: string, { flags, width }: Spec): string {
  const gap = ' '.repeat(Math.max(0, width - [...text].length));
  return flags.includes('-') ? text + gap : gap + text;
}

function integerOf(text: string, result: Formatted): bigint {
  if (/^["']/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
  const [, sign = '', digits = ''] = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)?/.exec(text) ?? [];
  const whole = text.trim() === sign + digits;
  if (text !== '' && (!whole || digits === '')) result.complaints.push(`${text}: invalid number`);
  const value = digits === '' ? 0n : BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return sign === '-' ? -value : value;
}

function floatOf(text: string, result: Formatted): number {
  if (/^["']/.test(text)) return text.codePointAt(1) ?? 0;
  const value = text === '' ? 0 : Number(text);
  if (!Number.isNaN(value)) return value;
  result.complaints.push(`${text}: invalid number`);
  return Number.parseFloat(text) || 0;
}

function formatInteger(conversion: string, value: bigint, spec: Spec): string {
  const signed = conversion === 'd' || conversion === 'i';
  const magnitude = signed ? (value < 0n ? -value : value) : BigInt.asUintN(64, value);
  const base = { x: 16, X: 16, o: 8 }[conversion] ?? 10;
  let digits = magnitude.toString(base);
  if (conversion === 'X') digits = digits.toUpperCase();
  digits = digits.padStart(spec.precision ?? 0, '0');
  const prefix = signed
    ? signOf(value < 0n, spec.flags)
    : spec.flags.includes('#') && magnitude !== 0n
      ? ({ x: '0x', X: '0X', o: '0' }[conversion] ?? '')
      : '';
  return padNumber(prefix, digits, spec, spec.precision === undefined);
}

function formatFloat(conversion: string, value: number, spec: Spec): string {
  const kind = conversion.toLowerCase();
  const precision = spec.precision ?? 6;
  const magnitude = Math.abs(value);
  let digits: string;
  if (!Number.isFinite(value)) digits = Number.isNaN(value) ? 'nan' : 'inf';
  else if (kind === 'f') digits = magnitude.toFixed(Math.min(precision, 100));
  else if (kind === 'e') digits = exponent(magnitude.toExponential(Math.min(precision, 100)));
  else digits = general(magnitude, precision || 1, spec.flags.includes('#'));
  return padNumber(signOf(value < 0 || Object.is(value, -0), spec.flags), conversion === kind ? digits : digits.toUpperCase(), spec, true);
}

const exponent = (text: string): string => text.replace(/e([+-])(\d)$/, 'e$10$2');

function general(value: number, precision: number, keep: boolean): string {
  const power = value === 0 ? 0 : Number(value.toExponential(precision - 1).split('e')[1]);
  const text = power < -4 || power >= precision ? exponent(value.toExponential(precision - 1)) : value.toFixed(Math.max(0, precision - 1 - power));
  return keep || !text.includes('.') ? text : text.replace(/\.?0+(?=e|$)/, '');
}

const signOf = (negative: boolean, flags: string): string => (negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '');

function padNumber(prefix: string, digits: string, spec: Spec, zeros: boolean): string {
  if (zeros && spec.flags.includes('0') && !spec.flags.includes('-')) return prefix + digits.padStart(spec.width - prefix.length, '0');
  return pad(prefix + digits, spec);
}

/** `%(…)T`: -1 or nothing is now, -2 the start of the shell. */
function strftime(shell: Shell, format: string, argument: string): string {
  const seconds =
    argument === '' || argument === '-1' ? shell.process.clock.now() / 1000 : argument === '-2' ? shell.startedAt / 1000 : Number(argument);
  const time = new Date(seconds * 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const iso = time.toISOString();
  const values: Readonly<Record<string, string>> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
    F: iso.slice(0, 10),
    T: iso.slice(11, 19),
    y: iso.slice(2, 4),
    s: String(Math.floor(seconds)),
    j: String(Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000) + 1).padStart(3, '0'),
    Z: 'UTC',
    z: '+0000',
    R: `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`,
    n: '\n',
    t: '\t',
    '%': '%',
  };
  return (format || '%T').replace(/%(.)/g, (all, key: string) => values[key] ?? all);
}
