import { Leases, Nodes, Pods } from '../../../api/kinds/resource-types.ts';
import { deepEqual } from '../../../api/machinery/deep-equal.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { NodeCondition, Taint } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import { type ControllerContext, type ControllerDefinition, defineController, watch } from '../define-controller.ts';
import type { Node, Pod } from '../objects.ts';
import { podCondition } from '../workload/pod-state.ts';
import { podsOnNode } from './pods-on-node.ts';

const GRACE_MS = 50_000;
const STARTUP_GRACE_MS = 60_000;
const OBSERVED = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** Taints that follow from a condition's status, by type and status. */
const BY_CONDITION: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: 'node.kubernetes.io/not-ready', Unknown: 'node.kubernetes.io/unreachable' },
  MemoryPressure: { True: 'node.kubernetes.io/memory-pressure' },
  DiskPressure: { True: 'node.kubernetes.io/disk-pressure' },
  NetworkUnavailable: { True: 'node.kubernetes.io/network-unavailable' },
  PIDPressure: { True: 'node.kubernetes.io/pid-pressure' },
};
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';
const READY_KEYS = new Set(Object.values(BY_CONDITION.Ready ?? {}));
const MANAGED = new Set([...Object.values(BY_CONDITION).flatMap((byStatus) => Object.values(byStatus)), UNSCHEDULABLE]);

/** Marks nodes whose kubelet has fallen silent, and keeps taints in step with conditions. */
export function nodeLifecycle(): ControllerDefinition {
  const known = new Set<string>();
  return defineController({
    name: 'node-lifecycle-controller',
    serviceAccount: 'node-controller',
    eventSource: 'node-controller',
    watches: [
      watch(Nodes, ({ metadata }) => [metadata.name ?? '']),
      watch(Leases, ({ metadata }, old) => (old || metadata.namespace !== 'kube-node-lease' ? [] : [metadata.name ?? ''])),
    ],
    reconcile: (name, context) => reconcile(name, context, known),
  });
}

async function reconcile(name: string, context: ControllerContext, known: Set<string>): Promise<void> {
  const { informers, event, clock } = context;
  const node = informers.for(Nodes).get('', name);
  if (!node) {
    known.delete(name);
    return;
  }
  if (!known.has(name)) {
    known.add(name);
    event(node, 'Normal', 'RegisteredNode', `Node ${name} event: Registered Node ${name} in Controller`);
  }
  const silentAt = lastSign(node, context) + (readyOf(node) ? GRACE_MS : STARTUP_GRACE_MS);
  const isSilent = clock.now() >= silentAt;
  const current = isSilent ? await markUnknown(context, node) : node;
  if (!isSilent) context.requeueAfter(name, silentAt - clock.now(), { background: true });
  await taint(context, current);
  if (readyOf(current)?.status !== 'True') await markPodsNotReady(context, name);
}

const readyOf = ({ status }: Node): NodeCondition | undefined => status?.conditions?.find(({ type }) => type === 'Ready');

/** When the kubelet was last heard of. */
function lastSign(node: Node, { informers }: ControllerContext): number {
  const lease = informers.for(Leases).get('kube-node-lease', node.metadata.name ?? '');
  const signs = [lease?.spec?.renewTime, readyOf(node)?.lastHeartbeatTime, node.metadata.creationTimestamp];
  return Math.max(...signs.map((time) => (time ? Date.parse(time) : 0)));
}

async function markUnknown({ api, clock, event }: ControllerContext, node: Node): Promise<Node> {
  const now = isoTime(clock.now());
  const conditions = [...(node.status?.conditions ?? [])];
  for (const type of OBSERVED) {
    const at = conditions.findIndex((condition) => condition.type === type);
    const old = conditions[at];
    if (old?.status === 'Unknown') continue;
    if (old) {
      const change = { status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.', lastTransitionTime: now };
      conditions[at] = { ...old, ...change };
    } else {
      const message = 'Kubelet never posted node status.';
      const times = { lastHeartbeatTime: node.metadata.creationTimestamp ?? now, lastTransitionTime: now };
      conditions.push({ type, status: 'Unknown', reason: 'NodeStatusNeverUpdated', message, ...times });
    }
  }
  if (deepEqual(conditions, node.status?.conditions ?? [])) return node;
  if (readyOf(node)?.status === 'True') event(node, 'Normal', 'NodeNotReady', `Node ${node.metadata.name ?? ''} status is now: NodeNotReady`);
  return api.updateStatus(Nodes, { ...node, status: { ...node.status, conditions } });
}

async function taint({ api, clock }: ControllerContext, node: Node): Promise<void> {
  const taints = node.spec?.taints ?? [];
  const isManaged = ({ key, effect }: Taint) => (effect === 'NoSchedule' && MANAGED.has(key)) || (effect === 'NoExecute' && READY_KEYS.has(key));
  const wanted = wantedTaints(node);
  const kept = taints.filter((old) => !isManaged(old) || wanted.some(({ key, effect }) => key === old.key && effect === old.effect));
  const timeAdded = isoTime(clock.now());
  const added = wanted.filter(({ key, effect }) => !kept.some((old) => old.key === key && old.effect === effect)).map((t) => ({ ...t, timeAdded }));
  if (added.length === 0 && kept.length === taints.length) return;
  await api.update(Nodes, { ...node, spec: { ...node.spec, taints: [...kept, ...added] } });
}

function wantedTaints({ spec, status }: Node): readonly Taint[] {
  const keys = (status?.conditions ?? []).flatMap(({ type, status: value }) => BY_CONDITION[type]?.[value] ?? []);
  const noExecute = keys.filter((key) => READY_KEYS.has(key)).map((key) => ({ key, effect: 'NoExecute' }));
  const all = spec?.unschedulable ? [...keys, UNSCHEDULABLE] : keys;
  return [...all.map((key) => ({ key, effect: 'NoSchedule' })), ...noExecute];
}

async function markPodsNotReady({ api, clock, event, informers }: ControllerContext, name: string): Promise<void> {
  for (const pod of podsOnNode(informers, name)) {
    if (podCondition(pod, 'Ready')?.status !== 'True') continue;
    const now = isoTime(clock.now());
    const conditions = (pod.status?.conditions ?? []).map((c) => (c.type === 'Ready' ? { ...c, status: 'False', lastTransitionTime: now } : c));
    await ignoringGone(api.updateStatus(Pods, { ...pod, status: { ...pod.status, conditions } } satisfies Pod));
    event(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
  }
}

async function ignoringGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}
