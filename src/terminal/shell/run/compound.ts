import { readLine } from '../builtins/read-line.ts';
import { arithmetic, expandPattern, expandText, expandWords } from '../expansion/expand.ts';
import { matches } from '../expansion/pattern.ts';
import type { Shell } from '../shell.ts';
import { LoopJump, ShellFailure } from '../signals-of-flow.ts';
import type { Command, List, Word } from '../syntax/ast.ts';
import { evaluateCondition } from './condition.ts';
import { fork } from './fork.ts';
import { newJob, waitForeground } from './jobs.ts';
import { inCondition, runCommand, runList, step } from './run.ts';

type Compound = Exclude<Command, { kind: 'simple' }>;
type Of<K extends Compound['kind']> = Extract<Compound, { kind: K }>;

export async function runCompound(shell: Shell, command: Compound, text: string): Promise<number> {
  switch (command.kind) {
    case 'group':
      return runList(shell, command.body);
    case 'subshell':
      return runSubshell(shell, command.body, text);
    case 'if':
      return runIf(shell, command);
    case 'while':
      return runWhile(shell, command);
    case 'for':
      return runFor(shell, command);
    case 'select':
      return runSelect(shell, command);
    case 'loop':
      return runLoop(shell, command);
    case 'case':
      return runCase(shell, command);
    case 'test':
      shell.line = command.line;
      return evaluateCondition(shell, command.expression);
    case 'arithmetic':
      shell.line = command.line;
      return runArithmetic(shell, command.expression);
    case 'function':
      shell.functions.set(command.name, { name: command.name, body: command.body, text: command.text });
      return 0;
  }
}

async function runSubshell(shell: Shell, body: List, text: string): Promise<number> {
  const child = await fork(shell, (sub) => runList(sub, body), shell.options.has('monitor') ? { pgid: 'new' } : {});
  const [code = 0] = await waitForeground(shell, newJob(shell, [child], text, true));
  return code;
}

async function runIf(shell: Shell, command: Of<'if'>): Promise<number> {
  for (const { condition, body } of command.branches) {
    if ((await inCondition(shell, true, () => runList(shell, condition))) === 0) return runList(shell, body);
  }
  return command.otherwise ? runList(shell, command.otherwise) : 0;
}

/** Runs a loop's body once; false when the loop is to end. */
async function turn(shell: Shell, body: List, result: { code: number }): Promise<boolean> {
  await step(shell);
  shell.loopDepth++;
  try {
    result.code = await runList(shell, body);
    return true;
  } catch (error) {
    if (!(error instanceof LoopJump)) throw error;
    result.code = 0;
    if (error.levels > 1 && shell.loopDepth > 1) {
      error.levels--;
      throw error;
    }
    return error.kind === 'continue';
  } finally {
    shell.loopDepth--;
  }
}

async function runWhile(shell: Shell, command: Of<'while'>): Promise<number> {
  const result = { code: 0 };
  const goesOn = async () => {
    const code = await inCondition(shell, true, () => runList(shell, command.condition));
    return (code === 0) !== command.until;
  };
  while (await goesOn()) if (!(await turn(shell, command.body, result))) break;
  return result.code;
}

async function runFor(shell: Shell, command: Of<'for'>): Promise<number> {
  if (!/^[A-Za-z_]\w*$/.test(command.name)) throw new ShellFailure(`\`${command.name}': not a valid identifier`);
  const words = command.words ? await expandWords(shell, command.words) : [...shell.positional];
  const result = { code: 0 };
  for (const word of words) {
    shell.variables.set(command.name, word);
    if (!(await turn(shell, command.body, result))) break;
  }
  return result.code;
}

async function runSelect(shell: Shell, command: Of<'select'>): Promise<number> {
  const words = command.words ? await expandWords(shell, command.words) : [...shell.positional];
  const result = { code: 0 };
  if (words.length === 0) return 0;
  const width = String(words.length).length;
  for (;;) {
    for (const [i, word] of words.entries()) await shell.error(`${String(i + 1).padStart(width)}) ${word}\n`);
    await shell.error(shell.variables.get('PS3') ?? '#? ');
    const answer = await readLine(shell);
    if (answer === undefined) return 1;
    shell.variables.set('REPLY', answer);
    shell.variables.set(command.name, words[Number(answer) - 1] ?? '');
    if (answer !== '' && !(await turn(shell, command.body, result))) return result.code;
  }
}

async function runLoop(shell: Shell, { header: [start, test, next], body }: Of<'loop'>): Promise<number> {
  const result = { code: 0 };
  const empty = (word: Word) => word.parts.every((p) => p.kind === 'text' && p.text.trim() === '');
  await arithmetic(shell, start);
  while (empty(test) || (await arithmetic(shell, test)) !== 0n) {
    if (!(await turn(shell, body, result))) break;
    await arithmetic(shell, next);
  }
  return result.code;
}

async function runCase(shell: Shell, command: Of<'case'>): Promise<number> {
  const subject = await expandText(shell, command.subject);
  const flags = shell.shopts.has('nocasematch') ? 'i' : '';
  let code = 0;
  let falling = false;
  for (const branch of command.branches) {
    if (!falling && !(await matchesAny(shell, branch.patterns, subject, flags))) continue;
    code = await runList(shell, branch.body);
    if (branch.next === ';;') return code;
    falling = branch.next === ';&';
  }
  return code;
}

async function matchesAny(shell: Shell, patterns: readonly Word[], subject: string, flags: string): Promise<boolean> {
  for (const pattern of patterns) if (matches(await expandPattern(shell, pattern), subject, flags)) return true;
  return false;
}

async function runArithmetic(shell: Shell, expression: Word): Promise<number> {
  try {
    return (await arithmetic(shell, expression)) === 0n ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ShellFailure) || error.fatal) throw error;
    throw new ShellFailure(`((: ${error.message}`);
  }
}

const MAX_NESTING = 1000;

/** Calls a function: positional parameters and locals of its own. */
export async function callFunction(shell: Shell, name: string, args: readonly string[]): Promise<number> {
  const definition = shell.functions.get(name);
  if (!definition) return 127;
  if (shell.functionNames.length >= MAX_NESTING)
    throw new ShellFailure(`${name}: maximum function nesting level exceeded (${MAX_NESTING})`, { fatal: true });
  const { positional, loopDepth } = shell;
  shell.positional = [...args];
  shell.loopDepth = 0;
  shell.functionNames.push(name);
  shell.variables.push();
  try {
    await Promise.resolve();
    return await runCommand(shell, definition.body);
  } catch (error) {
    return returned(error);
  } finally {
    shell.variables.pop();
    shell.functionNames.pop();
    Object.assign(shell, { positional, loopDepth });
  }
}

export function returned(error: unknown): number {
  if (error instanceof Error && error.name === 'Return' && 'code' in error) return Number(error.code);
  throw error;
}
