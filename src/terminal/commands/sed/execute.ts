import type { Invocation } from '../utility.ts';
import type { SedInput } from './input.ts';
import { expandReplacement } from './parse-replacement.ts';
import { type Address, type SedCommand, SedError, type Substitution } from './script.ts';

export interface SedWorld {
  readonly invocation: Invocation;
  readonly input: SedInput;
  readonly quiet: boolean;
  readonly nullData: boolean;
  /** Where the current file's output goes (`-i`). */
  print(text: string): Promise<void>;
  writeFile(name: string, text: string): Promise<void>;
  readFile(name: string): string;
  readLineOf(name: string): string | undefined;
  runShell(command: string): Promise<string>;
}

interface State {
  pattern: string;
  hold: string;
  substituted: boolean;
  queue: string[];
  lastPattern: RegExp | undefined;
  readonly active: Map<number, number>;
  steps: number;
}

type Flow = 'next' | 'end' | 'restart' | 'quit' | 'silent-quit' | 'delete' | { readonly branch: string };

/** Runs the script over all input; returns the exit status. */
export async function executeSed(world: SedWorld, commands: readonly SedCommand[]): Promise<number> {
  const state: State = { pattern: '', hold: '', substituted: false, queue: [], lastPattern: undefined, active: new Map(), steps: 0 };
  const labels = collectLabels(commands);
  let reuse = false;
  for (;;) {
    if (!reuse) {
      const line = await world.input.next();
      if (line === undefined) return world.invocation.status;
      state.pattern = line;
    }
    state.substituted = false;
    const flow = await runFrom(world, state, commands, labels);
    reuse = flow === 'restart';
    if (flow !== 'delete' && flow !== 'restart' && flow !== 'silent-quit' && !world.quiet) await printLine(world, state.pattern);
    await flushQueue(world, state);
    if (flow === 'quit' || flow === 'silent-quit') return world.invocation.status;
  }
}

const terminatorOf = (world: SedWorld): string => (world.nullData ? '\0' : '\n');
const printLine = (world: SedWorld, text: string): Promise<void> => world.print(text + (world.input.terminated ? terminatorOf(world) : ''));

async function flushQueue(world: SedWorld, state: State): Promise<void> {
  for (const text of state.queue.splice(0)) await world.print(text);
}

/** Blocks are flattened into jumps by position: a label leads to the list it stands in and its index. */
type Labels = ReadonlyMap<string, readonly SedCommand[]>;

function collectLabels(commands: readonly SedCommand[]): Labels {
  const labels = new Map<string, readonly SedCommand[]>();
  const visit = (list: readonly SedCommand[], rest: readonly SedCommand[]) => {
    list.forEach((command, i) => {
      const following = [...list.slice(i + 1), ...rest];
      if (command.name === ':') labels.set(command.argument, following);
      if (command.block) visit(command.block, following);
    });
  };
  visit(commands, []);
  return labels;
}

async function runFrom(world: SedWorld, state: State, commands: readonly SedCommand[], labels: Labels): Promise<Flow> {
  let list = commands;
  for (;;) {
    const flow = await runList(world, state, list);
    if (typeof flow === 'string') return flow;
    if (flow.branch === '') return 'end';
    const target = labels.get(flow.branch);
    if (!target) throw new SedError(`-e expression #1, char 0: can't find label for jump to \`${flow.branch}'`);
    list = target;
  }
}

async function runList(world: SedWorld, state: State, commands: readonly SedCommand[]): Promise<Flow> {
  for (const command of commands) {
    if (++state.steps % 2000 === 0) await world.invocation.process.breathe();
    if ((await selects(world, state, command)) === command.negated) continue;
    const flow = command.block ? await runList(world, state, command.block) : await run(world, state, command);
    if (flow !== 'next') return flow;
  }
  return 'next';
}

async function selects(world: SedWorld, state: State, { addresses, id }: SedCommand): Promise<boolean> {
  const [first, second] = addresses;
  if (!first) return true;
  if (!second) return matches(world, state, first);
  const line = world.input.number;
  const until = state.active.get(id);
  if (until === undefined) {
    const zero = first.kind === 'line' && first.line === 0 && line === 1;
    if (!zero && !(await matches(world, state, first))) return false;
    const end = rangeEnd(second, line);
    if (zero && second.kind === 'pattern' && (await matches(world, state, second))) return true;
    if (end > line) state.active.set(id, end);
    return true;
  }
  if (second.kind === 'pattern' || second.kind === 'last') {
    if (await matches(world, state, second)) state.active.delete(id);
    return true;
  }
  if (line >= until) state.active.delete(id);
  return line <= until;
}

function rangeEnd(second: Address, line: number): number {
  if (second.kind === 'line') return second.line;
  if (second.kind === 'plus') return line + second.count;
  if (second.kind === 'multiple') return second.count === 0 ? line : Math.ceil(line / second.count) * second.count;
  return Number.POSITIVE_INFINITY;
}

async function matches(world: SedWorld, state: State, address: Address): Promise<boolean> {
  const line = world.input.number;
  switch (address.kind) {
    case 'line':
      return line === address.line;
    case 'last':
      return world.input.isLast();
    case 'step':
      return address.step === 0 ? line === address.first : line >= address.first && (line - address.first) % address.step === 0;
    case 'pattern': {
      const pattern = patternFor(state, address.pattern);
      pattern.lastIndex = 0;
      return pattern.test(state.pattern);
    }
    default:
      return false;
  }
}

function patternFor(state: State, given: RegExp | undefined): RegExp {
  const pattern = given ?? state.lastPattern;
  if (!pattern) throw new SedError('no previous regular expression');
  state.lastPattern = pattern;
  return pattern;
}

async function run(world: SedWorld, state: State, command: SedCommand): Promise<Flow> {
  const { argument } = command;
  switch (command.name) {
    case 's':
      if (command.substitution) await substitute(world, state, command.substitution);
      return 'next';
    case 'y':
      state.pattern = [...state.pattern].map((character) => command.translation?.get(character) ?? character).join('');
      return 'next';
    case 'd':
      return 'delete';
    case 'b':
      return { branch: argument };
    case 't':
    case 'T': {
      const jump = state.substituted === (command.name === 't');
      state.substituted = false;
      return jump ? { branch: argument } : 'next';
    }
    case 'q':
    case 'Q':
      world.invocation.status = Number(argument || '0');
      return command.name === 'q' ? 'quit' : 'silent-quit';
    case 'a':
      state.queue.push(argument);
      return 'next';
    case 'i':
      await world.print(argument);
      return 'next';
    case 'c':
      return change(world, state, command);
    default:
      return (await moveText(world, state, command)) ?? printText(world, state, command);
  }
}

async function change(world: SedWorld, state: State, command: SedCommand): Promise<Flow> {
  const ranged = command.addresses.length === 2 && !command.negated;
  if (!ranged || !state.active.has(command.id)) await world.print(command.argument);
  return 'delete';
}

/** Hold space and multi-line commands. */
async function moveText(world: SedWorld, state: State, { name }: SedCommand): Promise<Flow | undefined> {
  switch (name) {
    case 'h':
      state.hold = state.pattern;
      return 'next';
    case 'H':
      state.hold += `\n${state.pattern}`;
      return 'next';
    case 'g':
      state.pattern = state.hold;
      return 'next';
    case 'G':
      state.pattern += `\n${state.hold}`;
      return 'next';
    case 'x':
      [state.pattern, state.hold] = [state.hold, state.pattern];
      return 'next';
    case 'z':
      state.pattern = '';
      return 'next';
    case 'n':
    case 'N':
      return nextLine(world, state, name);
    case 'D': {
      const newline = state.pattern.indexOf('\n');
      if (newline < 0) return 'delete';
      state.pattern = state.pattern.slice(newline + 1);
      return 'restart';
    }
    default:
      return undefined;
  }
}

async function nextLine(world: SedWorld, state: State, name: string): Promise<Flow> {
  if (name === 'n' && !world.quiet && !(await world.input.isLast())) await printLine(world, state.pattern);
  if (name === 'n') await flushQueue(world, state);
  if (await world.input.isLast()) return 'quit';
  const line = (await world.input.next()) ?? '';
  if (name === 'N') await flushQueue(world, state);
  state.pattern = name === 'n' ? line : `${state.pattern}\n${line}`;
  return 'next';
}

async function printText(world: SedWorld, state: State, { name, argument }: SedCommand): Promise<Flow> {
  switch (name) {
    case 'p':
      await printLine(world, state.pattern);
      break;
    case 'P':
      await world.print(`${state.pattern.split('\n')[0]}\n`);
      break;
    case '=':
      await world.print(`${world.input.number}\n`);
      break;
    case 'F':
      await world.print(`${world.input.name}\n`);
      break;
    case 'l':
      await world.print(`${visible(state.pattern)}$\n`);
      break;
    case 'r':
      state.queue.push(world.readFile(argument));
      break;
    case 'R': {
      const line = world.readLineOf(argument);
      if (line !== undefined) state.queue.push(`${line}\n`);
      break;
    }
    case 'w':
      await world.writeFile(argument, `${state.pattern}\n`);
      break;
    case 'W':
      await world.writeFile(argument, `${state.pattern.split('\n')[0]}\n`);
      break;
  }
  return 'next';
}

function visible(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\\': '\\\\', '\r': '\\r', '\x07': '\\a', '\b': '\\b', '\f': '\\f' };
  const shown = text.replace(/[\n\t\\\r\u{7}\b\f]/gu, (character) => escapes[character] ?? character);
  return shown.replace(/[^\x20-\x7e]/gu, (character) =>
    Array.from(new TextEncoder().encode(character), (b) => `\\${b.toString(8).padStart(3, '0')}`).join(''),
  );
}

async function substitute(world: SedWorld, state: State, s: Substitution): Promise<void> {
  const pattern = patternFor(state, s.pattern);
  let seen = 0;
  let changed = false;
  let out = '';
  let at = 0;
  let end = -1;
  pattern.lastIndex = 0;
  for (const match of state.pattern.matchAll(pattern)) {
    // As sed: an empty match right after a match does not count.
    if (match[0] === '' && match.index === end) continue;
    end = match.index + match[0].length;
    seen++;
    if (seen < s.occurrence || (!s.global && seen > s.occurrence)) continue;
    out += state.pattern.slice(at, match.index) + expandReplacement(s.replacement, match);
    at = end;
    changed = true;
  }
  if (!changed) return;
  state.pattern = out + state.pattern.slice(at);
  state.substituted = true;
  if (s.evaluate) state.pattern = (await world.runShell(state.pattern)).replace(/\n$/, '');
  if (s.print) await printLine(world, state.pattern);
  if (s.file) await world.writeFile(s.file, `${state.pattern}\n`);
}
