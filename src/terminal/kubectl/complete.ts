import type { CompletionContext } from '../define-command.ts';
import { completeNamespaces } from './complete-resources.ts';
import type { Verb } from './define-verb.ts';
import type { FlagSpec, FlagSpecs } from './flags/flag.ts';
import { type GlobalOptions, globalFlags } from './flags/global.ts';
import { FlagError, parseFlags } from './flags/parse.ts';
import { Invocation } from './invocation.ts';
import { findVerb } from './route.ts';

/** Verbs, flags, values of flags, resource types and names that could stand at the cursor. */
export async function completeKubectl(verbs: readonly Verb[], { words, process }: CompletionContext): Promise<readonly string[]> {
  const word = words.at(-1) ?? '';
  const before = words.slice(1, -1);
  const { verb, path, rest } = findVerb(verbs, before);
  const specs = { ...globalFlags, ...verb?.flags } as unknown as Readonly<Record<string, FlagSpec>>;
  const invocation = invocationFor(specs, { process, path: path.join(' '), rest: withoutOpenFlag(rest, specs) });
  const open = openFlag(rest.at(-1), specs) ?? /^--([^=]+)=/.exec(word)?.[1];
  const head = open ? (/^--[^=]+=/.exec(word)?.[0] ?? '') : '';
  const offered = open ? await flagValues(open, specs[open], invocation) : await candidates(verbs, verb, word, specs, invocation);
  return [...new Set(offered.map((candidate) => `${head}${candidate}`))].filter((candidate) => candidate.startsWith(word)).sort();
}

function invocationFor(
  specs: Readonly<Record<string, FlagSpec>>,
  { process, path, rest }: { process: CompletionContext['process']; path: string; rest: readonly string[] },
): Invocation {
  const parsed = tolerant(specs as unknown as FlagSpecs, rest);
  return new Invocation({
    process,
    path,
    args: parsed.args,
    argsBeforeDash: -1,
    changed: parsed.changed,
    global: parsed.values as unknown as GlobalOptions,
  });
}

function tolerant(specs: FlagSpecs, words: readonly string[]) {
  try {
    return parseFlags(specs, words);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    return parseFlags(
      specs,
      words.filter((word) => !word.startsWith('-')),
    );
  }
}

function openFlag(word: string | undefined, specs: Readonly<Record<string, FlagSpec>>): string | undefined {
  if (!word?.startsWith('-') || word.includes('=')) return undefined;
  const name = word.startsWith('--')
    ? word.slice(2)
    : Object.keys(specs).find((key) => specs[key]?.short && word.endsWith(specs[key]?.short ?? '') && word.length === 2);
  return name !== undefined && specs[name] && specs[name]?.bare === undefined ? name : undefined;
}

const withoutOpenFlag = (words: readonly string[], specs: Readonly<Record<string, FlagSpec>>): readonly string[] =>
  openFlag(words.at(-1), specs) ? words.slice(0, -1) : words;

async function flagValues(name: string, spec: FlagSpec | undefined, kubectl: Invocation): Promise<readonly string[]> {
  if (name === 'namespace') return quietly(() => completeNamespaces(kubectl));
  const { completeContexts, completeContainers } = await import('./complete-resources.ts');
  if (name === 'context' || name === 'cluster' || name === 'user') return quietly(() => completeContexts(kubectl, name));
  if (name === 'container') return quietly(() => completeContainers(kubectl));
  return spec?.values ?? [];
}

async function candidates(
  roots: readonly Verb[],
  verb: Verb | undefined,
  word: string,
  specs: Readonly<Record<string, FlagSpec>>,
  kubectl: Invocation,
): Promise<readonly string[]> {
  if (word.startsWith('-'))
    return Object.entries(specs)
      .filter(([, spec]) => !spec.hidden)
      .map(([name, spec]) => `--${name}${spec.bare === undefined ? '=' : ''}`);
  const subverbs = verb ? verb.subverbs : roots;
  if (subverbs?.length && kubectl.args.length === 0) return subverbs.filter(({ hidden }) => !hidden).map(({ name }) => name);
  return quietly(async () => (await verb?.complete?.(kubectl, word)) ?? []);
}

/** Completion never complains: a server that does not answer offers nothing. */
async function quietly(find: () => Promise<readonly string[]> | readonly string[]): Promise<readonly string[]> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof Error) return [];
    throw error;
  }
}
