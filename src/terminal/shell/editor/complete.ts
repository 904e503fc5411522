import { DEFAULT_PATH, findOnPath } from '../../../machine/index.ts';
import type { CompletionContext } from '../../define-command.ts';
import { builtins } from '../builtins/registry.ts';
import { callFunction } from '../run/compound.ts';
import type { Completion, Shell } from '../shell.ts';
import { executablesOf } from './candidates.ts';

export interface Completions {
  /** Where in the line the word begins. */
  readonly start: number;
  readonly candidates: readonly string[];
  /** Candidates are paths: only their last part is listed, directories get a slash. */
  readonly paths: boolean;
}

/** Words that could stand at the end of `text`. */
export async function completionsFor(shell: Shell, text: string): Promise<Completions> {
  const { words, start } = split(text);
  const word = words.at(-1) ?? '';
  const found = (candidates: readonly string[]) => ({ start, candidates: sorted(candidates.filter((c) => c.startsWith(word))), paths: false });
  if (/^\$\{?\w*$/.test(word)) {
    const head = word.startsWith('${') ? '${' : '$';
    return found(variableNames(shell).map((n) => `${head}${n}${head === '${' ? '}' : ''}`));
  }
  if (words.length <= 1 && !word.includes('/'))
    return found([...shell.aliases.keys(), ...shell.functions.keys(), ...builtins.keys(), ...executablesOf(shell)]);
  if (words.length > 1) {
    const special = await commandWords(shell, words);
    if (special) return found(special);
  }
  const directories = words.length > 1 && ['cd', 'pushd', 'rmdir'].includes(words[0] ?? '');
  return { start, candidates: paths(shell, word, directories), paths: true };
}

const sorted = (words: readonly string[]): string[] => [...new Set(words)].sort();
const variableNames = (shell: Shell) => [...shell.variables.names(), ...shell.variables.computed.keys()].filter((n) => /^\w+$/.test(n));

/** The words of the last simple command, without quotes. */
function split(text: string): { words: string[]; start: number } {
  let words: string[] = [''];
  let start = 0;
  let quote = '';
  let i = 0;
  const begin = (at: number) => {
    start = at;
  };
  for (; i < text.length; i++) {
    const char = text[i] ?? '';
    const add = (more: string) => {
      words[words.length - 1] += more;
    };
    if (quote) {
      if (char === quote) quote = '';
      else add(char);
    } else if (char === '\\') add(text[++i] ?? '');
    else if (char === '"' || char === "'") quote = char;
    else if (/\s/.test(char)) {
      if (words.at(-1) !== '') words.push('');
      begin(i + 1);
    } else if (/[;|&(`]/.test(char)) {
      words = [''];
      begin(i + 1);
    } else if (char === '<' || char === '>') {
      words.push('');
      begin(i + 1);
    } else add(char);
  }
  while (words.length > 1 && /^[A-Za-z_]\w*=/.test(words[0] ?? '')) words.shift();
  while (words.length > 1 && ['sudo', 'time', 'watch', 'xargs', 'nohup', 'exec', 'command'].includes(words[0] ?? '')) words.shift();
  return { words, start };
}

async function commandWords(shell: Shell, typed: readonly string[]): Promise<readonly string[] | undefined> {
  const words = unaliased(shell, typed);
  const [name = ''] = words;
  const spec = shell.completions.get(typed[0] ?? '') ?? shell.completions.get(name);
  const declared = spec && (await bySpec(shell, spec, typed));
  if (declared) return declared;
  const started = /^__start_(\w+)$/.exec(spec?.function ?? '')?.[1];
  return byProgram(shell, started ? [started, ...words.slice(1)] : words);
}

function unaliased(shell: Shell, words: readonly string[]): readonly string[] {
  const alias = shell.aliases.get(words[0] ?? '');
  return alias === undefined ? words : [...alias.trim().split(/\s+/), ...words.slice(1)];
}

/** Undefined where the function has nothing to say: what the program itself knows comes next. */
async function bySpec(shell: Shell, spec: Completion, words: readonly string[]): Promise<readonly string[] | undefined> {
  if (spec.words !== undefined) return spec.words.split(/\s+/).filter(Boolean);
  if (spec.function === undefined || !shell.functions.has(spec.function)) return undefined;
  const set = (name: string, list: readonly string[]) => {
    shell.variables.writable(name).list = new Map(list.map((w, i) => [i, w]));
  };
  set('COMP_WORDS', words);
  set('COMPREPLY', []);
  shell.variables.set('COMP_CWORD', String(words.length - 1));
  await callFunction(shell, spec.function, [words[0] ?? '', words.at(-1) ?? '', words.at(-2) ?? '']);
  const replies = [...(shell.variables.find('COMPREPLY')?.list?.values() ?? [])];
  return replies.length > 0 ? replies.map((word) => word.trimEnd()) : undefined;
}

async function byProgram(shell: Shell, words: readonly string[]): Promise<readonly string[] | undefined> {
  const { process } = shell;
  const files = process.machine.files.as(process.credentials);
  const path = findOnPath(files, words[0] ?? '', shell.variables.get('PATH') ?? DEFAULT_PATH, (p) => process.path(p));
  const program = path !== undefined && files.exists(path) ? files.stat(path).program : undefined;
  if (!program || !('complete' in program) || typeof program.complete !== 'function') return undefined;
  for (const [name, value] of shell.variables.environment()) process.env.set(name, value);
  const context: CompletionContext = { words, process };
  const result: readonly string[] = await program.complete(context);
  return result.length > 0 ? result : undefined;
}

function paths(shell: Shell, word: string, onlyDirectories: boolean): string[] {
  const { process } = shell;
  const files = process.machine.files.as(process.credentials);
  const slash = word.lastIndexOf('/') + 1;
  const folder = word.slice(0, slash);
  const prefix = word.slice(slash);
  const home = shell.variables.get('HOME') ?? '/';
  const real = process.path(folder.replace(/^~(?=\/)/, home) || '.');
  const isDirectory = (name: string) => {
    const path = `${real}/${name}`;
    return files.exists(path) && files.stat(path).type === 'directory';
  };
  try {
    return files
      .list(real)
      .filter((name) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')))
      .filter((name) => !onlyDirectories || isDirectory(name))
      .map((name) => `${folder}${name}${isDirectory(name) ? '/' : ''}`);
  } catch {
    return [];
  }
}

/** What all candidates have in common. */
export function commonPrefix(words: readonly string[]): string {
  const [first = '', ...others] = words;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

export const escapeWord = (word: string): string => word.replace(/[\s"'\\`<>|&;()*?[\]!#]/g, '\\$&');
