import type { ApiClient, ResourceType } from '../../../src/api/client/api-client.ts';
import { createApiClient } from '../../../src/api/client/create-api-client.ts';
import { createInformers } from '../../../src/api/client/create-informers.ts';
import { Events, Nodes, Pods } from '../../../src/api/kinds/resource-types.ts';
import type { KubeObject } from '../../../src/api/machinery/object.ts';
import { isoTime, VirtualClock } from '../../../src/clock/index.ts';
import { createControlPlane } from '../../../src/cluster/control-plane.ts';
import { startControllerManager } from '../../../src/cluster/controllers/manager.ts';
import type { Node } from '../../../src/cluster/controllers/objects.ts';
import type { ControllerSettings } from '../../../src/cluster/controllers/settings.ts';
import { startScheduler } from '../../../src/cluster/scheduler/start-scheduler.ts';

const START = Date.parse('2026-01-05T09:00:00Z');

export interface SmallWorld {
  readonly clock: VirtualClock;
  readonly api: ApiClient;
  readonly log: string[];
  create(object: KubeObject): Promise<KubeObject>;
  items<T extends KubeObject>(type: ResourceType<T>, namespace?: string): Promise<readonly T[]>;
  events(name: string): Promise<string[]>;
  settle(): Promise<boolean>;
}

/** A control plane with controllers, a scheduler, three nodes and a stand-in kubelet that marks bound pods Running at once. */
export async function smallWorld({ nodes = ['controlplane', 'node01', 'node02'], settings = {} as ControllerSettings } = {}): Promise<SmallWorld> {
  const clock = new VirtualClock({ start: START, seed: 1 });
  const plane = createControlPlane({ clock });
  const api = createApiClient(plane.admin());
  const log: string[] = [];
  await clock.drain();
  for (const name of nodes) {
    const { status } = node(name);
    await api.updateStatus(Nodes, { ...(await api.create(Nodes, node(name))), ...(status ? { status } : {}) });
  }
  standInKubelet(plane.admin(), clock);
  startControllerManager({ clock, transport: plane.transport, settings, log: (line) => log.push(line) });
  startScheduler({ clock, transport: plane.transport({ name: 'system:kube-scheduler', groups: ['system:authenticated'] }) });
  await clock.settle({ quiet: 1_000 });
  return {
    clock,
    api,
    log,
    create: (object) => api.create(typeOf(object), object),
    items: async (type, namespace) => (await api.list(type, namespace)).items,
    events: async (name) =>
      (await api.list(Events)).items
        .filter(({ involvedObject }) => involvedObject.name === name)
        .map(({ type = '', reason = '', message = '', count }) => `${type} ${reason} ${message}${count && count > 1 ? ` x${count}` : ''}`),
    settle: () => clock.settle(),
  };
}

function typeOf({ apiVersion, kind, metadata }: KubeObject): ResourceType {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const lower = kind.toLowerCase();
  const resource = /(s|x)$/.test(lower) ? `${lower}es` : lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`;
  return { group: group ?? '', version: version ?? '', resource, kind, namespaced: metadata.namespace !== undefined };
}

function node(name: string): Node {
  const amounts = { cpu: '4', memory: '8Gi', pods: '110', 'ephemeral-storage': '50Gi' };
  const taints = name === 'controlplane' ? { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] } : {};
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: taints,
    status: { capacity: amounts, allocatable: amounts, conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: '2036-01-01T00:00:00Z' }] },
  };
}

function standInKubelet(transport: Parameters<typeof createApiClient>[0], clock: VirtualClock): void {
  const api = createApiClient(transport);
  const pods = createInformers({ api, clock }).for(Pods);
  let address = 1;
  pods.onChange((pod) => {
    if (!pod?.spec?.nodeName) return;
    const { namespace = '', name = '', deletionTimestamp } = pod.metadata;
    if (deletionTimestamp) {
      void clock.sleep(10).then(() => api.delete(Pods, namespace, name, { gracePeriodSeconds: 0 }).catch(() => undefined));
    } else if (pod.status?.phase === 'Pending') {
      const now = isoTime(clock.now());
      const command = pod.spec.containers[0]?.command?.join(' ') ?? '';
      const condition = { lastTransitionTime: now, status: 'True' };
      const status = {
        ...pod.status,
        phase: command.includes('exit 1') ? 'Failed' : command ? 'Succeeded' : 'Running',
        podIP: `10.0.0.${address}`,
        podIPs: [{ ip: `10.0.0.${address++}` }],
        startTime: now,
        conditions: [...(pod.status.conditions ?? []), { type: 'Ready', ...condition, ...(command ? { status: 'False' } : {}) }],
      };
      queueMicrotask(() => void api.updateStatus(Pods, { ...pod, status }).catch(() => undefined));
    }
  });
}
