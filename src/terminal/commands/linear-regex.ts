import { setFlagsFromString } from 'node:v8';

// The engine turns to its linear matcher when backtracking gets out of hand: no expression of a candidate's can hold up the world.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

/** A quantified group whose body is itself quantified without bound, or many unbounded quantifiers in a row: backtracking may explode. */
export function mayExplode(source: string): boolean {
  const plain = source.replace(/\\./gs, 'a').replace(/\[\^?\]?[^\]]*\]/g, 'a');
  if ((plain.match(/[*+]|\{\d*,\}/g) ?? []).length > 3) return true;
  const repeated = /\((?:\?:)?((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)(?:[*+]|\{\d*,\d*\})/g;
  return Array.from(plain.matchAll(repeated)).some(([, body = '']) => /[*+|?]|\{\d*,\}/.test(body));
}

/** What only backtracking can match: references back, and looking around. */
const needsBacktracking = (source: string): boolean => /\\[1-9]|\(\?[=!<]/.test(source.replace(/\\\\/g, ''));

/** A group that repeats nothing but repetitions (`(a+)*`): no linear matcher, no hope. */
const hopeless = (source: string): boolean => /\((?:\?:)?(?:\[[^\]]*\]|\\?[^()[\]\\])[*+]\)[*+]/.test(source);

/**
 * The same expression in the form that the linear matcher takes: without the flags `u` and `i`, letters in both cases.
 * Undefined when it must stay as it is; throws RangeError when it could then run for ever.
 */
export function linearRegex(source: string, flags: string): RegExp | undefined {
  if (!mayExplode(source)) return undefined;
  if (needsBacktracking(source)) {
    if (hopeless(source)) throw new RangeError('Regular expression too big');
    return undefined;
  }
  const narrow = UNICODE.reduce((text, [from, to]) => text.replaceAll(from, to), source);
  const folded = flags.includes('i') ? bothCases(narrow) : narrow;
  return new RegExp(folded, flags.replace(/[ui]/g, ''));
}

const UNICODE: readonly (readonly [string, string])[] = [
  ['\\p{Lu}', 'A-Z'],
  ['\\p{Ll}', 'a-z'],
  ['\\p{L}', 'A-Za-z\\u00aa-\\uffff'],
  ['\\p{N}', '0-9'],
  ['\\P{Cc}', ' -~\\u00a0-\\uffff'],
  ['\\p{Cc}', '\\x00-\\x1f\\x7f-\\x9f'],
  ['\\u{a1}-\\u{10ffff}', '\\u00a1-\\uffff'],
];

const swap = (text: string): string => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase());

function bothCases(source: string): string {
  return source.replace(/\\u[\da-f]{4}|\\x[\da-f]{2}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[A-Za-z]/gs, (piece) => {
    if (piece.startsWith('\\')) return piece;
    if (!piece.startsWith('[')) return `[${piece}${swap(piece)}]`;
    const members = piece.slice(piece.startsWith('[^') ? 2 : 1, -1);
    const others = members.replace(/\\u[\da-f]{4}|\\x[\da-f]{2}|\\./gs, '').match(/[A-Za-z]-[A-Za-z]|[A-Za-z]/g) ?? [];
    return `${piece.slice(0, -1)}${others.map(swap).join('')}]`;
  });
}
