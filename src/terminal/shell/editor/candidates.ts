import { DEFAULT_PATH } from '../../../machine/index.ts';
import type { Shell } from '../shell.ts';

/** The names of all programs on PATH. */
export function executablesOf(shell: Shell): string[] {
  const { process } = shell;
  const files = process.machine.files.as(process.credentials);
  const result = new Set<string>();
  for (const directory of (shell.variables.get('PATH') ?? DEFAULT_PATH).split(':')) {
    if (!directory || !files.exists(directory)) continue;
    for (const name of files.list(directory)) result.add(name);
  }
  return [...result].sort();
}
