import { ExecError, type Process } from '../../../machine/index.ts';
import { builtins } from '../builtins/registry.ts';
import { expandText, expandWords, isDeclarationWord } from '../expansion/expand.ts';
import { keyOf } from '../expansion/parameters.ts';
import { traceQuote } from '../quote.ts';
import type { Shell } from '../shell.ts';
import { Leave, ShellFailure } from '../signals-of-flow.ts';
import type { Assignment, SimpleCommand, Word } from '../syntax/ast.ts';
import type { Variable } from '../variables.ts';
import { assign, trace } from './assign.ts';
import { callFunction } from './compound.ts';
import { retrying, stdio } from './fork.ts';
import { newJob, waitForeground } from './jobs.ts';
import { RedirectFailure, redirect, withRedirects } from './redirect.ts';

export async function runSimple(shell: Shell, command: SimpleCommand, text: string, last: boolean): Promise<number> {
  shell.line = command.line;
  const before = shell.status;
  shell.status = 0;
  if (command.words.length > 0) shell.status = before;
  const args = await commandWords(shell, command.words);
  if (args.length === 0) {
    for (const assignment of command.assignments) await assign(shell, assignment);
    const { status } = shell;
    await withRedirects(shell, command.redirects, async () => undefined);
    return status;
  }
  if (shell.options.has('xtrace')) await trace(shell, args.map(traceQuote));
  const [name = ''] = args;
  if (name === 'exec' && !shell.functions.has(name)) return execBuiltin(shell, args, command);
  const code = await withRedirects(shell, command.redirects, () => dispatch(shell, args, command.assignments, text, last));
  shell.lastArgument = args.at(-1) ?? '';
  return code;
}

async function commandWords(shell: Shell, words: readonly Word[]): Promise<string[]> {
  const args: string[] = [];
  for (const word of words) {
    if (isDeclarationWord(word)) args.push(await declarationWord(shell, word.assignment));
    else args.push(...(await expandWords(shell, [word])));
  }
  return args;
}

async function declarationWord(shell: Shell, { name, index, append, value }: Assignment): Promise<string> {
  if (Array.isArray(value)) {
    shell.declared.set(name, { items: value, append });
    return name;
  }
  const key = index ? `[${await keyOf(shell, name, index)}]` : '';
  return `${name}${key}${append ? '+' : ''}=${await expandText(shell, value as Word, { tildeAfterColon: true })}`;
}

async function dispatch(shell: Shell, args: readonly string[], assignments: readonly Assignment[], text: string, last: boolean): Promise<number> {
  const [name = ''] = args;
  if (shell.functions.has(name)) return withAssignments(shell, assignments, () => callFunction(shell, name, args.slice(1)));
  const builtin = builtins.get(name);
  if (builtin) return withAssignments(shell, assignments, async () => builtin(shell, args.slice(1), name));
  return withAssignments(shell, assignments, () => runExternal(shell, args, text, last));
}

/** `X=1 command`: set and exported while it runs. */
async function withAssignments(shell: Shell, assignments: readonly Assignment[], act: () => Promise<number>): Promise<number> {
  if (assignments.length === 0) return act();
  const before = assignments.map(({ name }): [string, Variable | undefined] => [name, copyOf(shell.variables.find(name))]);
  for (const assignment of assignments) {
    await assign(shell, assignment);
    shell.variables.writable(assignment.name).exported = true;
  }
  try {
    return await act();
  } finally {
    for (const [name, old] of before) {
      const current = shell.variables.find(name);
      if (!old) shell.variables.unset(name);
      else if (current) replace(current, old);
    }
  }
}

const copyOf = (variable: Variable | undefined): Variable | undefined => variable && { ...variable };

function replace(current: Variable, old: Variable): void {
  for (const key of Object.keys(current)) delete current[key as keyof Variable];
  Object.assign(current, old);
}

/** Starts a program and waits for it. */
export async function runExternal(shell: Shell, args: readonly string[], text: string, last: boolean): Promise<number> {
  const [name = ''] = args;
  const env = shell.variables.environment();
  env.set('_', name);
  try {
    if (last && !shell.traps.has('EXIT')) return await shell.process.exec({ argv: args, env, ...stdio(shell) });
    const child = await start(shell, args, env);
    const [code = 0] = await waitForeground(shell, newJob(shell, [child], text || args.join(' '), true));
    return code;
  } catch (error) {
    if (error instanceof ExecError) return notExecuted(shell, args, env, error);
    throw error;
  }
}

const start = (shell: Shell, argv: readonly string[], env: ReadonlyMap<string, string>): Promise<Process> =>
  retrying(shell, () => shell.process.spawn({ argv, env, ...stdio(shell), ...(shell.options.has('monitor') ? { pgid: 'new' as const } : {}) }));

async function notExecuted(shell: Shell, args: readonly string[], env: ReadonlyMap<string, string>, error: ExecError): Promise<number> {
  const [name = ''] = args;
  if (error.message === 'Exec format error') return runAsScript(shell, args, env);
  if (error.code === 127 && !name.includes('/')) {
    const handler = 'command_not_found_handle';
    if (shell.functions.has(handler)) return callFunction(shell, handler, args);
    await shell.complain(shell.posix ? `${name}: not found` : `${name}: command not found`);
    return 127;
  }
  const interpreter = error.message.includes('bad interpreter');
  await shell.complain(`${name}: ${interpreter ? 'cannot execute: required file not found' : error.message}`);
  return error.code;
}

/** A text without `#!` is taken for a shell script. */
async function runAsScript(shell: Shell, args: readonly string[], env: ReadonlyMap<string, string>): Promise<number> {
  const child = await start(shell, [shell.posix ? 'sh' : 'bash', ...args], env);
  const [code = 0] = await waitForeground(shell, newJob(shell, [child], args.join(' '), true));
  return code;
}

async function execBuiltin(shell: Shell, args: readonly string[], command: SimpleCommand): Promise<number> {
  try {
    await redirect(shell, command.redirects);
  } catch (error) {
    if (error instanceof RedirectFailure && !shell.interactive) throw new ShellFailure(error.message, { fatal: true });
    throw error;
  }
  let rest = args.slice(1);
  let env = shell.variables.environment();
  for (; rest[0]?.startsWith('-'); rest = rest.slice(1)) {
    if (rest[0] === '-a') rest = rest.slice(1);
    else if (rest[0] === '-c') env = new Map();
    else if (rest[0] === '--') {
      rest = rest.slice(1);
      break;
    }
  }
  if (rest.length === 0) return 0;
  for (const assignment of command.assignments) await assign(shell, assignment);
  try {
    return await shell.process.exec({ argv: rest, env, ...stdio(shell) });
  } catch (error) {
    if (!(error instanceof ExecError)) throw error;
    const shown = error.code === 127 && !rest[0]?.includes('/') ? 'not found' : error.message;
    await shell.complain(`exec: ${rest[0]}: ${shown}`);
    if (!shell.interactive) throw new Leave(error.code);
    return error.code;
  }
}
