import { Nodes, Pods } from '../../api/kinds/resource-types.ts';
import type { Pod } from '../../api/schema/generated/types.ts';
import { Heartbeat } from './heartbeat.ts';
import type { KubeletApi } from './kubelet-api.ts';
import { createKubeletServer } from './kubelet-server.ts';
import type { NodeFacts } from './node-object.ts';
import { admit } from './pod-admission.ts';
import type { PodHost } from './pod-host.ts';
import { isOver } from './pod-status.ts';
import { PodWorker } from './pod-worker.ts';
import { mirrorOf, StaticPods } from './static-pods.ts';

export interface KubeletOptions {
  readonly host: PodHost;
  readonly facts: () => NodeFacts;
  readonly kubeadm: boolean;
}

/** The agent of one node. */
export class Kubelet {
  readonly server: KubeletApi;
  readonly host: PodHost;
  readonly #heartbeat: Heartbeat;
  readonly #workers = new Map<string, PodWorker>();
  readonly #static: StaticPods;
  #running = false;

  constructor({ host, facts, kubeadm }: KubeletOptions) {
    this.host = host;
    this.#heartbeat = new Heartbeat(host, facts, kubeadm);
    this.server = createKubeletServer(this);
    this.#static = new StaticPods(host, { appeared: (pod) => this.#take(pod, pod.metadata.uid ?? ''), disappeared: (pod) => this.#drop(pod) });
  }

  get running(): boolean {
    return this.#running;
  }

  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#static.start();
    this.host.recorder.event(this.#nodeReference(), 'Normal', 'Starting', 'Starting kubelet.');
    await this.#heartbeat.start();
    this.#catchUp();
  }

  /** Pods may have come and gone while nobody looked. */
  #catchUp(): void {
    const { informers, nodeName } = this.host;
    const mine = informers
      .for(Pods)
      .list()
      .filter((pod) => pod.spec?.nodeName === nodeName);
    const present = new Set(mine.map((pod) => pod.metadata.uid));
    for (const worker of [...this.#workers.values()]) {
      const gone = !present.has(worker.pod.metadata.uid) && worker.pod.metadata.annotations?.['kubernetes.io/config.source'] !== 'file';
      if (gone) this.podChanged(undefined, worker.pod);
    }
    for (const pod of mine) this.podChanged(pod, undefined);
  }

  /** Something about the node itself changed. */
  reportNode(): void {
    if (this.#running) void this.#heartbeat.reportNow();
  }

  /** Stops caring: containers run on, nobody reports. */
  stop(): void {
    this.#running = false;
    this.#heartbeat.stop();
    this.#static.stop();
  }

  /** A pod of this node was added, changed or removed. */
  podChanged(now: Pod | undefined, old: Pod | undefined): void {
    if (!this.#running) return;
    const mirrored = mirrorOf(now ?? old);
    if (mirrored !== undefined) {
      this.#mirrorChanged(mirrored, now);
      return;
    }
    const uid = (now ?? old)?.metadata.uid ?? '';
    const worker = this.#workers.get(uid);
    if (!now) {
      worker?.vanish();
      this.#workers.delete(uid);
    } else if (worker) worker.update(now);
    else this.#take(now, uid);
  }

  /** The ConfigMap or Secret `name` changed: pods that show it follow. */
  dataChanged(kind: 'ConfigMap' | 'Secret', namespace: string, name: string): void {
    for (const worker of this.#workers.values()) {
      if (worker.pod.metadata.namespace === namespace && shows(worker.pod, kind, name)) this.#refreshLater(worker);
    }
  }

  worker(namespace: string, name: string): PodWorker | undefined {
    for (const worker of this.#workers.values()) {
      if (worker.pod.metadata.name === name && worker.pod.metadata.namespace === namespace) return worker;
    }
    return undefined;
  }

  workers(): Iterable<PodWorker> {
    return this.#workers.values();
  }

  /** A mirror that someone deletes comes back: the manifest decides. */
  #mirrorChanged(uid: string, now: Pod | undefined): void {
    const worker = this.#workers.get(uid);
    if (!worker) return;
    if (now) worker.changed();
    if (now?.metadata.deletionTimestamp) void this.#static.removeMirror(worker.pod);
    if (!now) void this.#static.createMirror(worker.pod);
  }

  #drop(pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    void this.#workers.get(uid)?.end(pod.spec?.terminationGracePeriodSeconds ?? 30);
    this.#workers.delete(uid);
  }

  #take(pod: Pod, uid: string): void {
    if (isOver(pod.status?.phase) && !pod.metadata.deletionTimestamp) return;
    const worker = new PodWorker(this.host, pod);
    this.#workers.set(uid, worker);
    if (pod.metadata.deletionTimestamp) {
      worker.update(pod);
      return;
    }
    const refusal = admit(
      pod,
      [...this.#workers.values()].filter((w) => w !== worker),
      this.host,
    );
    if (!refusal) {
      worker.start();
      return;
    }
    worker.note(undefined, 'Warning', refusal.reason, refusal.message);
    void worker.fail(refusal.reason, `Pod was rejected: ${refusal.message}`);
  }

  /** The kubelet sees changed data at its next sync of the pod, up to a minute later. */
  #refreshLater(worker: PodWorker): void {
    const { clock, random } = this.host;
    clock.after(20_000 + random.int(40_000), () => worker.refreshVolumes(), { background: true });
  }

  #nodeReference() {
    const { nodeName, informers } = this.host;
    const uid = informers.for(Nodes).get('', nodeName)?.metadata.uid ?? nodeName;
    return { apiVersion: 'v1', kind: 'Node', metadata: { name: nodeName, uid } };
  }
}

function shows(pod: Pod, kind: 'ConfigMap' | 'Secret', name: string): boolean {
  return (pod.spec?.volumes ?? []).some(({ configMap, secret, projected }) =>
    kind === 'ConfigMap'
      ? configMap?.name === name || projected?.sources?.some((s) => s.configMap?.name === name)
      : secret?.secretName === name || projected?.sources?.some((s) => s.secret?.name === name),
  );
}
