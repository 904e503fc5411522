import { Nodes } from '../../api/kinds/resource-types.ts';
import type { Pod, PodSpec } from '../../api/schema/generated/types.ts';
import type { PodHost } from './pod-host.ts';
import { isOver } from './pod-status.ts';
import type { PodWorker } from './pod-worker.ts';
import { amountOf } from './resource-field.ts';

export interface Refusal {
  readonly reason: string;
  readonly message: string;
}

/** Whether a node takes a pod that was bound to it; the scheduler normally has seen to that, spec.nodeName goes past it. */
export function admit(pod: Pod, others: readonly PodWorker[], host: PodHost): Refusal | undefined {
  const node = host.informers.for(Nodes).get('', host.nodeName);
  const active = others.map((w) => w.pod).filter((p) => !isOver(p.status?.phase));
  const labels = node?.metadata.labels ?? {};
  const wrongLabel = Object.entries(pod.spec?.nodeSelector ?? {}).some(([key, value]) => labels[key] !== value);
  if (node && wrongLabel)
    return { reason: 'NodeAffinity', message: "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector" };
  const ports = portsOf(pod);
  if (ports.size > 0 && active.some((p) => [...portsOf(p)].some((port) => ports.has(port)))) {
    return { reason: 'NodePorts', message: "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports" };
  }
  for (const resource of ['cpu', 'memory']) {
    const capacity = node?.status?.allocatable?.[resource];
    if (capacity === undefined) continue;
    const wanted = requested(pod, resource);
    if (wanted === 0) continue;
    const used = active.reduce((sum, p) => sum + requested(p, resource), 0);
    if (used + wanted > amountOf(capacity)) {
      const unit = (amount: number) => (resource === 'cpu' ? Math.round(amount * 1000) : Math.round(amount));
      const figures = `requested: ${unit(wanted)}, used: ${unit(used)}, capacity: ${unit(amountOf(capacity))}`;
      return { reason: `OutOf${resource}`, message: `Node didn't have enough resource: ${resource}, ${figures}` };
    }
  }
  return undefined;
}

function portsOf(pod: Pod): Set<string> {
  const ports = (pod.spec?.containers ?? []).flatMap((c) => c.ports ?? []);
  return new Set(ports.flatMap((p) => (p.hostPort ? [`${p.protocol ?? 'TCP'}:${p.hostPort}`] : [])));
}

const known = new WeakMap<PodSpec, Map<string, number>>();

/** What a pod asks of a resource: its containers together, or its hungriest init container. */
export function requested({ spec }: Pod, resource: string): number {
  if (!spec) return 0;
  const amounts = known.get(spec) ?? new Map<string, number>();
  known.set(spec, amounts);
  const amount = amounts.get(resource) ?? requestedBy(spec, resource);
  amounts.set(resource, amount);
  return amount;
}

function requestedBy(spec: PodSpec, resource: string): number {
  const of = (c: { resources?: { requests?: Readonly<Record<string, string>> } }) => amountOf(c.resources?.requests?.[resource]);
  const main = (spec.containers ?? []).reduce((sum, c) => sum + of(c), 0);
  const init = spec.initContainers ?? [];
  const sidecars = init.filter((c) => c.restartPolicy === 'Always').reduce((sum, c) => sum + of(c), 0);
  const once = Math.max(0, ...init.filter((c) => c.restartPolicy !== 'Always').map(of));
  return Math.max(main + sidecars, once + sidecars) + amountOf(spec.overhead?.[resource]);
}
