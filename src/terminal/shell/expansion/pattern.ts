/** A shell pattern, its quoted characters behind backslashes, as a regular expression's source. */
export function patternSource(pattern: string, { extended = true, path = false } = {}): string {
  let source = '';
  const any = path ? '[^/]' : '[\\s\\S]';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? '';
    const group = extended && '?*+@!'.includes(char) && pattern[i + 1] === '(' ? closing(pattern, i + 1) : -1;
    if (group > 0) {
      source += extendedGroup(char, alternatives(pattern.slice(i + 2, group)), { extended, path }, any);
      i = group;
    } else if (char === '\\') source += literal(pattern[++i] ?? '\\');
    else if (char === '*') source += `${any}*`;
    else if (char === '?') source += any;
    else if (char === '[') {
      const set = bracket(pattern, i);
      source += set ? set.source : '\\[';
      if (set) i = set.end;
    } else source += literal(char);
  }
  return source;
}

export const matches = (pattern: string, text: string, flags = ''): boolean => new RegExp(`^(?:${patternSource(pattern)})$`, `su${flags}`).test(text);

export const hasWildcard = (pattern: string): boolean => /(^|[^\\])(\\\\)*[*?[]/.test(pattern);

export const escapePattern = (text: string): string => text.replace(/[\\*?[\]()|+@!-]/g, '\\$&');

export const unescapePattern = (pattern: string): string => pattern.replace(/\\([\s\S])/g, '$1');

export const literal = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function extendedGroup(sign: string, options: string[], how: { extended: boolean; path: boolean }, any: string): string {
  const inner = options.map((o) => patternSource(o, how)).join('|');
  if (sign === '!') return `(?!(?:${inner})$)${any}*`;
  return `(?:${inner})${sign === '@' ? '' : sign}`;
}

function closing(pattern: string, open: number): number {
  let depth = 0;
  for (let i = open; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === '(') depth++;
    else if (pattern[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

function alternatives(body: string): string[] {
  const result = [''];
  let depth = 0;
  for (const char of body) {
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === '|' && depth === 0) result.push('');
    else result[result.length - 1] += char;
  }
  return result;
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f\\x7f',
  print: '\\x20-\\x7e',
  graph: '\\x21-\\x7e',
  word: 'A-Za-z0-9_',
};

function bracket(pattern: string, start: number): { source: string; end: number } | undefined {
  let i = start + 1;
  const negated = pattern[i] === '!' || pattern[i] === '^';
  if (negated) i++;
  let body = '';
  for (let first = true; i < pattern.length; i++, first = false) {
    const char = pattern[i] ?? '';
    if (char === ']' && !first) return { source: body ? `[${negated ? '^' : ''}${body}]` : negated ? '[\\s\\S]' : '(?!)', end: i };
    const named = /^\[:(\w+):\]/.exec(pattern.slice(i));
    if (named) {
      body += CLASSES[named[1] ?? ''] ?? '';
      i += named[0].length - 1;
    } else if (char === '\\') body += inSet(pattern[++i] ?? '\\');
    else body += char === '-' ? '-' : inSet(char);
  }
  return undefined;
}

const inSet = (char: string): string => char.replace(/[\\\]^[/(){}|&~!#$%*+,.:;<=>?@`-]/g, (c) => (/[\\\]^[/(){}|$*+.?-]/.test(c) ? `\\${c}` : c));
