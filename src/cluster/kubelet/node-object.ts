import type { Node, NodeCondition } from '../../api/schema/generated/types.ts';
import { type Clock, hash, isoTime, Random } from '../../clock/index.ts';
import type { Hardware } from '../../machine/index.ts';

export interface NodeFacts {
  readonly name: string;
  readonly address: string;
  readonly role: 'control-plane' | 'worker';
  readonly labels: Readonly<Record<string, string>>;
  readonly hardware: Hardware;
  readonly version: string;
  /** The CNI plugin is configured. */
  readonly networkReady: boolean;
  readonly images: readonly { names: readonly string[]; sizeBytes: number }[];
}

const RUNTIME = 'containerd://1.7.28';
export const KERNEL = '6.8.0-51-generic';
export const OS_IMAGE = 'Ubuntu 24.04.3 LTS';

/** The Node as the kubelet registers it; `kubeadm` says what kubeadm adds. */
export function newNode(facts: NodeFacts, clock: Clock, kubeadm: boolean): Node {
  const controlPlane = facts.role === 'control-plane';
  const roleLabels = controlPlane
    ? { 'node-role.kubernetes.io/control-plane': '', ...(kubeadm ? { 'node.kubernetes.io/exclude-from-external-load-balancers': '' } : {}) }
    : {};
  const annotations = {
    'node.alpha.kubernetes.io/ttl': '0',
    'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: facts.name,
      ...(kubeadm ? { annotations } : {}),
      labels: {
        'beta.kubernetes.io/arch': facts.hardware.architecture,
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': facts.hardware.architecture,
        'kubernetes.io/hostname': facts.name,
        'kubernetes.io/os': 'linux',
        ...roleLabels,
        ...facts.labels,
      },
    },
    spec: controlPlane ? { taints: [{ effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane' }] } : {},
    status: nodeStatus(facts, clock, undefined),
  };
}

export function nodeStatus(facts: NodeFacts, clock: Clock, old: Node | undefined): NonNullable<Node['status']> {
  const { cpus, memory } = facts.hardware;
  const kib = Math.floor(memory / 1024);
  const common = { 'hugepages-1Gi': '0', 'hugepages-2Mi': '0', pods: '110' };
  return {
    ...old?.status,
    addresses: [
      { address: facts.address, type: 'InternalIP' },
      { address: facts.name, type: 'Hostname' },
    ],
    allocatable: {
      ...custom(old?.status?.allocatable),
      cpu: String(cpus),
      'ephemeral-storage': '18698430040',
      ...common,
      memory: `${kib - 102_400}Ki`,
    },
    capacity: { ...custom(old?.status?.capacity), cpu: String(cpus), 'ephemeral-storage': '20288868Ki', ...common, memory: `${kib}Ki` },
    conditions: conditions(facts, clock, old),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    ...(facts.images.length > 0 ? { images: facts.images } : {}),
    nodeInfo: info(facts),
    runtimeHandlers: [{ features: { recursiveReadOnlyMounts: true, userNamespaces: true }, name: '' }],
  };
}

/** Extended resources that someone else put there stay. */
const custom = (resources: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(resources).filter(([name]) => name.includes('/')));

function info({ name, hardware, version }: NodeFacts) {
  const ids = new Random(hash(name));
  return {
    architecture: hardware.architecture,
    bootID: ids.uuid(),
    containerRuntimeVersion: RUNTIME,
    kernelVersion: hardware.kernel,
    kubeProxyVersion: '',
    kubeletVersion: version,
    machineID: ids.hex(32),
    operatingSystem: 'linux',
    osImage: hardware.os,
    swap: { capacity: 0 },
    systemUUID: ids.uuid(),
  };
}

function conditions({ networkReady }: NodeFacts, clock: Clock, old: Node | undefined): NodeCondition[] {
  const now = isoTime(clock.now());
  const make = (type: string, status: string, reason: string, message: string): NodeCondition => {
    const before = old?.status?.conditions?.find((c) => c.type === type);
    return {
      lastHeartbeatTime: now,
      lastTransitionTime: before?.status === status && before.lastTransitionTime ? before.lastTransitionTime : now,
      message,
      reason,
      status,
      type,
    };
  };
  const notReady =
    'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';
  const others = (old?.status?.conditions ?? []).filter((c) => !['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].includes(c.type));
  return [
    ...others,
    make('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    make('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    make('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    networkReady ? make('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status') : make('Ready', 'False', 'KubeletNotReady', notReady),
  ];
}
