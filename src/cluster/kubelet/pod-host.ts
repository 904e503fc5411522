import type { ApiClient } from '../../api/client/api-client.ts';
import type { EventRecorder } from '../../api/client/event-recorder.ts';
import type { Informers } from '../../api/client/informer.ts';
import type { Pod } from '../../api/schema/generated/types.ts';
import type { Clock, Random } from '../../clock/index.ts';
import type { Files, Machine } from '../../machine/index.ts';
import type { CreateTerminal } from '../cluster-contract.ts';
import type { ImageTrees } from '../images/image-tree.ts';
import type { ImageRegistry } from '../images/registry.ts';
import type { AddressPool } from '../network/address-pool.ts';
import type { Network } from '../network/network.ts';
import type { WorldPort } from '../network/port.ts';

/** How long a node takes for things, in ms. */
export interface Pace {
  readonly sandbox: number;
  readonly start: number;
  readonly pull: (bytes: number) => number;
  /** Containers are ended at once, without their grace period. */
  readonly abrupt: boolean;
}

/** All that a pod finds on the node it runs on. */
export interface PodHost {
  readonly nodeName: string;
  readonly nodeAddress: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly api: ApiClient;
  readonly informers: Informers;
  readonly recorder: EventRecorder;
  readonly network: Network;
  readonly registry: ImageRegistry;
  readonly trees: ImageTrees;
  readonly machine: Machine;
  readonly port: WorldPort;
  readonly sharedFiles: Files;
  /** Undefined until the node has a pod CIDR and the CNI plugin is there. */
  readonly addresses: () => AddressPool | undefined;
  readonly presentImages: Set<string>;
  readonly pace: Pace;
  readonly clusterDns: string;
  readonly clusterDomain: string;
  readonly facilities: ReadonlyMap<string, unknown>;
  readonly createTerminal: CreateTerminal | undefined;
  readonly token: (pod: Pod, audience: string | undefined, expirationSeconds: number) => string;
}
