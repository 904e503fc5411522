import { setFlagsFromString } from 'node:v8';
import { CelError } from '../values.ts';

// Without this, an expression that backtracks for ever would hold up the world; it works for expressions without flags `i` and `u`.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

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
  const foreign = /\\[1-9]|\(\?<?[=!]/.exec(pattern.replace(/\\\\/g, ''))?.[0];
  if (foreign) throw new CelError(`error parsing regexp: invalid or unsupported Perl syntax: \`${foreign}\``);
  const [prefix = '', flags = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  const source = pattern
    .slice(prefix.length)
    .replace(/\(\?P</g, '(?<')
    .replace(/\[:(\w+):\]/g, (all, name: string) => CLASSES[name] ?? all)
    .replace(/\\A/g, '^')
    .replace(/\\z/g, '$');
  try {
    return new RegExp(flags.includes('i') ? inBothCases(source) : source, flags.replace('i', ''));
  } catch {
    throw new CelError(`error parsing regexp: invalid pattern: \`${pattern}\``);
  }
}

/** The linear matcher knows no case folding. */
const inBothCases = (source: string): string =>
  source.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\(\?<\w+>|[A-Za-z]/g, (piece) => {
    if (piece.startsWith('\\') || piece.startsWith('(')) return piece;
    if (!piece.startsWith('[')) return `[${piece.toLowerCase()}${piece.toUpperCase()}]`;
    const members = piece.slice(1, -1).replace(/^\^/, '');
    const plain = members.replace(/\\./g, '').match(/[A-Za-z]-[A-Za-z]|[A-Za-z]/g) ?? [];
    return `${piece.slice(0, -1)}${plain.map((one) => one.toLowerCase() + one.toUpperCase()).join('')}]`;
  });
