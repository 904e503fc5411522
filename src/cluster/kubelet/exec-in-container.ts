import { ExecError, type Process, type SpawnOptions } from '../../machine/index.ts';
import { createBuffer } from '../../machine/pipe.ts';
import type { ContainerRun } from './container-run.ts';

export type ExecOptions = Pick<SpawnOptions, 'stdin' | 'stdout' | 'stderr' | 'tty'>;

/** The command cannot be run in the container; message as the runtime's, exit code as `kubectl exec` gives it. */
export class ExecFailure extends Error {
  override readonly name = 'ExecFailure';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Starts a process beside the container's first one, as its user and with its environment. */
export function execIn(run: ContainerRun, command: readonly string[], options: ExecOptions = {}): Process {
  const { env, cwd } = run.plan;
  const { credentials } = run.process;
  const withTerm = options.tty ? new Map([...env, ['TERM', 'xterm'] as const]) : env;
  try {
    return run.machine.processes.start({ argv: command, env: withTerm, cwd, credentials, ...options });
  } catch (error) {
    if (!(error instanceof ExecError)) throw error;
    throw new ExecFailure(
      error.code,
      `OCI runtime exec failed: exec failed: unable to start container process: ${execError(command[0] ?? '', error.code)}`,
    );
  }
}

function execError(name: string, code: number): string {
  if (code === 126) return `exec: "${name}": permission denied`;
  return name.includes('/') ? `exec: "${name}": stat ${name}: no such file or directory` : `exec: "${name}": executable file not found in $PATH`;
}

export interface Captured {
  readonly code: number;
  readonly output: string;
}

/** Runs a command to its end within `timeout` ms; undefined when it took longer. */
export async function capture(run: ContainerRun, command: readonly string[], timeout: number): Promise<Captured | undefined> {
  const buffer = createBuffer();
  const process = execIn(run, command, { stdout: buffer, stderr: buffer });
  let late = false;
  const timer = run.machine.clock.after(timeout, () => {
    late = true;
    run.machine.processes.kill(process.pid, 'SIGKILL');
  });
  const status = await process.exited;
  timer.cancel();
  return late ? undefined : { code: status.signal ? 137 : status.code, output: buffer.text() };
}
