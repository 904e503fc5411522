const NAMED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\x07': '\\a',
  '\b': '\\b',
  '\x1b': '\\E',
  '\f': '\\f',
  '\v': '\\v',
};

/** As `printf %q` and `declare -p`'s neighbours quote: backslashes, or `$'…'` where there are control characters. */
export function shellQuote(text: string): string {
  if (text === '') return "''";
  if (/[\x00-\x1f\x7f]/.test(text)) return ansiQuote(text);
  return text.replace(/[^\w@%+=:,./\u0080-\uffff-]|^~/g, '\\$&').replace(/^#/, '\\#');
}

export const ansiQuote = (text: string): string =>
  `$'${text.replace(/[\x00-\x1f\x7f'\\]/g, (c) => NAMED[c] ?? (c === "'" || c === '\\' ? `\\${c}` : `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`))}'`;

/** As `set`, `alias` and `trap` show values. */
export function singleQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** As `declare -p` shows values. */
export const doubleQuote = (text: string): string => (/[\x00-\x1f\x7f]/.test(text) ? ansiQuote(text) : `"${text.replace(/["\\$`]/g, '\\$&')}"`);

/** As `set -x` shows words. */
export function traceQuote(text: string): string {
  if (text === '') return "''";
  if (/[\x00-\x1f\x7f]/.test(text)) return ansiQuote(text);
  return /^[\w@%+=:,./^{}~-]+$/.test(text) && !/^[~#]/.test(text) ? text : singleQuote(text);
}
