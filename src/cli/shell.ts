import { readFileSync } from 'node:fs';
import { runShell } from '../trainer/world/run-shell.ts';
import { findExercise, openCatalog } from './content.ts';
import { CliError } from './errors.ts';
import { atMost, oneOf, readOptions, wholeNumber } from './options.ts';

/** A simulated terminal without the screens: commands from -c, a file, standard input, or the keyboard. */
export async function shell(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions(argv, {
    command: { type: 'string', short: 'c' },
    exercise: { type: 'string' },
    flavour: { type: 'string' },
    seed: { type: 'string' },
    time: { type: 'string' },
  });
  atMost(positionals, 1);
  const [file] = positionals;
  if (values.command !== undefined && file !== undefined) throw new CliError('give commands by -c or in a file, not both');
  const interactive = values.command === undefined && file === undefined && process.stdin.isTTY;
  return runShell({
    seed: wholeNumber('seed', values.seed) ?? 1,
    flavour: oneOf('flavour', values.flavour, ['kubeadm', 'bare'] as const) ?? 'kubeadm',
    time: oneOf('time', values.time, ['real', 'fast'] as const) ?? (interactive ? 'real' : 'fast'),
    ...(values.exercise !== undefined ? { exercise: findExercise(openCatalog(), values.exercise) } : {}),
    ...(interactive ? {} : { script: values.command ?? (file === undefined ? readFileSync(0, 'utf8') : readScript(file)) }),
  });
}

export function readScript(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : 'it cannot be read';
    throw new CliError(`${file}: ${reason}`);
  }
}
