import type { Application } from '../tui/application.ts';
import { CliError } from './errors.ts';
import { atMost, readOptions } from './options.ts';
import { openApplication } from './screen.ts';

/** The home screen. */
export async function home(argv: string[]): Promise<number> {
  const { positionals } = readOptions(argv, {});
  atMost(positionals, 0);
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    const { HELP } = await import('./help.ts');
    process.stdout.write(`${HELP}\n`);
    throw new CliError('the home screen needs a terminal');
  }
  return openApplication(async (_: Application) => undefined);
}
