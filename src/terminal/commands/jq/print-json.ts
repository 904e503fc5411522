import type { Json } from './syntax.ts';
import { isArray } from './values.ts';

export interface JsonStyle {
  /** Spaces, a tab, or empty for one line. */
  readonly indent: string;
  readonly sortKeys: boolean;
  readonly color: boolean;
  readonly ascii: boolean;
}

const COLORS = { null: '1;30', boolean: '0;39', number: '0;39', string: '0;32', array: '1;39', object: '1;39', key: '34;1' };

export function printJson(value: Json, style: JsonStyle, depth = 0): string {
  const paint = (code: string, text: string) => (style.color ? `\x1b[${code}m${text}\x1b[0m` : text);
  if (value === null || typeof value === 'boolean') return paint(value === null ? COLORS.null : COLORS.boolean, String(value));
  if (typeof value === 'number') return paint(COLORS.number, numberText(value));
  if (typeof value === 'string') return paint(COLORS.string, stringText(value, style.ascii));
  const array = isArray(value);
  const [open, close] = array ? ['[', ']'] : ['{', '}'];
  const code = array ? COLORS.array : COLORS.object;
  const items = array ? value.map((item) => printJson(item, style, depth + 1)) : members(value, style, depth, paint);
  if (items.length === 0) return paint(code, open + close);
  const line = style.indent === '' ? '' : `\n${style.indent.repeat(depth + 1)}`;
  const last = style.indent === '' ? '' : `\n${style.indent.repeat(depth)}`;
  if (!style.color) return open + line + items.join(`,${line}`) + last + close;
  return `\x1b[${code}m${open}${line}${items.join(`\x1b[${code}m,${line}`)}\x1b[${code}m${last}\x1b[${code}m${close}\x1b[0m`;
}

function members(value: { readonly [key: string]: Json }, style: JsonStyle, depth: number, paint: (code: string, text: string) => string): string[] {
  const keys = style.sortKeys ? Object.keys(value).sort() : Object.keys(value);
  const colon = style.indent === '' ? ':' : ': ';
  return keys.map((key) => paint(COLORS.key, stringText(key, style.ascii)) + colon + printJson(value[key] ?? null, style, depth + 1));
}

const stringText = (text: string, ascii: boolean): string => {
  const quoted = JSON.stringify(text).replaceAll('\x7f', '\\u007f');
  return ascii ? quoted.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`) : quoted;
};

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '1.7976931348623157e+308' : '-1.7976931348623157e+308';
  return String(value);
}
