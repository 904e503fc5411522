import { BrokenPipe, ExecError, Exit, FileError, type Files, type Process } from '../../machine/index.ts';
import { type Command, type CommandDefinition, defineCommand } from '../define-command.ts';
import { OptionError, type Options, parseOptions } from './options.ts';

/** What a utility's body works with. */
export interface Invocation {
  readonly process: Process;
  /** The name it was called by. */
  readonly name: string;
  readonly options: Options;
  readonly operands: readonly string[];
  /** The machine's files, with the caller's rights. */
  readonly files: Files;
  /** The exit status so far; `complain` raises it. */
  status: number;
  print(text: string): Promise<void>;
  /** Writes `name: message` to stderr and remembers the failure. */
  complain(message: string): Promise<void>;
  /** Runs `action`; a file error becomes a complaint that begins with `prefix`. */
  tolerate(prefix: string, action: () => void | Promise<void>): Promise<boolean>;
}

export interface UtilityDefinition {
  readonly names: readonly string[];
  /** See parseOptions. */
  readonly options?: string;
  readonly stopAtOperand?: boolean;
  /** The line(s) after "Usage: ". */
  readonly usage?: string;
  /** Exit status of failures; 1 unless told. */
  readonly failure?: number;
  readonly usageFailure?: number;
  readonly package?: string;
  /** Historic spellings (`head -5`) into modern ones. */
  readonly rewrite?: (args: readonly string[]) => readonly string[];
  /** What follows a usage mistake, where it is not "Try 'x --help' …". */
  readonly hint?: (name: string) => string;
  readonly complete?: CommandDefinition['complete'];
  run(invocation: Invocation): void | Promise<void>;
}

/** Ends the utility with `name: message` on stderr. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly status: number | undefined;
  readonly usage: boolean;

  constructor(message: string, { status, usage = false }: { status?: number; usage?: boolean } = {}) {
    super(message);
    this.status = status;
    this.usage = usage;
  }
}

/** A command with GNU conventions: options, --help, --version, complaints, death by a broken pipe. */
export function defineUtility(definition: UtilityDefinition): Command {
  const { names, complete } = definition;
  return defineCommand({ names, ...(complete && { complete }), run: (process) => invoke(definition, process) });
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function invoke(definition: UtilityDefinition, process: Process): Promise<number> {
  const name = baseName(process.argv[0] ?? '') || (definition.names[0] ?? '');
  const failure = definition.failure ?? 1;
  try {
    const args = process.argv.slice(1);
    const options = parse(definition, args);
    if (options.has('help')) return await help(definition, process, name);
    if (options.has('version')) return await version(definition, process, name);
    const invocation = createInvocation(process, name, options, failure);
    await definition.run(invocation);
    return invocation.status;
  } catch (error) {
    return report(definition, process, name, error);
  }
}

function parse(definition: UtilityDefinition, args: readonly string[]): Options {
  const spec = `${definition.options ?? ''} help version`;
  return parseOptions(spec, definition.rewrite?.(args) ?? args, { stopAtOperand: definition.stopAtOperand ?? false });
}

async function report(definition: UtilityDefinition, process: Process, name: string, error: unknown): Promise<number> {
  if (error instanceof BrokenPipe) throw new Exit(141);
  const failure = definition.failure ?? 1;
  if (error instanceof OptionError || (error instanceof Failure && error.usage)) {
    const hint = definition.hint?.(name) ?? `Try '${name} --help' for more information.\n`;
    await process.error(error.message === '' ? hint : `${name}: ${error.message}\n${hint}`);
    return (error instanceof Failure ? error.status : undefined) ?? definition.usageFailure ?? failure;
  }
  if (error instanceof Failure) {
    await process.error(`${name}: ${error.message}\n`);
    return error.status ?? failure;
  }
  if (error instanceof FileError) {
    await process.error(`${name}: ${error.path}: ${error.message}\n`);
    return failure;
  }
  throw error;
}

async function help({ usage }: UtilityDefinition, process: Process, name: string): Promise<number> {
  await process.print(`Usage: ${usage ?? `${name} [OPTION]... [ARG]...`}\n`);
  return 0;
}

async function version(definition: UtilityDefinition, process: Process, name: string): Promise<number> {
  await process.print(`${name} ${definition.package ?? '(GNU coreutils) 9.4'}\n`);
  return 0;
}

function createInvocation(process: Process, name: string, options: Options, failure: number): Invocation {
  const invocation: Invocation = {
    process,
    name,
    options,
    operands: options.operands,
    files: process.machine.files.as(process.credentials),
    status: 0,
    print: (text) => (text === '' ? Promise.resolve() : process.print(text)),
    complain: async (message) => {
      invocation.status = failure;
      await process.error(`${name}: ${message}\n`);
    },
    tolerate: async (prefix, action) => {
      try {
        await action();
        return true;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        await invocation.complain(`${prefix}: ${error.message}`);
        return false;
      }
    },
  };
  return invocation;
}

/** Starts a command as a child and waits for it; a command that cannot be started is complained of as `wording` has it. */
export async function runChild(
  invocation: Invocation,
  argv: readonly string[],
  options: Partial<Parameters<Process['spawn']>[0]> = {},
  wording: (command: string) => string = (command) => command,
): Promise<number> {
  try {
    const { code } = await invocation.process.spawn({ ...options, argv }).exited;
    return code;
  } catch (error) {
    if (!(error instanceof ExecError)) throw error;
    await invocation.process.error(`${invocation.name}: ${wording(argv[0] ?? '')}: ${error.message}\n`);
    return error.code;
  }
}
