import type { Shell } from '../shell.ts';
import { ShellFailure } from '../signals-of-flow.ts';
import type { ParameterPart, Word } from '../syntax/ast.ts';
import { elements, scalar, type Variable } from '../variables.ts';
import { arithmetic, expandText } from './expand.ts';

/** What a parameter holds: one value or a list, and whether it is set. */
export interface Holding {
  values: string[];
  /** `$@`, `${a[@]}`: elements stay apart in double quotes; `*` joins them. */
  list: '@' | '*' | undefined;
  set: boolean;
}

export async function holdingOf(shell: Shell, part: Pick<ParameterPart, 'name' | 'index'>): Promise<Holding> {
  const { name, index } = part;
  if (name === '@' || name === '*') return { values: [...shell.positional], list: name, set: shell.positional.length > 0 };
  const special = specialParameter(shell, name);
  if (special !== undefined) return one(special);
  if (/^\d+$/.test(name)) return one(name === '0' ? shell.name : shell.positional[Number(name) - 1]);
  if (index === undefined) return one(name === 'FUNCNAME' ? shell.functionNames.at(-1) : shell.variables.get(name));
  if (index === '@' || index === '*') {
    const all = elements(arrayOf(shell, name)).map(([, value]) => value);
    return { values: all, list: index, set: all.length > 0 };
  }
  return one(elementOf(arrayOf(shell, name), await keyOf(shell, name, index)));
}

const one = (value: string | undefined): Holding => ({ values: value === undefined ? [] : [value], list: undefined, set: value !== undefined });

function specialParameter(shell: Shell, name: string): string | undefined {
  switch (name) {
    case '?':
      return String(shell.status);
    case '#':
      return String(shell.positional.length);
    case '$':
      return shell.variables.get('$') ?? String(shell.process.pid);
    case '!':
      return shell.backgroundPid === undefined ? '' : String(shell.backgroundPid);
    case '-':
      return optionLetters(shell);
    case '_':
      return shell.lastArgument;
    default:
      return undefined;
  }
}

const LETTERS: Readonly<Record<string, string>> = {
  allexport: 'a',
  errexit: 'e',
  noglob: 'f',
  hashall: 'h',
  noexec: 'n',
  nounset: 'u',
  verbose: 'v',
  xtrace: 'x',
  monitor: 'm',
  braceexpand: 'B',
  noclobber: 'C',
  histexpand: 'H',
};

function optionLetters(shell: Shell): string {
  const letters = Object.entries(LETTERS)
    .filter(([option]) => shell.options.has(option))
    .map(([, letter]) => letter);
  if (shell.interactive) letters.push('i');
  const lower = letters.filter((l) => l >= 'a').sort();
  const upper = letters.filter((l) => l < 'a').sort();
  return [...lower, ...upper, shell.variables.get('BASH_EXECUTION_STRING') === undefined ? '' : 'c'].join('');
}

/** Arrays the shell computes, and those that were assigned. */
export function arrayOf(shell: Shell, name: string): Variable {
  if (name === 'PIPESTATUS') return { list: new Map(shell.pipeStatus.map((s, i) => [i, String(s)])) };
  if (name === 'FUNCNAME') return { list: new Map([...shell.functionNames].reverse().map((f, i) => [i, f])) };
  if (name === 'DIRSTACK') return { list: new Map([shell.process.cwd, ...shell.directories].map((d, i) => [i, d])) };
  const computed = shell.variables.computed.get(name);
  return computed ? { value: computed() } : (shell.variables.find(name) ?? {});
}

function elementOf(variable: Variable, key: string): string | undefined {
  if (variable.table) return variable.table.get(key);
  const position = Number(key);
  if (!variable.list) return position === 0 ? variable.value : undefined;
  if (position >= 0) return variable.list.get(position);
  return variable.list.get(Math.max(-1, ...variable.list.keys()) + 1 + position);
}

/** The key an index stands for: a text for associative arrays, else a number. */
export async function keyOf(shell: Shell, name: string, index: Word): Promise<string> {
  if (shell.variables.find(name)?.table) return expandText(shell, index);
  return String(await arithmetic(shell, index));
}

export function assignElement(shell: Shell, name: string, key: string, value: string): void {
  const variable = shell.variables.writable(name);
  if (variable.table) {
    variable.table.set(key, value);
    return;
  }
  const list = asList(variable);
  const position = Number(key);
  const at = position < 0 ? Math.max(-1, ...list.keys()) + 1 + position : position;
  if (at < 0) throw new ShellFailure(`${name}[${key}]: bad array subscript`);
  list.set(at, value);
}

export function asList(variable: Variable): Map<number, string> {
  if (!variable.list) {
    const value = scalar(variable);
    variable.list = new Map(value === undefined ? [] : [[0, value]]);
    delete variable.value;
  }
  return variable.list;
}
