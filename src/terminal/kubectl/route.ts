import type { Verb } from './define-verb.ts';
import type { FlagSpec } from './flags/flag.ts';
import { globalFlags } from './flags/global.ts';

export interface Route {
  readonly verb: Verb | undefined;
  /** `['kubectl', 'rollout', 'undo']`. */
  readonly path: readonly string[];
  /** What is left of the words: flags and arguments. */
  readonly rest: readonly string[];
  /** The word that should have been a verb. */
  readonly unknown: string | undefined;
}

/** Walks down the verbs by the first words that are neither flags nor values of flags. */
export function findVerb(roots: readonly Verb[], words: readonly string[]): Route {
  let verb: Verb | undefined;
  let candidates = roots;
  const path = ['kubectl'];
  const rest = [...words];
  for (;;) {
    const at = firstOperand(rest, verb);
    const word = rest[at];
    if (at < 0 || word === undefined) return { verb, path, rest, unknown: undefined };
    const next = candidates.find(({ name, aliases }) => name === word || aliases?.includes(word));
    if (!next) return { verb, path, rest, unknown: verb ? undefined : word };
    verb = next;
    candidates = next.subverbs ?? [];
    path.push(next.name);
    rest.splice(at, 1);
    if (candidates.length === 0) return { verb, path, rest, unknown: undefined };
  }
}

function firstOperand(words: readonly string[], verb: Verb | undefined): number {
  const specs = { ...globalFlags, ...verb?.flags } as unknown as Readonly<Record<string, FlagSpec>>;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') return -1;
    if (!word.startsWith('-') || word === '-') return i;
    if (takesNextWord(word, specs)) i++;
  }
  return -1;
}

function takesNextWord(word: string, specs: Readonly<Record<string, FlagSpec>>): boolean {
  if (word.includes('=')) return false;
  if (word.startsWith('--')) return specs[word.slice(2)]?.bare === undefined && specs[word.slice(2)] !== undefined;
  if (word.length !== 2) return false;
  const spec = Object.values(specs).find(({ short }) => short === word[1]);
  return spec !== undefined && spec.bare === undefined;
}
