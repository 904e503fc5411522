import type { Machine } from '../../machine/index.ts';
import { createBuffer, sourceOf } from '../../machine/pipe.ts';
import type { Sink } from '../../machine/streams.ts';
import { loginEnvironment } from '../../terminal/remote/neighbours.ts';

export interface ScriptOptions {
  readonly user: string;
  readonly args?: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdout?: Sink;
  readonly stderr?: Sink;
}

export interface ScriptResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs shell text on a machine as someone's login would, without a terminal. The caller moves the time. */
export async function runScript(machine: Machine, text: string, options: ScriptOptions): Promise<ScriptResult> {
  const stdout = createBuffer();
  const stderr = createBuffer();
  const credentials = machine.users.find(options.user);
  if (!credentials) throw new Error(`${machine.hostname} has no user ${options.user}`);
  const process = machine.processes.start({
    argv: ['bash', '-c', text, 'bash', ...(options.args ?? [])],
    credentials,
    env: loginEnvironment(credentials, '/bin/bash', { TERM: 'xterm-256color', ...options.env }),
    cwd: options.cwd ?? credentials.home,
    stdin: sourceOf(options.stdin ?? ''),
    stdout: options.stdout ?? stdout,
    stderr: options.stderr ?? stderr,
  });
  const { code } = await process.exited;
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}
