import { type Instant, VirtualClock } from '../../clock/index.ts';
import { createCluster } from '../../cluster/cluster.ts';
import type { Cluster, Flavour } from '../../cluster/cluster-contract.ts';
import type { Machine } from '../../machine/index.ts';
import { programs } from '../../terminal/programs.ts';
import { Terminal } from '../../terminal/tty/index.ts';
import { setUpHost } from './host.ts';

export interface WorldOptions {
  readonly seed: number | string;
  readonly flavour: Flavour;
  /** Name of the host on which the candidate works. */
  readonly hostname: string;
  /** The instant at which the world's time begins. */
  readonly start: Instant;
}

/** One cluster with its nodes, and the host from which a candidate works on it. All of it lives by one clock. */
export interface World {
  readonly clock: VirtualClock;
  readonly cluster: Cluster;
  readonly host: Machine;
}

export function createWorld({ seed, flavour, hostname, start }: WorldOptions): World {
  const clock = new VirtualClock({ start, seed });
  const cluster = createCluster({ clock, seed, flavour, programs, createTerminal: (options) => new Terminal(options) });
  const host = cluster.addMachine({ hostname, programs });
  setUpHost(host, cluster);
  return { clock, cluster, host };
}
