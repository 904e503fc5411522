import { BrokenPipe, ExecError, Exit, Killed, type Process } from '../../machine/index.ts';
import { type Command, defineCommand } from '../define-command.ts';
import { completeKubectl } from './complete.ts';
import type { Verb } from './define-verb.ts';
import { describeError, UsageError, usageError } from './errors.ts';
import type { FlagSpecs } from './flags/flag.ts';
import { type GlobalOptions, globalFlags } from './flags/global.ts';
import { FlagError, parseFlags } from './flags/parse.ts';
import { helpPage, rootHelp } from './help/page.ts';
import { unknownCommand } from './help/suggest.ts';
import { Invocation } from './invocation.ts';
import { TemplateFailure } from './print/template-failure.ts';
import { findVerb } from './route.ts';
import { verbs } from './verbs/index.ts';

/** kubectl as a program of a machine. */
export const createKubectl = (): Command =>
  defineCommand({ names: ['kubectl'], run: runKubectl, complete: (context) => completeKubectl(verbs, context) });

async function runKubectl(process: Process): Promise<number> {
  try {
    return (await dispatch(process)) ?? 0;
  } catch (error) {
    if (error instanceof Exit || error instanceof Killed) throw error;
    if (error instanceof BrokenPipe) return 1;
    if (error instanceof TemplateFailure) await process.print(error.output);
    const { text, code } = describeError(error);
    if (text) await process.error(text);
    return code;
  }
}

async function dispatch(process: Process): Promise<number | undefined> {
  const words = process.argv.slice(1);
  if (words.length === 0) return printed(process, rootHelp(verbs));
  if (words[0] === 'help') return help(process, words.slice(1));
  const { verb, path, rest, unknown } = findVerb(verbs, words);
  if (!verb) return unknown === undefined ? rootFlags(process, rest) : plugin(process, words, unknown);
  return runVerb(process, verb, path, rest);
}

async function runVerb(process: Process, verb: Verb, path: readonly string[], rest: readonly string[]): Promise<number | undefined> {
  const command = path.join(' ');
  const parsed = parsedFor(verb, command, rest);
  if (parsed.help) return printed(process, helpPage(verb, path.slice(0, -1)));
  for (const notice of parsed.notices) await process.error(notice);
  const global = globalOptions(verb, parsed.values);
  const kubectl = new Invocation({
    process,
    path: command,
    args: parsed.args,
    argsBeforeDash: parsed.argsBeforeDash,
    changed: parsed.changed,
    global,
  });
  if (!verb.run) return group(kubectl, verb, path);
  const missing = Object.entries(verb.flags).filter(([name, spec]) => spec.required && !parsed.changed.has(name));
  if (missing.length > 0) throw new UsageError(`required flag(s) ${missing.map(([name]) => JSON.stringify(name)).join(', ')} not set`);
  const options = parsed.values as never;
  verb.validate?.(kubectl, options);
  const code = await verb.run(kubectl, options);
  if (!code && global['warnings-as-errors']) return warningsAsErrors(kubectl);
  return code;
}

/** A verb's own flag hides the global one of the same name (`create rolebinding --user`). */
function globalOptions(verb: Verb, values: Readonly<Record<string, unknown>>): GlobalOptions {
  const entries = Object.entries(globalFlags).map(([name, spec]) => [name, name in verb.flags ? spec.default : values[name]]);
  return Object.fromEntries(entries) as GlobalOptions;
}

function parsedFor(verb: Verb, command: string, rest: readonly string[]) {
  try {
    return parseFlags({ ...globalFlags, ...verb.flags } as FlagSpecs, rest);
  } catch (error) {
    if (error instanceof FlagError) throw new UsageError(`${error.message}\nSee '${command} --help' for usage.`);
    throw error;
  }
}

/** A verb that only has subverbs was given something else, or nothing. */
async function group(kubectl: Invocation, verb: Verb, path: readonly string[]): Promise<number> {
  if (kubectl.args.length > 0) throw usageError(kubectl.path, `unknown command ${JSON.stringify(kubectl.args.join(' '))}`);
  await kubectl.error(helpPage(verb, path.slice(0, -1)));
  return 1;
}

async function warningsAsErrors(kubectl: Invocation): Promise<number> {
  const { warnings } = kubectl.api;
  if (warnings === 0) return 0;
  throw new UsageError(`${warnings} warning${warnings === 1 ? '' : 's'} received`);
}

async function printed(process: Process, text: string): Promise<number> {
  await process.print(text);
  return 0;
}

async function help(process: Process, words: readonly string[]): Promise<number> {
  const { verb, path } = findVerb(verbs, words);
  return printed(process, verb ? helpPage(verb, path.slice(0, -1)) : rootHelp(verbs));
}

async function rootFlags(process: Process, words: readonly string[]): Promise<number> {
  try {
    parseFlags(globalFlags as FlagSpecs, words);
  } catch (error) {
    if (error instanceof FlagError) throw new UsageError(`${error.message}\nSee 'kubectl --help' for usage.`);
    throw error;
  }
  return printed(process, rootHelp(verbs));
}

/** An unknown verb may be an executable `kubectl-…` on the path. */
async function plugin(process: Process, words: readonly string[], typed: string): Promise<number> {
  if (words[0] === typed) {
    const names = words.slice(0, firstFlag(words));
    for (let length = names.length; length > 0; length--) {
      const file = `kubectl-${names.slice(0, length).join('-')}`;
      try {
        const child = process.spawn({ argv: [file, ...words.slice(length)] });
        return (await child.exited).code;
      } catch (error) {
        if (!(error instanceof ExecError)) throw error;
      }
    }
  }
  throw new UsageError(unknownCommand(typed, 'kubectl', verbs));
}

function firstFlag(words: readonly string[]): number {
  const index = words.findIndex((word) => word.startsWith('-'));
  return index < 0 ? words.length : index;
}
