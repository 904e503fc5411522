import type { Clock } from '../../clock/index.ts';
import { createMachine } from '../../machine/create-machine.ts';
import type { Machine } from '../../machine/index.ts';
import { basePrograms } from '../../terminal/programs.ts';
import type { Neighbours } from '../../terminal/remote/index.ts';

/** The host on which an exam begins: no kubectl, no tools; `ssh` reaches the task's host. */
export function createBase(clock: Clock, hosts: readonly string[], lookUp: (host: string) => Promise<Machine | undefined>): Machine {
  const base = createMachine({ hostname: 'base', clock, programs: basePrograms });
  const user = base.users.add({ name: 'candidate', uid: 1000, groups: ['sudo'], shell: '/bin/bash' });
  base.files.mkdir(user.home, { recursive: true, owner: user });
  base.files.write(`${user.home}/.bashrc`, "export PS1='\\u@\\h:\\w\\$ '\n", { owner: user });
  const neighbours: Neighbours = {
    keys: () => hosts,
    async get(host) {
      const machine = await lookUp(host);
      return machine && { machine, user: 'candidate' };
    },
  };
  base.facilities.set('ssh', neighbours);
  return base;
}
