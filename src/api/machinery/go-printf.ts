import { formatGoValue } from './go-format.ts';
import { isPlainObject } from './json.ts';
import { formatGoFloat } from './yaml-order.ts';

/** fmt.Sprintf over plain values: whole numbers are ints, other numbers floats. */
export function goSprintf(format: string, args: readonly unknown[]): string {
  let next = 0;
  const text = format.replace(
    /%([-+# 0]*)(\d+|\*)?(?:\.(\d+)?)?([a-zA-Z%])/g,
    (match, flags: string, width = '', precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      const columns = width === '*' ? Number(args[next++]) : Number(width || 0);
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const hasPrecision = match.includes('.');
      return pad(formatVerb(verb, args[next++], flags, hasPrecision ? Number(precision ?? 0) : undefined), columns, flags);
    },
  );
  const extra = args.slice(next).map((arg) => `${goTypeName(arg)}=${formatGoValue(arg)}`);
  return extra.length > 0 ? `${text}%!(EXTRA ${extra.join(', ')})` : text;
}

export function goTypeName(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (isPlainObject(value)) return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

function pad(text: string, columns: number, flags: string): string {
  if (flags.includes('-')) return text.padEnd(columns);
  if (flags.includes('0') && /^[-+]?\d/.test(text)) {
    const sign = /^[-+]/.exec(text)?.[0] ?? '';
    return sign + text.slice(sign.length).padStart(columns - sign.length, '0');
  }
  return text.padStart(columns);
}

function formatVerb(verb: string, value: unknown, flags: string, precision: number | undefined): string {
  if (verb === 'v') return formatGoValue(value);
  if (verb === 'T') return goTypeName(value);
  const formatted = typeof value === 'number' ? numberVerb(verb, value, flags, precision) : textVerb(verb, value, precision);
  return formatted ?? `%!${verb}(${value === null || value === undefined ? '<nil>' : `${goTypeName(value)}=${formatGoValue(value)}`})`;
}

function numberVerb(verb: string, value: number, flags: string, precision: number | undefined): string | undefined {
  const plus = flags.includes('+') && value >= 0 ? '+' : '';
  if (Number.isInteger(value)) {
    const radix = { d: 10, x: 16, X: 16, o: 8, b: 2 }[verb];
    if (radix) return plus + (verb === 'X' ? value.toString(16).toUpperCase() : value.toString(radix));
    if (verb === 'c') return String.fromCodePoint(value);
    if (verb === 'q') return `'${String.fromCodePoint(value)}'`;
    return verb === 'U' ? `U+${value.toString(16).toUpperCase().padStart(4, '0')}` : undefined;
  }
  if (verb === 'f' || verb === 'F') return plus + value.toFixed(precision ?? 6);
  if (verb === 'e') return plus + value.toExponential(precision ?? 6).replace(/e([-+])(\d)$/, 'e$10$2');
  return verb === 'g' ? plus + formatGoFloat(value, 21) : undefined;
}

function textVerb(verb: string, value: unknown, precision: number | undefined): string | undefined {
  if (typeof value === 'boolean') return verb === 't' ? String(value) : undefined;
  if (typeof value === 'string') {
    if (verb === 's') return precision === undefined ? value : [...value].slice(0, precision).join('');
    if (verb === 'q') return JSON.stringify(value);
    return verb === 'x' ? Buffer.from(value).toString('hex') : undefined;
  }
  if (value === null || value === undefined) return undefined;
  return verb === 's' || verb === 'd' ? containerVerb(verb, value) : undefined;
}

function containerVerb(verb: string, value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => formatVerb(verb, item, '', undefined)).join(' ')}]`;
  if (!isPlainObject(value)) return formatGoValue(value);
  return `map[${Object.keys(value)
    .sort()
    .map((key) => `${formatVerb(verb, key, '', undefined)}:${formatVerb(verb, value[key], '', undefined)}`)
    .join(' ')}]`;
}

/** fmt.Sprint: a space between two operands when neither is a string. */
export function goSprint(args: readonly unknown[]): string {
  return args.map((arg, i) => (i > 0 && typeof arg !== 'string' && typeof args[i - 1] !== 'string' ? ' ' : '') + formatGoValue(arg)).join('');
}
