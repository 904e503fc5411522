import type { ResourceType } from '../../api/client/api-client.ts';
import { createApiClient } from '../../api/client/create-api-client.ts';
import { createInformers, type RunningInformers } from '../../api/client/create-informers.ts';
import { createEventRecorder } from '../../api/client/event-recorder.ts';
import type { Transport } from '../../api/client/transport.ts';
import {
  CSINodes,
  Namespaces,
  Nodes,
  PersistentVolumeClaims,
  PersistentVolumes,
  PodDisruptionBudgets,
  Pods,
  ReplicaSets,
  ReplicationControllers,
  Services,
  StatefulSets,
  StorageClasses,
} from '../../api/kinds/resource-types.ts';
import { deepEqual } from '../../api/machinery/deep-equal.ts';
import type { Clock } from '../../clock/index.ts';
import type { Node, Pod } from '../controllers/objects.ts';
import { isFinished } from '../controllers/workload/pod-state.ts';
import { ClusterCache } from './cluster-cache.ts';
import { plugins } from './plugins/index.ts';
import { Scheduler } from './scheduler.ts';
import { SchedulingQueue } from './scheduling-queue.ts';

export interface SchedulerOptions {
  readonly clock: Clock;
  /** As the user `system:kube-scheduler`. */
  readonly transport: Transport;
  /** Which pods are its business: those whose `spec.schedulerName` is this. */
  readonly name?: string;
  /** Where it runs: the host in `reportingInstance`. */
  readonly host?: string;
}

const USER_AGENT = 'kube-scheduler/v1.36.2 (linux/amd64) kubernetes/1aec2b4/scheduler';
const CACHED: readonly ResourceType[] = [Namespaces, Services, ReplicaSets, ReplicationControllers, StatefulSets, PodDisruptionBudgets, CSINodes];

export function startScheduler({ clock, transport, name = 'default-scheduler', host = 'controlplane' }: SchedulerOptions): { stop(): void } {
  const api = createApiClient(transport, { userAgent: USER_AGENT });
  const informers = createInformers({ api, clock });
  const recorder = createEventRecorder({ api, clock, component: name, host, form: 'series' });
  const cache = new ClusterCache();
  const queue = new SchedulingQueue(clock, () => scheduler.wake());
  const scheduler = new Scheduler({ api, clock, informers, recorder, cache, plugins, name }, queue);
  for (const type of CACHED) informers.for(type);
  listen(informers, { cache, queue, scheduler, name });
  return {
    stop: () => {
      scheduler.stop();
      queue.stop();
      informers.stop();
    },
  };
}

interface Listeners {
  readonly cache: ClusterCache;
  readonly queue: SchedulingQueue;
  readonly scheduler: Scheduler;
  readonly name: string;
}

function listen(informers: RunningInformers, listeners: Listeners): void {
  const { cache, queue } = listeners;
  informers.for(Nodes).onChange((now, old) => {
    if (now) cache.setNode(now);
    else if (old) cache.removeNode(old.metadata.name ?? '');
    if (now && (!old || nodeMatters(now, old))) queue.happened('node');
  });
  informers.for(Pods).onChange((now, old) => takePod(now, old, listeners));
  informers.for(PersistentVolumeClaims).onChange(() => queue.happened('volume'));
  informers.for(PersistentVolumes).onChange(() => queue.happened('volume'));
  informers.for(StorageClasses).onChange(() => queue.happened('volume'));
  informers.for(Namespaces).onChange((now, old) => {
    if (!deepEqual(now?.metadata.labels, old?.metadata.labels)) queue.happened('namespace');
  });
}

const nodeMatters = (now: Node, old: Node) =>
  now.metadata.labels !== old.metadata.labels || now.spec !== old.spec || !deepEqual(now.status?.allocatable, old.status?.allocatable);

function takePod(now: Pod | undefined, old: Pod | undefined, { cache, queue, scheduler, name }: Listeners): void {
  const pod = now ?? old;
  if (!pod) return;
  if (!now || isFinished(now) || now.spec?.nodeName) {
    queue.remove(pod);
    scheduler.forget(pod);
  }
  if (!now || isFinished(now)) {
    cache.removePod(pod);
    if (pod.spec?.nodeName && (!now || !old || !isFinished(old))) queue.happened('pod-gone');
    else if (!now) queue.happened('pod-gone');
    return;
  }
  if (now.spec?.nodeName) {
    cache.setPod(now);
    if (!old?.spec?.nodeName) queue.happened('pod-placed');
    else if (old.metadata.labels !== now.metadata.labels && !deepEqual(old.metadata.labels, now.metadata.labels)) queue.happened('pod-labels');
    return;
  }
  takeUnplaced(now, old, queue, name);
}

function takeUnplaced(now: Pod, old: Pod | undefined, queue: SchedulingQueue, name: string): void {
  if ((now.spec?.schedulerName ?? 'default-scheduler') !== name) return;
  if (now.metadata.deletionTimestamp || now.spec?.schedulingGates?.length) queue.remove(now);
  else if (!old) queue.add(now);
  else queue.update(now, !deepEqual(old.spec, now.spec) || !deepEqual(old.metadata.labels, now.metadata.labels));
}
