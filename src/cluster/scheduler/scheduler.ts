import type { ApiClient } from '../../api/client/api-client.ts';
import type { RunningInformers } from '../../api/client/create-informers.ts';
import type { EventRecorder } from '../../api/client/event-recorder.ts';
import { Bindings, Pods } from '../../api/kinds/resource-types.ts';
import { isStatusError } from '../../api/machinery/status-error.ts';
import { type Clock, isoTime } from '../../clock/index.ts';
import type { Pod } from '../controllers/objects.ts';
import { podCondition } from '../controllers/workload/pod-state.ts';
import type { ClusterCache } from './cluster-cache.ts';
import { misfitMessage } from './misfit-message.ts';
import { type NodeInfo, type PodInfo, podInfo } from './node-info.ts';
import type { Happening } from './plugin.ts';
import { priorityOf, type SchedulerPlugin } from './plugin.ts';
import { findPreemption, type Preemption } from './preemption.ts';
import { type Fit, type Misfit, type Search, schedulePod } from './schedule-pod.ts';
import type { SchedulingQueue } from './scheduling-queue.ts';

export interface SchedulerParts {
  readonly api: ApiClient;
  readonly clock: Clock;
  readonly informers: RunningInformers;
  readonly recorder: EventRecorder;
  readonly cache: ClusterCache;
  readonly plugins: readonly SchedulerPlugin[];
  readonly name: string;
}

const NO_CLAIMS = 'no new claims to deallocate';

/** Places one pod after another; bindings that must wait for volumes go on beside. */
export class Scheduler {
  #parts: SchedulerParts;
  #queue: SchedulingQueue;
  #search: Search;
  #nominated = new Map<string, Map<string, PodInfo>>();
  #running = false;
  #stopped = false;

  constructor(parts: SchedulerParts, queue: SchedulingQueue) {
    this.#parts = parts;
    this.#queue = queue;
    const random = parts.clock.random.fork(`scheduler/${parts.name}`);
    this.#search = { plugins: parts.plugins, random, cursor: { next: 0 }, nominated: (node) => this.#withNominated(node) };
  }

  wake(): void {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    void this.#drain();
  }

  stop(): void {
    this.#stopped = true;
  }

  forget(pod: Pod): void {
    for (const pods of this.#nominated.values()) pods.delete(pod.metadata.uid ?? '');
  }

  #current: PodInfo | undefined;

  async #drain(): Promise<void> {
    await this.#parts.informers.whenSynced();
    for (let pod = this.#queue.take(); pod && !this.#stopped; pod = this.#queue.take()) await this.#attempt(pod);
    this.#running = false;
  }

  async #attempt(pod: Pod): Promise<void> {
    const { cache, informers } = this.#parts;
    const info = podInfo(pod);
    this.#current = info;
    try {
      const outcome = schedulePod(info, cache.snapshot(informers), this.#search);
      if ('node' in outcome) await this.#place(info, outcome);
      else await this.#refuse(info, outcome);
    } catch (error) {
      await this.#fail(pod, 'SchedulerError', error instanceof Error ? error.message : String(error), undefined, 'back-off');
    }
  }

  async #place(info: PodInfo, { node, cycles }: Fit): Promise<void> {
    const { api, cache, clock } = this.#parts;
    cache.place(info, node.name);
    this.forget(info.pod);
    const waits = cycles.flatMap(({ cycle }) => (cycle.beforeBinding ? [cycle.beforeBinding(node, { api, clock })] : []));
    const binding = this.#bind(info, node, waits);
    if (waits.length === 0) await binding;
  }

  async #bind({ pod }: PodInfo, node: NodeInfo, waits: readonly Promise<void>[]): Promise<void> {
    const { api, cache, recorder } = this.#parts;
    const { namespace = '', name = '', uid = '' } = pod.metadata;
    try {
      await Promise.all(waits);
      const target = { apiVersion: 'v1', kind: 'Node', name: node.name };
      const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { namespace, name, uid }, target } as const;
      await api.create({ ...Bindings, resource: 'pods' }, binding, { subresource: 'binding' });
      this.#queue.remove(pod);
      const message = `Successfully assigned ${namespace}/${name} to ${node.name}`;
      recorder.event(pod, 'Normal', 'Scheduled', message, { action: 'Binding' });
    } catch (error) {
      cache.removePod(pod);
      if (isStatusError(error, 'NotFound')) this.#queue.remove(pod);
      else await this.#fail(pod, 'SchedulerError', error instanceof Error ? error.message : String(error), undefined, 'back-off');
    }
  }

  async #refuse(info: PodInfo, misfit: Misfit): Promise<void> {
    const { cache, informers, plugins } = this.#parts;
    if (misfit.nodeCount === 0) return this.#fail(info.pod, 'Unschedulable', misfitMessage(misfit, ''), undefined, waitsFor(misfit, plugins));
    const preemption = misfit.everywhere ? 'not found' : findPreemption(info, misfit, cache.snapshot(informers), plugins);
    if (typeof preemption === 'string') {
      const afterwards = misfit.everywhere ? preemption : `${NO_CLAIMS}, ${preemption}`;
      this.forget(info.pod);
      return this.#fail(info.pod, 'Unschedulable', misfitMessage(misfit, afterwards), '', waitsFor(misfit, plugins));
    }
    this.forget(info.pod);
    this.#nominate(info, preemption.node);
    await this.#push(info.pod, preemption);
    await this.#fail(info.pod, 'Unschedulable', misfitMessage(misfit, ''), preemption.node, new Set<Happening>(['pod-gone', 'node']));
  }

  #nominate(info: PodInfo, node: string): void {
    this.#nominated.set(node, (this.#nominated.get(node) ?? new Map<string, PodInfo>()).set(info.pod.metadata.uid ?? '', info));
  }

  /** The node as it will be when the nominated pods at least as important as this one have come. */
  #withNominated(node: NodeInfo): NodeInfo | undefined {
    const expected = this.#nominated.get(node.name);
    const current = this.#current;
    if (!expected?.size || !current) return undefined;
    const others = [...expected.values()].filter(
      ({ pod }) => pod.metadata.uid !== current.pod.metadata.uid && priorityOf(pod) >= priorityOf(current.pod),
    );
    if (others.length === 0) return undefined;
    const copy = node.copy();
    for (const other of others) copy.add(other);
    return copy;
  }

  async #push(pod: Pod, { node, victims }: Preemption): Promise<void> {
    const { api, clock, recorder, name } = this.#parts;
    for (const victim of victims) {
      const { namespace = '', name: victimName = '' } = victim.metadata;
      if (victim.metadata.deletionTimestamp) continue;
      const condition = {
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'PreemptionByScheduler',
        message: `${name}: preempting to accommodate a higher priority pod`,
        lastTransitionTime: isoTime(clock.now()),
      };
      await gone(api.patch(Pods, namespace, victimName, 'strategic', { status: { conditions: [condition] } }, { subresource: 'status' }));
      await gone(api.delete(Pods, namespace, victimName));
      recorder.event(victim, 'Normal', 'Preempted', `Preempted by pod ${pod.metadata.uid ?? ''} on node ${node}`, { action: 'Preempting' });
    }
  }

  /** Says on the pod and in an event why it was not placed, and lets it wait. */
  async #fail(
    pod: Pod,
    reason: string,
    message: string,
    nominatedNode: string | undefined,
    wait: ReadonlySet<Happening> | 'back-off',
  ): Promise<void> {
    const { api, clock, recorder } = this.#parts;
    const { namespace = '', name = '' } = pod.metadata;
    recorder.event(pod, 'Warning', 'FailedScheduling', message, { action: 'Scheduling' });
    this.#queue.park(pod, wait);
    const old = podCondition(pod, 'PodScheduled');
    const nomination = nominatedNode !== undefined && nominatedNode !== (pod.status?.nominatedNodeName ?? '');
    if (old?.status === 'False' && old.reason === reason && old.message === message && !nomination) return;
    const since = old?.status === 'False' ? (old.lastTransitionTime ?? null) : isoTime(clock.now());
    const generation = pod.metadata.generation ? { observedGeneration: pod.metadata.generation } : {};
    const condition = { type: 'PodScheduled', status: 'False', reason, message, lastProbeTime: null, lastTransitionTime: since, ...generation };
    const status = { conditions: [condition], ...(nomination ? { nominatedNodeName: nominatedNode || null } : {}) };
    await gone(api.patch(Pods, namespace, name, 'strategic', { metadata: { uid: pod.metadata.uid }, status }, { subresource: 'status' }));
  }
}

function waitsFor({ everywhere, byNode, nodeCount }: Misfit, plugins: readonly SchedulerPlugin[]): ReadonlySet<Happening> {
  if (nodeCount === 0) return new Set<Happening>(['node']);
  const names = new Set([...(everywhere ? [everywhere.plugin] : []), ...[...byNode.values()].map(({ plugin }) => plugin)]);
  return new Set(plugins.filter(({ name }) => names.has(name)).flatMap(({ helpedBy }) => helpedBy));
}

/** Pods that went away meanwhile need no more of us. */
async function gone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isStatusError(error)) throw error;
  }
}
