import type { SignalName } from '../../../machine/index.ts';
import { SIGNALS } from '../../../machine/index.ts';
import type { Shell } from '../shell.ts';
import { runScript } from './script.ts';

/** Runs the trap of this name, if one is set; `$?` is kept. */
export async function runTrap(shell: Shell, name: string, status = shell.status): Promise<void> {
  const action = shell.traps.get(name);
  if (!action) return;
  if (name === 'EXIT') shell.traps.delete(name);
  shell.status = status;
  await runScript(shell, action);
  shell.status = status;
}

/** Runs the traps of signals that came in meanwhile. */
export async function runPendingTraps(shell: Shell): Promise<void> {
  for (let name = shell.pendingTraps.shift(); name !== undefined; name = shell.pendingTraps.shift()) await runTrap(shell, name);
}

/** Sets (text), ignores (empty text) or resets (undefined) what a signal does. */
export function setTrap(shell: Shell, name: string, action: string | undefined): void {
  if (action === undefined) shell.traps.delete(name);
  else shell.traps.set(name, action);
  if (!(name in SIGNALS)) return;
  const signal = name as SignalName;
  if (action === undefined) shell.process.on(signal, shell.interactive && signal !== 'SIGHUP' ? 'ignore' : undefined);
  else if (action === '') shell.process.on(signal, 'ignore');
  else
    shell.process.on(signal, () => {
      shell.pendingTraps.push(name);
      for (const wake of shell.wakers.splice(0)) wake();
    });
}
