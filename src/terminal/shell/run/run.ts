import { createPipe, type Process } from '../../../machine/index.ts';
import type { Shell } from '../shell.ts';
import { Interrupted, Leave } from '../signals-of-flow.ts';
import type { AndOr, Command, List, ListItem, Pipeline } from '../syntax/ast.ts';
import { runCompound } from './compound.ts';
import { type ForkOptions, fork } from './fork.ts';
import { newJob, waitForeground } from './jobs.ts';
import { withRedirects } from './redirect.ts';
import { recover } from './script.ts';
import { runSimple } from './simple.ts';
import { runPendingTraps, runTrap } from './traps.ts';

const STEPS_PER_BREATH = 200;

export async function runList(shell: Shell, list: List): Promise<number> {
  let code = 0;
  for (const item of list.items) code = item.background ? await runBackground(shell, item) : await runAndOr(shell, item.command);
  return code;
}

/** Counts a step, so that no loop can hang the world, and does what waited for a quiet moment. */
export async function step(shell: Shell): Promise<void> {
  if (++shell.steps % STEPS_PER_BREATH === 0) await shell.process.breathe();
  if (shell.interrupted) {
    shell.interrupted = false;
    await shell.error('\n');
    throw new Interrupted();
  }
  if (shell.pendingTraps.length > 0) await runPendingTraps(shell);
}

export async function runAndOr(shell: Shell, { first, rest }: AndOr): Promise<number> {
  let code = await inCondition(shell, rest.length > 0, () => runPipeline(shell, first));
  for (const [i, { operator, pipeline }] of rest.entries()) {
    if ((code === 0) !== (operator === '&&')) continue;
    code = await inCondition(shell, i < rest.length - 1, () => runPipeline(shell, pipeline));
  }
  return code;
}

export async function inCondition<T>(shell: Shell, condition: boolean, act: () => Promise<T>): Promise<T> {
  if (!condition) return act();
  shell.conditionDepth++;
  try {
    return await act();
  } finally {
    shell.conditionDepth--;
  }
}

export async function runPipeline(shell: Shell, pipeline: Pipeline): Promise<number> {
  await step(shell);
  const started = shell.process.clock.now();
  const code = await inCondition(shell, pipeline.negated, () => runCommands(shell, pipeline));
  if (pipeline.timed) await reportTime(shell, shell.process.clock.now() - started);
  shell.status = pipeline.negated ? (code === 0 ? 1 : 0) : code;
  await afterCommand(shell, pipeline, code);
  return shell.status;
}

async function afterCommand(shell: Shell, pipeline: Pipeline, code: number): Promise<void> {
  if (shell.pendingTraps.length > 0) await runPendingTraps(shell);
  if (code === 0 || pipeline.negated || shell.conditionDepth > 0) return;
  const inner = pipeline.commands.length === 1 && ['group', 'if', 'while', 'for', 'loop', 'case'].includes(pipeline.commands[0]?.kind ?? '');
  if (!inner) await runTrap(shell, 'ERR', code);
  if (shell.options.has('errexit')) throw new Leave(code);
}

async function reportTime(shell: Shell, ms: number): Promise<void> {
  const shown = `${Math.floor(ms / 60_000)}m${((ms % 60_000) / 1000).toFixed(3)}s`;
  await shell.error(`\nreal\t${shown}\nuser\t0m0.000s\nsys\t0m0.000s\n`);
}

async function runCommands(shell: Shell, pipeline: Pipeline): Promise<number> {
  const [only, ...others] = pipeline.commands;
  if (!only) return 0;
  if (others.length === 0) {
    const code = await runCommand(shell, only, pipeline.text);
    shell.pipeStatus = [code];
    return code;
  }
  const processes = await startPipeline(shell, pipeline.commands);
  const statuses = await waitForeground(shell, newJob(shell, processes, pipeline.text, true));
  shell.pipeStatus = statuses;
  if (shell.options.has('pipefail')) return statuses.filter((s) => s !== 0).at(-1) ?? 0;
  return statuses.at(-1) ?? 0;
}

/** Each command a process of its own, all in one group. */
async function startPipeline(shell: Shell, commands: readonly Command[]): Promise<Process[]> {
  const processes: Process[] = [];
  let stdin: ForkOptions['stdin'];
  for (const [i, command] of commands.entries()) {
    const pipe = i < commands.length - 1 ? createPipe() : undefined;
    const options = { ...(stdin ? { stdin } : {}), ...(pipe ? { stdout: pipe.sink } : {}), ...jobGroup(shell, processes[0]) };
    processes.push(await fork(shell, (sub) => runCommand(sub, command, '', true), options));
    stdin = pipe?.source;
  }
  return processes;
}

const jobGroup = (shell: Shell, leader: Process | undefined): Pick<ForkOptions, 'pgid'> =>
  shell.options.has('monitor') ? { pgid: leader?.pgid ?? 'new' } : {};

async function runBackground(shell: Shell, item: ListItem): Promise<number> {
  const body = (sub: Shell) => {
    sub.conditionDepth = 0;
    const { first, rest } = item.command;
    const [only] = first.commands;
    if (rest.length === 0 && !first.negated && first.commands.length === 1 && only) return runCommand(sub, only, item.text, true);
    return runAndOr(sub, item.command);
  };
  const quiet = shell.options.has('monitor') ? {} : { stdin: { read: async () => null, close: () => undefined } };
  const child = await fork(shell, body, { ...jobGroup(shell, undefined), ...quiet });
  shell.backgroundPid = child.pid;
  const job = newJob(shell, [child], item.text, false);
  if (shell.interactive) await shell.error(`[${job.id}] ${child.pid}\n`);
  shell.status = 0;
  return 0;
}

/** `last`: nothing follows in this process, so that an external command may take its place. */
export async function runCommand(shell: Shell, command: Command, text = '', last = false): Promise<number> {
  const outer = shell.afterCommand;
  shell.afterCommand = [];
  try {
    const code =
      command.kind === 'simple'
        ? await runSimple(shell, command, text, last)
        : await withRedirects(shell, command.redirects, () => runCompound(shell, command, text));
    shell.status = code;
    return code;
  } catch (error) {
    return recover(shell, error);
  } finally {
    if (shell.afterCommand.length > 0) await tidy(shell);
    shell.afterCommand = outer;
  }
}

async function tidy(shell: Shell): Promise<void> {
  for (const act of shell.afterCommand.splice(0)) await act();
}
