import { goEquals, goLess } from './go-compare.ts';
import { formatGoValue } from './go-format.ts';
import { goSprint, goSprintf, goTypeName } from './go-printf.ts';
import { isPlainObject } from './json.ts';

/** A function a template may call; a thrown Error's message becomes `error calling NAME: …`. */
export type TemplateFunction = (...args: readonly unknown[]) => unknown;
export type TemplateFunctions = Readonly<Record<string, TemplateFunction>>;

export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isPlainObject(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** The functions of text/template itself. `and` and `or` are here for their names; the evaluator calls them lazily. */
export const BUILTIN_FUNCTIONS: TemplateFunctions = {
  and: (...args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1),
  or: (...args) => args.find(isTrue) ?? args.at(-1),
  not: (arg) => !isTrue(arg),
  len: length,
  index: (...args) => args.slice(1).reduce(indexInto, args[0]),
  slice,
  print: (...args) => goSprint(args),
  println: (...args) => `${args.map(formatGoValue).join(' ')}\n`,
  printf: (format, ...args) => goSprintf(String(format), args),
  html: (...args) => escapeHtml(goSprint(args)),
  js: (...args) => escapeJs(goSprint(args)),
  urlquery: (...args) =>
    encodeURIComponent(goSprint(args))
      .replace(/%20/g, '+')
      .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
  call: (fn) => {
    throw new Error(`non-function ${formatGoValue(fn)} of type ${goTypeName(fn)}`);
  },
  eq: (first, ...others) => {
    if (others.length === 0) throw new Error('missing argument for comparison');
    return others.some((other) => looseEquals(first, other));
  },
  ne: (a, b) => !looseEquals(a, b),
  lt: less,
  le: (a, b) => less(a, b) || looseEquals(a, b),
  gt: (a, b) => !less(a, b) && !looseEquals(a, b),
  ge: (a, b) => !less(a, b),
};

/** What kubectl adds. */
export const KUBECTL_FUNCTIONS: TemplateFunctions = {
  exists: (item, ...path) => path.reduce<{ value: unknown } | undefined>((at, key) => step(at?.value, key), { value: item }) !== undefined,
  base64decode: (text) => Buffer.from(String(text), 'base64').toString('utf8'),
};

function step(value: unknown, key: unknown): { value: unknown } | undefined {
  if (Array.isArray(value)) return typeof key === 'number' && key >= 0 && key < value.length ? { value: value[key] } : undefined;
  return isPlainObject(value) && Object.hasOwn(value, String(key)) ? { value: value[String(key)] } : undefined;
}

function looseEquals(a: unknown, b: unknown): boolean {
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null);
  if (typeof a === 'object' || typeof b === 'object')
    throw new Error(typeof a === typeof b ? 'non-comparable type' : 'incompatible types for comparison');
  if (typeof a === 'number' && typeof b === 'number' && Number.isInteger(a) !== Number.isInteger(b))
    throw new Error('incompatible types for comparison');
  return goEquals(a, b);
}

function less(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number' && Number.isInteger(a) !== Number.isInteger(b))
    throw new Error('incompatible types for comparison');
  return goLess(a, b);
}

function length(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (Array.isArray(value)) return value.length;
  if (isPlainObject(value)) return Object.keys(value).length;
  if (value === null || value === undefined) throw new Error('reflect: call of reflect.Value.Type on zero Value');
  throw new Error(`len of type ${goTypeName(value)}`);
}

function indexInto(value: unknown, key: unknown): unknown {
  if (value === null || value === undefined) throw new Error('index of untyped nil');
  if (isPlainObject(value)) {
    if (typeof key !== 'string') throw new Error(`value has type ${goTypeName(key)}; should be string`);
    return Object.hasOwn(value, key) ? value[key] : undefined;
  }
  if (!Array.isArray(value) && typeof value !== 'string') throw new Error(`can't index item of type ${goTypeName(value)}`);
  if (typeof key !== 'number') throw new Error(`cannot index slice/array with type ${goTypeName(key)}`);
  const items = typeof value === 'string' ? Buffer.from(value) : value;
  if (key < 0 || key >= items.length) throw new Error(`index out of range: ${key}`);
  return items[key];
}

function slice(value: unknown, ...bounds: readonly unknown[]): unknown {
  const [from = 0, to] = bounds.map(Number);
  if (typeof value !== 'string' && !Array.isArray(value)) throw new Error(`can't slice item of type ${goTypeName(value)}`);
  const end = to ?? value.length;
  for (const bound of [from, end]) if (bound < 0 || bound > value.length) throw new Error(`index out of range: ${bound}`);
  if (from > end) throw new Error(`invalid slice index: ${from} > ${end}`);
  return value.slice(from, end);
}

const HTML: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&#34;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[<>&"']/g, (c) => HTML[c] ?? c);
const escapeJs = (text: string): string =>
  text.replace(/[\\'"\n\r\t<>&=]/g, (c) => {
    if (c === '\\' || c === "'" || c === '"') return `\\${c}`;
    if (c === '\n' || c === '\r' || c === '\t') return { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[c];
    return `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
