import { VirtualClock } from '../../../src/clock/index.ts';
import { createControlPlane } from '../../../src/cluster/control-plane.ts';
import { createBuffer, createMachine, emptySource, sourceOf } from '../../../src/machine/index.ts';
import { transportFacility } from '../../../src/terminal/kubectl/client/connect.ts';
import { createKubectl } from '../../../src/terminal/kubectl/kubectl.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A machine with kubectl and a bare control plane behind it. */
export function createWorld() {
  const clock = new VirtualClock({ seed: 1, start: Date.parse('2026-01-02T03:04:05Z') });
  const plane = createControlPlane({ clock });
  const machine = createMachine({ hostname: 'base', clock });
  machine.facilities.set(transportFacility, plane.admin());
  const program = createKubectl();
  const run = async (argv: readonly string[], input = ''): Promise<Ran> => {
    const [stdout, stderr] = [createBuffer(), createBuffer()];
    const credentials = machine.users.find('root');
    if (!credentials) throw new Error('no root');
    const process = machine.processes.start({
      program,
      argv: ['kubectl', ...argv],
      env: new Map([['HOME', '/root']]),
      cwd: '/root',
      credentials,
      stdin: input ? sourceOf(input) : emptySource,
      stdout,
      stderr,
    });
    const { code } = await process.exited;
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  };
  return { clock, plane, machine, run };
}
