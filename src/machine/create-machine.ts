import type { Clock } from '../clock/index.ts';
import { createFiles } from './files/create-files.ts';
import { procFiles } from './files/proc.ts';
import { skeleton } from './files/skeleton.ts';
import type { Files } from './files.ts';
import type { Hardware, Machine, ProcessTable } from './machine.ts';
import { createJournal } from './memory-journal.ts';
import type { NetworkPort } from './network.ts';
import { createLocalNetwork } from './network-local.ts';
import { SimulatedProcessTable } from './processes/process-table.ts';
import type { Programs } from './program.ts';
import { createUsers } from './users.ts';

export interface MachineOptions {
  readonly hostname: string;
  readonly clock: Clock;
  /** Loopback only where absent. A function is given the machine's files, to read /etc/hosts and /etc/resolv.conf. */
  readonly network?: NetworkPort | ((files: Files) => NetworkPort);
  readonly hardware?: Partial<Hardware>;
  /** Installed as /usr/bin/<name> (or at an absolute path) in a tree that all machines with this very map share. */
  readonly programs?: Programs;
  /** A tree to stand on instead of the usual one; it must not change afterwards. */
  readonly base?: Files;
  readonly processLimit?: number;
  readonly firstPid?: number;
}

const HARDWARE: Hardware = {
  cpus: 2,
  memory: 4 * 1024 ** 3,
  kernel: '6.8.0-63-generic',
  os: 'Ubuntu 24.04.2 LTS',
  architecture: 'amd64',
};

/** A computer that is switched on and runs nothing yet. */
export function createMachine(options: MachineOptions): Machine {
  const { hostname, clock } = options;
  const hardware = { ...HARDWARE, ...options.hardware };
  const files = createFiles({ now: () => clock.now(), lower: options.base ?? skeleton(options.programs, hardware.os) });
  let processes: ProcessTable | undefined;
  const machine: Machine = {
    hostname,
    clock,
    files,
    network: networkOf(options, files),
    get processes() {
      processes ??= new SimulatedProcessTable(machine, { limit: options.processLimit ?? 512, firstPid: options.firstPid ?? 1 });
      return processes;
    },
    users: createUsers(files),
    journal: createJournal(clock),
    hardware,
    facilities: new Map(),
  };
  files.write('/etc/hostname', `${hostname}\n`);
  files.write('/etc/hosts', `127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n`);
  files.mount('/proc', procFiles(machine, clock.now()), { type: 'proc', source: 'proc' });
  return machine;
}

function networkOf({ hostname, network }: MachineOptions, files: Files): NetworkPort {
  if (typeof network === 'function') return network(files);
  return network ?? createLocalNetwork({ hostname, files });
}
