export type PlainObject = Record<string, unknown>;

export const isPlainObject = (value: unknown): value is PlainObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member of the object's own: `constructor` is a key like any other. */
export const memberOf = (object: Readonly<Record<string, unknown>>, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);

/** Sets a member even where its name is `__proto__`. */
export function setMember(object: PlainObject, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

/** A copy that shares nothing, neither with the original nor within itself. */
export function copyValue<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyValue) as T;
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyValue(member)])) as T;
}

/** Code point order, which is how Go sorts keys. */
export const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The same value with the keys of every object sorted and undefined members dropped. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isPlainObject(value)) return value;
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return Object.fromEntries(keys.sort(byCodePoint).map((key) => [key, sortKeys(value[key])]));
}

/** As Go's encoding/json prints a map: sorted keys, `<`, `>` and `&` escaped unless `escapeHtml` is false. `indent` is 4 for `kubectl -o json`. */
export function toGoJson(value: unknown, indent: number | string = 0, escapeHtml = true): string {
  const unit = typeof indent === 'number' ? ' '.repeat(indent) : indent;
  return write(value, unit, '', escapeHtml);
}

function write(value: unknown, unit: string, margin: string, html: boolean): string {
  if (Array.isArray(value)) {
    return bracket(
      '[',
      ']',
      value.map((item) => write(item, unit, margin + unit, html)),
      unit,
      margin,
    );
  }
  if (!isPlainObject(value)) return scalar(value, html);
  const colon = unit ? ': ' : ':';
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort(byCodePoint)
    .map((key) => `${quote(key, html)}${colon}${write(value[key], unit, margin + unit, html)}`);
  return bracket('{', '}', members, unit, margin);
}

function bracket(open: string, close: string, parts: readonly string[], unit: string, margin: string): string {
  if (parts.length === 0) return open + close;
  if (!unit) return open + parts.join(',') + close;
  return `${open}\n${parts.map((part) => margin + unit + part).join(',\n')}\n${margin}${close}`;
}

function scalar(value: unknown, html: boolean): string {
  if (typeof value === 'string') return quote(value, html);
  if (typeof value === 'number') return goNumber(value);
  return value === undefined ? 'null' : String(value);
}

/** Go's float64 in JSON: exponents from 1e21 on, without a plus sign's padding. */
export const goNumber = (value: number): string =>
  Number.isSafeInteger(value) ? String(value) : JSON.stringify(value).replace(/e([-+])(\d)$/, 'e$10$2');

function quote(text: string, html: boolean): string {
  const plain = JSON.stringify(text);
  if (!/[<>&\\\u2028\u2029]/.test(plain)) return plain;
  const quoted = plain.replace(/\\b/g, '\\b').replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
  return html ? quoted.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`) : quoted;
}
