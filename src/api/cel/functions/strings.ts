import { CelError, type CelValue } from '../values.ts';
import { defineFunctions } from './define-functions.ts';
import { formatText } from './format-text.ts';
import { regexOf } from './regex.ts';

const chars = (text: string): string[] => [...text];

export const strings = defineFunctions({
  'size(string): int': (text: string) => BigInt(chars(text).length),
  'string->size(): int': (text: string) => BigInt(chars(text).length),
  'string->startsWith(string): bool': (text: string, part: string) => text.startsWith(part),
  'string->endsWith(string): bool': (text: string, part: string) => text.endsWith(part),
  'string->contains(string): bool': (text: string, part: string) => text.includes(part),
  'string->matches(string): bool': (text: string, pattern: string) => regexOf(pattern).test(text),
  'matches(string, string): bool': (text: string, pattern: string) => regexOf(pattern).test(text),
  'string->find(string): string': (text: string, pattern: string) => regexOf(pattern).exec(text)?.[0] ?? '',
  'string->findAll(string): list(string)': (text: string, pattern: string) => findAll(text, pattern),
  'string->findAll(string, int): list(string)': (text: string, pattern: string, limit: bigint) => findAll(text, pattern, Number(limit)),
  'string->charAt(int): string': charAt,
  'string->indexOf(string): int': (text: string, part: string) => indexOf(text, part, 0n),
  'string->indexOf(string, int): int': indexOf,
  'string->lastIndexOf(string): int': (text: string, part: string) => lastIndexOf(text, part, BigInt(chars(text).length)),
  'string->lastIndexOf(string, int): int': lastIndexOf,
  'string->lowerAscii(): string': (text: string) => text.replace(/[A-Z]/g, (char) => char.toLowerCase()),
  'string->upperAscii(): string': (text: string) => text.replace(/[a-z]/g, (char) => char.toUpperCase()),
  'string->replace(string, string): string': (text: string, from: string, to: string) => replace(text, from, to, -1n),
  'string->replace(string, string, int): string': replace,
  'string->split(string): list(string)': (text: string, by: string) => split(text, by, -1n),
  'string->split(string, int): list(string)': split,
  'string->substring(int): string': (text: string, from: bigint) => substring(text, from, BigInt(chars(text).length)),
  'string->substring(int, int): string': substring,
  'string->trim(): string': (text: string) => text.trim(),
  'string->reverse(): string': (text: string) => chars(text).reverse().join(''),
  'string->format(list(dyn)): string': (text: string, args: readonly CelValue[]) => formatText(text, args),
  'strings.quote(string): string': (text: string) => JSON.stringify(text),
  'list(string)->join(): string': (list: readonly string[]) => list.join(''),
  'list(string)->join(string): string': (list: readonly string[], by: string) => list.join(by),
});

function findAll(text: string, pattern: string, limit = -1): string[] {
  const found = [...text.matchAll(new RegExp(regexOf(pattern), `g${regexOf(pattern).flags}`))].map(([all]) => all);
  return limit < 0 ? found : found.slice(0, limit);
}

function charAt(text: string, index: bigint): string {
  const all = chars(text);
  if (index < 0n || index > all.length) throw new CelError(`index out of range: ${index}`);
  return all[Number(index)] ?? '';
}

function indexOf(text: string, part: string, from: bigint): bigint {
  const [all, wanted] = [chars(text), chars(part)];
  if (part === '') return from;
  if (from < 0n || from > all.length) throw new CelError(`index out of range: ${from}`);
  for (let i = Number(from); i + wanted.length <= all.length; i += 1) if (wanted.every((char, j) => all[i + j] === char)) return BigInt(i);
  return -1n;
}

function lastIndexOf(text: string, part: string, from: bigint): bigint {
  const [all, wanted] = [chars(text), chars(part)];
  if (part === '') return from;
  if (from < 0n || from > all.length) throw new CelError(`index out of range: ${from}`);
  for (let i = Math.min(Number(from), all.length - wanted.length); i >= 0; i -= 1)
    if (wanted.every((char, j) => all[i + j] === char)) return BigInt(i);
  return -1n;
}

function replace(text: string, from: string, to: string, limit: bigint): string {
  if (limit < 0n) return text.replaceAll(from, () => to);
  const parts = from === '' ? ['', ...chars(text), ''] : text.split(from);
  const count = Math.min(Number(limit), parts.length - 1);
  return parts.reduce((all, part, i) => (i === 0 ? part : `${all}${i <= count ? to : from}${part}`), '');
}

function split(text: string, by: string, limit: bigint): string[] {
  if (limit === 0n) return [];
  const parts = by === '' ? chars(text) : text.split(by);
  const most = Number(limit);
  return limit < 0n || parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(by)];
}

function substring(text: string, from: bigint, to: bigint): string {
  const all = chars(text);
  if (from > to) throw new CelError(`invalid substring range. start: ${from}, end: ${to}`);
  for (const index of [from, to]) if (index < 0n || index > all.length) throw new CelError(`index out of range: ${index}`);
  return all.slice(Number(from), Number(to)).join('');
}
