import type { Verb } from '../define-verb.ts';

/** Names close to a mistyped one, as cobra finds them: at most two edits away, or begun with it. */
export const suggestionsFor = (typed: string, verbs: readonly Verb[]): string[] =>
  verbs
    .filter((verb) => !verb.hidden && (distance(typed.toLowerCase(), verb.name) <= 2 || verb.name.startsWith(typed.toLowerCase())))
    .map(({ name }) => name);

export function unknownCommand(typed: string, path: string, verbs: readonly Verb[]): string {
  const names = suggestionsFor(typed, verbs);
  const hint = names.length > 0 ? `\n\nDid you mean this?\n${names.map((name) => `\t${name}\n`).join('')}` : '';
  return `unknown command ${JSON.stringify(typed)} for ${JSON.stringify(path)}${hint}`;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
