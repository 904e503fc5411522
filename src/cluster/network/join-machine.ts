import type { Clock } from '../../clock/index.ts';
import { createMachine } from '../../machine/create-machine.ts';
import type { Machine, Programs } from '../../machine/index.ts';
import type { NodeSpec } from '../cluster-contract.ts';
import { writeNetworkFiles } from '../node-agent.ts';
import type { Network } from './network.ts';
import { WorldPort } from './port.ts';

export interface Joining {
  readonly network: Network;
  readonly clock: Clock;
  readonly hostname: string;
  readonly address: string;
  readonly programs: Programs;
  readonly nodes: readonly NodeSpec[];
}

/** A machine on the nodes' network that is no node. */
export function joinMachine({ network, clock, hostname, address, programs, nodes }: Joining): Machine {
  const port = new WorldPort(network, network.join({ kind: 'machine', name: hostname }, [address]), hostname);
  const machine = createMachine({ hostname, clock, network: () => port, programs, firstPid: 900 });
  port.readFrom(machine.files);
  writeNetworkFiles(machine.files, hostname, nodes);
  return machine;
}
