import { createApiClient } from '../api/client/create-api-client.ts';
import { createEventRecorder } from '../api/client/event-recorder.ts';
import type { Informers } from '../api/client/informer.ts';
import type { Transport } from '../api/client/transport.ts';
import { Nodes } from '../api/kinds/resource-types.ts';
import type { Pod } from '../api/schema/generated/types.ts';
import type { VirtualClock } from '../clock/index.ts';
import { createMachine } from '../machine/create-machine.ts';
import type { Files, Machine, Programs } from '../machine/index.ts';
import type { CreateTerminal, Flavour, NodeSpec } from './cluster-contract.ts';
import { ADDRESSES, nodeAddress, nodePodCidr } from './flavours.ts';
import type { ImageTrees } from './images/image-tree.ts';
import type { ImageRegistry } from './images/registry.ts';
import { Kubelet } from './kubelet/kubelet.ts';
import { KERNEL, OS_IMAGE } from './kubelet/node-object.ts';
import type { Pace, PodHost } from './kubelet/pod-host.ts';
import { AddressPool } from './network/address-pool.ts';
import type { Network } from './network/network.ts';
import { WorldPort } from './network/port.ts';

/** What all nodes of a cluster share. */
export interface NodeSurroundings {
  readonly clock: VirtualClock;
  readonly flavour: Flavour;
  readonly programs: Programs;
  readonly informers: Informers;
  readonly network: Network;
  readonly registry: ImageRegistry;
  readonly trees: ImageTrees;
  readonly sharedFiles: Files;
  readonly transport: (user: { name: string; groups: readonly string[] }) => Transport;
  readonly pace: () => Pace;
  /** Whether the CNI plugin runs on a node. */
  readonly cniReady: (node: string) => boolean;
  readonly facilities: ReadonlyMap<string, unknown>;
  readonly createTerminal: CreateTerminal | undefined;
  readonly token: (pod: Pod, audience: string | undefined, expirationSeconds: number) => string;
}

export interface NodeAgent {
  readonly name: string;
  readonly machine: Machine;
  readonly kubelet: Kubelet;
}

/** Builds a node: its machine, plugged in, and its kubelet, not yet started. */
export function createNode(spec: NodeSpec, index: number, world: NodeSurroundings): NodeAgent {
  const address = nodeAddress(index);
  const namespace = world.network.join({ kind: 'node', name: spec.name, node: spec.name }, [address]);
  const port = new WorldPort(world.network, namespace, spec.name);
  const hardware = { cpus: spec.cpus ?? 4, memory: (spec.memoryGi ?? 8) * 2 ** 30, kernel: KERNEL, os: OS_IMAGE, architecture: 'amd64' } as const;
  const machine = createMachine({ hostname: spec.name, clock: world.clock, network: () => port, hardware, programs: world.programs, firstPid: 700 });
  port.readFrom(machine.files);
  writeNetworkFiles(machine.files, spec.name, world.flavour.nodes);
  const host = podHost(spec, index, { world, machine, port, address });
  const kubelet = new Kubelet({
    host,
    kubeadm: world.flavour.kind === 'kubeadm',
    facts: () => ({
      name: spec.name,
      address,
      role: spec.role,
      labels: spec.labels ?? {},
      hardware,
      version: world.flavour.kubernetesVersion,
      networkReady: world.cniReady(spec.name),
      images: [...host.presentImages].map((name) => ({ names: [name], sizeBytes: sizeOf(world.registry, name) })),
    }),
  });
  machine.facilities.set('kubelet', kubelet);
  return { name: spec.name, machine, kubelet };
}

interface Place {
  readonly world: NodeSurroundings;
  readonly machine: Machine;
  readonly port: WorldPort;
  readonly address: string;
}

function podHost(spec: NodeSpec, index: number, { world, machine, port, address }: Place): PodHost {
  const { clock } = world;
  const transport = world.transport({ name: `system:node:${spec.name}`, groups: ['system:nodes', 'system:masters', 'system:authenticated'] });
  const api = createApiClient(transport, { userAgent: `kubelet/${world.flavour.kubernetesVersion} (linux/amd64) kubernetes/1aec2b4` });
  let pool: AddressPool | undefined;
  return {
    nodeName: spec.name,
    nodeAddress: address,
    clock,
    random: clock.random.fork(`kubelet/${spec.name}`),
    api,
    informers: world.informers,
    recorder: createEventRecorder({ api, clock, component: 'kubelet', host: spec.name }),
    network: world.network,
    registry: world.registry,
    trees: world.trees,
    machine,
    port,
    sharedFiles: world.sharedFiles,
    addresses: () => {
      if (!pool && world.cniReady(spec.name))
        pool = new AddressPool(world.informers.for(Nodes).get('', spec.name)?.spec?.podCIDR ?? nodePodCidr(index));
      return pool;
    },
    presentImages: new Set(),
    get pace() {
      return world.pace();
    },
    clusterDns: ADDRESSES.dns,
    clusterDomain: 'cluster.local',
    facilities: world.facilities,
    createTerminal: world.createTerminal,
    token: world.token,
  };
}

function sizeOf(registry: ImageRegistry, name: string): number {
  const image = registry.pull(name.replace(/^docker\.io\/(?:library\/)?/, ''));
  return 'error' in image ? 0 : image.size;
}

/** /etc/hosts naming the cluster's machines, and the name server of their network. */
export function writeNetworkFiles(files: Files, hostname: string, nodes: readonly NodeSpec[]): void {
  const others = nodes.map(({ name }, index) => `${nodeAddress(index)}\t${name}\n`).join('');
  files.write('/etc/hosts', `127.0.0.1\tlocalhost\n127.0.1.1\t${hostname}\n${others}`);
  files.write('/etc/resolv.conf', `nameserver ${ADDRESSES.gateway}\n`);
}
