import { VirtualClock } from '../../../src/clock/index.ts';
import { createBuffer, createMachine, type Program, sourceOf } from '../../../src/machine/index.ts';
import { bash, sh, test } from '../../../src/terminal/shell/index.ts';
import { utilities } from './utilities.ts';

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

export const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ...(await utilities()),
  ['bash', bash],
  ['sh', sh],
  ['test', test],
  ['[', test],
]);

export function world() {
  const clock = new VirtualClock({ start: Date.UTC(2026, 5, 1), seed: 1 });
  const machine = createMachine({ hostname: 'box', clock, programs, firstPid: 100 });
  machine.files.mkdir('/work', { mode: 0o777 });
  return { clock, machine };
}

/** Runs `bash -c` in a fresh world; a command that never ends is given up after `limit` virtual milliseconds. */
export async function runBash(script: string, { stdin = '', limit = 60_000 } = {}): Promise<Ran> {
  const { clock, machine } = world();
  const stdout = createBuffer();
  const stderr = createBuffer();
  const process = machine.processes.start({
    argv: ['bash', '-c', script],
    credentials: { uid: 0, gid: 0, groups: [], user: 'root', home: '/root' },
    env: new Map([
      ['PATH', '/usr/bin:/bin'],
      ['HOME', '/root'],
      ['LC_ALL', 'C.UTF-8'],
    ]),
    cwd: '/work',
    stdin: sourceOf(stdin),
    stdout,
    stderr,
  });
  const ended = await clock.runUntil(process.exited, limit);
  return { stdout: stdout.text(), stderr: stderr.text(), code: ended?.value.code ?? -1 };
}
