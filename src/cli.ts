#!/usr/bin/env node
import { COMMANDS, type CommandName } from './cli/commands.ts';
import { CliError, wordError } from './cli/errors.ts';
import { HELP, VERSION } from './cli/help.ts';

/** The door: finds the room that a command line asks for, and turns every failure into one clear line. */
async function main(argv: readonly string[]): Promise<number> {
  const [first, ...rest] = argv;
  if (first === '--version' || first === '-V') return print(VERSION);
  if (first === '--help' || first === '-h' || first === 'help') return print(HELP);
  const name = first === undefined || first.startsWith('-') ? 'home' : first;
  if (!(name in COMMANDS)) {
    throw new CliError(`unknown command "${name}"; \`kubeproctor --help\` lists them`);
  }
  const run = await COMMANDS[name as CommandName]();
  return run(name === 'home' ? [...argv] : rest);
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const { message, code } = wordError(error);
    process.stderr.write(`kubeproctor: ${message}\n`);
    process.exitCode = code;
  },
);
