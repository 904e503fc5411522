import { JqError, type Json } from './syntax.ts';
import { described, isArray } from './values.ts';

export const toText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

export function formatString(name: string, value: Json): string {
  switch (name) {
    case '@text':
      return toText(value);
    case '@json':
      return JSON.stringify(value);
    case '@base64':
      return Buffer.from(toText(value)).toString('base64');
    case '@base64d':
      return Buffer.from(toText(value), 'base64').toString('utf8');
    case '@uri':
      return encodeURIComponent(toText(value)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    case '@html':
      return toText(value).replace(/[<>&'"]/g, (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&#39;', '"': '&quot;' })[c] ?? c);
    case '@sh':
      return (isArray(value) ? value : [value])
        .map((item) => (typeof item === 'string' ? `'${item.replaceAll("'", "'\\''")}'` : JSON.stringify(item)))
        .join(' ');
    case '@csv':
    case '@tsv':
      if (!isArray(value)) throw new JqError(`${described(value)} cannot be ${name.slice(1)}-formatted, only an array can be`);
      return value.map((item) => cell(name, item)).join(name === '@csv' ? ',' : '\t');
    default:
      throw new JqError(`${name.slice(1)} is not a valid format`);
  }
}

function cell(name: string, item: Json): string {
  if (item === null) return '';
  if (typeof item !== 'string') {
    if (typeof item === 'object') throw new JqError(`${described(item)} is not valid in a csv row`);
    return String(item);
  }
  if (name === '@csv') return `"${item.replaceAll('"', '""')}"`;
  return item.replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
}
