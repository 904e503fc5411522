import { posix } from 'node:path';
import type { Process, Program } from '../../machine/index.ts';
import { judge } from './builtins/test.ts';
import { Shell } from './shell.ts';

/** `test` and `[` as programs, for those who start them without a shell: exec probes, find, xargs. */
export const test: Program & { readonly names: readonly string[] } = {
  name: 'test',
  names: ['test', '['],
  run(process: Process) {
    const [path = 'test', ...args] = process.argv;
    const shell = new Shell(process);
    return judge(shell, args, posix.basename(path), (text) => shell.error(`${text}\n`));
  },
};
