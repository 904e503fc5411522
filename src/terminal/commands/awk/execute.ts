import { sourceOf } from '../../../machine/index.ts';
import { createOutput } from '../output.ts';
import { type Context, evaluate, keyOf } from './evaluate.ts';
import { formatAwk } from './functions.ts';
import { arrayOf, numberOf, scalar, setRecord, setScalar, textOf, truthOf, type Value } from './runtime.ts';
import type { Rule, Statement } from './syntax.ts';

export type Flow = 'normal' | 'next' | 'break' | 'continue' | 'exit' | { readonly result: Value };

/** Runs BEGIN, every record, END. */
export async function runAwk(context: Context): Promise<void> {
  const { runtime, program } = context;
  const rulesFor = (when: 'BEGIN' | 'END') => program.rules.filter(({ pattern }) => pattern === when);
  const main = program.rules.filter(({ pattern }) => pattern !== 'BEGIN' && pattern !== 'END');
  let exiting = false;
  for (const rule of rulesFor('BEGIN')) exiting ||= (await runBody(context, rule)) === 'exit';
  if (!exiting && (main.length > 0 || rulesFor('END').length > 0)) {
    for (let line = await runtime.nextLine(); line !== undefined && !exiting; line = exiting ? undefined : await runtime.nextLine()) {
      runtime.globals.set('NR', numberOf(scalar(runtime, 'NR')) + 1);
      runtime.globals.set('FNR', numberOf(scalar(runtime, 'FNR')) + 1);
      setRecord(runtime, line);
      exiting = await runRules(context, main);
      if (exiting) break;
    }
  }
  for (const rule of rulesFor('END')) if ((await runBody(context, rule)) === 'exit') break;
  for (const [command, parts] of runtime.pipes) await runPipe(context, command, parts.join(''));
}

async function runPipe({ runtime }: Context, command: string, text: string): Promise<void> {
  await runtime.invocation.process.spawn({ argv: ['sh', '-c', command], stdin: sourceOf(text) }).exited;
}

async function runRules(context: Context, rules: readonly Rule[]): Promise<boolean> {
  for (const rule of rules) {
    if (!(await selects(context, rule))) continue;
    const flow = await runBody(context, rule);
    if (flow === 'exit') return true;
    if (flow === 'next') return false;
  }
  return false;
}

async function selects(context: Context, { pattern, until, id }: Rule): Promise<boolean> {
  if (pattern === undefined || pattern === 'BEGIN' || pattern === 'END') return true;
  const { active } = context.runtime;
  const starts = active.has(id) || truthOf(await evaluate(context, pattern));
  if (!until || !starts) return starts;
  active.add(id);
  if (truthOf(await evaluate(context, until))) active.delete(id);
  return true;
}

const runBody = (context: Context, { body }: Rule): Promise<Flow> =>
  runStatement(context, body ?? { kind: 'print', args: [], format: false, into: undefined });

export async function runStatement(context: Context, statement: Statement): Promise<Flow> {
  const { runtime } = context;
  if (++runtime.steps % 5000 === 0) await runtime.invocation.process.breathe();
  switch (statement.kind) {
    case 'expression':
      await evaluate(context, statement.value);
      return 'normal';
    case 'print':
      await print(context, statement);
      return 'normal';
    case 'block':
      for (const inner of statement.body) {
        const flow = await runStatement(context, inner);
        if (flow !== 'normal') return flow;
      }
      return 'normal';
    case 'if':
      if (truthOf(await evaluate(context, statement.test))) return runStatement(context, statement.then);
      return statement.otherwise ? runStatement(context, statement.otherwise) : 'normal';
    case 'while':
    case 'for':
      return loop(context, statement);
    case 'each':
      return eachKey(context, statement);
    case 'delete': {
      const array = arrayOf(runtime, statement.array);
      if (statement.keys) array.delete(await keyOf(context, statement.keys));
      else array.clear();
      return 'normal';
    }
    case 'exit':
      if (statement.value) runtime.exitCode = numberOf(await evaluate(context, statement.value));
      return 'exit';
    case 'return':
      return { result: statement.value ? await evaluate(context, statement.value) : { text: '' } };
    default:
      return statement.kind;
  }
}

async function loop(context: Context, statement: Extract<Statement, { kind: 'while' | 'for' }>): Promise<Flow> {
  if (statement.kind === 'for' && statement.start) await runStatement(context, statement.start);
  let checked = statement.kind === 'for' || statement.first;
  for (;;) {
    if (checked && statement.test && !truthOf(await evaluate(context, statement.test))) return 'normal';
    checked = true;
    const flow = await runStatement(context, statement.body);
    if (flow === 'break') return 'normal';
    if (flow !== 'normal' && flow !== 'continue') return flow;
    if (statement.kind === 'for' && statement.step) await runStatement(context, statement.step);
  }
}

async function eachKey(context: Context, { name, array, body }: Extract<Statement, { kind: 'each' }>): Promise<Flow> {
  for (const key of [...arrayOf(context.runtime, array).keys()]) {
    setScalar(context.runtime, name, { text: key });
    const flow = await runStatement(context, body);
    if (flow === 'break') return 'normal';
    if (flow !== 'normal' && flow !== 'continue') return flow;
  }
  return 'normal';
}

async function print(context: Context, { args, format, into }: Extract<Statement, { kind: 'print' }>): Promise<void> {
  const { runtime } = context;
  const values: Value[] = [];
  for (const arg of args) values.push(await evaluate(context, arg));
  const outputFormat = textOf(scalar(runtime, 'OFMT'));
  const plain = () =>
    values.length === 0 ? runtime.record : values.map((value) => textOf(value, outputFormat)).join(textOf(scalar(runtime, 'OFS')));
  const text = format ? formatAwk(textOf(values[0] ?? ''), values.slice(1)) : plain() + textOf(scalar(runtime, 'ORS'));
  if (!into) return runtime.invocation.print(text);
  const target = textOf(await evaluate(context, into.target));
  if (into.operator === '|') {
    runtime.pipes.set(target, [...(runtime.pipes.get(target) ?? []), text]);
    return;
  }
  const { process } = runtime.invocation;
  const write = runtime.outputs.get(target) ?? createOutput(process, target, { append: into.operator === '>>' });
  runtime.outputs.set(target, write);
  await write(text);
}
