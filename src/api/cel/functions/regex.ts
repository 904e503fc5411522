import { CelError } from '../values.ts';

const known = new Map<string, RegExp>();

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};

/** A pattern in RE2's syntax. */
export function regexOf(pattern: string): RegExp {
  const found = known.get(pattern);
  if (found) return found;
  const made = compile(pattern);
  known.set(pattern, made);
  return made;
}

function compile(pattern: string): RegExp {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  const source = pattern
    .slice(flags?.[0].length ?? 0)
    .replace(/\(\?P</g, '(?<')
    .replace(/\[:(\w+):\]/g, (all, name: string) => CLASSES[name] ?? all)
    .replace(/\\A/g, '^')
    .replace(/\\z/g, '$')
    .replace(/\\([-_/:@#%&=~`'"<>,;! ])/g, (_all, char: string) => (char === '-' || char === '/' ? `\\${char}` : char));
  for (const mode of ['u', '']) {
    try {
      return new RegExp(source, `${mode}${flags?.[1] ?? ''}`);
    } catch {}
  }
  throw new CelError(`error parsing regexp: invalid pattern: \`${pattern}\``);
}
