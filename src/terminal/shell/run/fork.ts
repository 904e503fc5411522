import { ForkError, type Process, type Sink, type Source } from '../../../machine/index.ts';
import { Shell } from '../shell.ts';
import { Leave, LoopJump, Return, ShellFailure } from '../signals-of-flow.ts';
import { runTrap } from './traps.ts';

export interface ForkOptions {
  readonly stdin?: Source;
  readonly stdout?: Sink;
  readonly pgid?: number | 'new';
  /** A command substitution does not stop at failures. */
  readonly tolerant?: boolean;
}

/** A copy of the shell as a process of its own, running `body`. */
export async function fork(shell: Shell, body: (sub: Shell) => Promise<number>, options: ForkOptions = {}): Promise<Process> {
  return retrying(shell, () => {
    let sub: Shell | undefined;
    const child = shell.process.spawn({
      program: { name: 'bash', run: () => (sub ? live(sub, body) : 1) },
      argv: shell.process.argv,
      env: shell.variables.environment(),
      ...stdio(shell, options),
      ...(options.pgid === undefined ? {} : { pgid: options.pgid }),
    });
    sub = copyFor(child, shell, options);
    return child;
  });
}

function copyFor(child: Process, shell: Shell, { tolerant }: ForkOptions): Shell {
  const sub = new Shell(child, shell);
  for (const [name, compute] of shell.variables.computed) sub.variables.computed.set(name, compute);
  // `$$` stays the main shell's.
  const main = shell.variables.get('$') ?? String(shell.process.pid);
  sub.variables.computed.set('$', () => main);
  const depth = Number(shell.variables.get('BASH_SUBSHELL') ?? 0) + 1;
  sub.variables.computed.set('BASH_SUBSHELL', () => String(depth));
  sub.variables.computed.set('BASHPID', () => String(child.pid));
  if (tolerant && !shell.posix && !shell.shopts.has('inherit_errexit')) sub.options.delete('errexit');
  return sub;
}

export function stdio(shell: Shell, options: ForkOptions = {}): { stdin: Source; stdout: Sink; stderr: Sink } {
  return {
    stdin: options.stdin ?? shell.fds.get(0)?.source ?? { read: async () => null, close: () => undefined },
    stdout: options.stdout ?? shell.fds.get(1)?.sink ?? closedSink,
    stderr: shell.fds.get(2)?.sink ?? closedSink,
  };
}

const closedSink: Sink = { write: async () => undefined, end: () => undefined };

const WAITS = [1_000, 2_000, 4_000, 8_000];

/** As bash does when the kernel has no room for another process: waits longer and longer, then gives up. */
export async function retrying<T>(shell: Shell, attempt: () => T): Promise<T> {
  for (const wait of WAITS) {
    try {
      return attempt();
    } catch (error) {
      if (!(error instanceof ForkError)) throw error;
      await shell.complain('fork: retry: Resource temporarily unavailable');
      await shell.process.sleep(wait);
    }
  }
  try {
    return attempt();
  } catch (error) {
    if (error instanceof ForkError) throw new ShellFailure('fork: Resource temporarily unavailable', { code: 254, fatal: true });
    throw error;
  }
}

/** Runs a whole shell to its end, with what must happen there. */
export async function live(shell: Shell, body: (shell: Shell) => Promise<number>): Promise<number> {
  let code = await ending(shell, () => body(shell));
  const trapped = await ending(shell, async () => {
    await runTrap(shell, 'EXIT', code);
    return code;
  });
  code = trapped;
  return code;
}

async function ending(shell: Shell, act: () => Promise<number>): Promise<number> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Leave || error instanceof Return) return error.code;
    if (error instanceof LoopJump) return shell.status;
    if (!(error instanceof ShellFailure)) throw error;
    await shell.complain(error.message);
    return shell.isSubshell && error.code === 127 ? 1 : error.code;
  }
}
