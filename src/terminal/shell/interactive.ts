import { expandPrompt } from './prompt.ts';
import type { Shell } from './shell.ts';

export async function interact(shell: Shell, _invocation: { login: boolean; noRc: boolean }): Promise<number> {
  await shell.error(expandPrompt(shell, '\\$ '));
  return 0;
}
