import { ConnectionError } from '../../api/client/transport.ts';
import { Pods } from '../../api/kinds/resource-types.ts';
import { isStatusError } from '../../api/machinery/status-error.ts';
import type { Container, Pod, PodStatus } from '../../api/schema/generated/types.ts';
import { isoTime } from '../../clock/index.ts';
import type { NetNamespace } from '../network/net-namespace.ts';
import { type MountedVolume, tearDownVolumes } from '../storage/volumes.ts';
import { ContainerLife } from './container-life.ts';
import { ContainerSlot } from './container-slot.ts';
import type { PodHost } from './pod-host.ts';
import { restarts } from './pod-phase.ts';
import { isOver, statusOf } from './pod-status.ts';
import { endContainers } from './pod-termination.ts';
import { mountVolumes, refreshVolumes } from './pod-volumes.ts';
import { sameStatus } from './same-status.ts';
import { mirrorOf } from './static-pods.ts';

/** One pod on one node, from its arrival to its removal. */
export class PodWorker {
  readonly host: PodHost;
  readonly slots: ContainerSlot[];
  readonly hostname: string;
  readonly over = new AbortController();
  pod: Pod;
  namespace: NetNamespace | undefined;
  volumes: ReadonlyMap<string, MountedVolume> = new Map();
  readonly #life: ContainerLife;
  readonly #startTime: string;
  #terminal = false;
  #failure: { reason: string; message: string } | undefined;
  #ending: Promise<void> | undefined;
  #written: PodStatus | undefined;
  #writing = false;
  #dirty = false;
  #initialized = false;

  constructor(host: PodHost, pod: Pod) {
    this.host = host;
    this.pod = pod;
    this.hostname = pod.spec?.hostNetwork ? host.nodeName : (pod.spec?.hostname ?? pod.metadata.name ?? '').slice(0, 63);
    this.#startTime = pod.status?.startTime ?? isoTime(host.clock.now());
    const waiting = pod.spec?.initContainers?.length ? 'PodInitializing' : 'ContainerCreating';
    this.slots = [
      ...(pod.spec?.initContainers ?? []).map((c) => new ContainerSlot(c, c.restartPolicy === 'Always' ? 'sidecar' : 'init', waiting)),
      ...(pod.spec?.containers ?? []).map((c) => new ContainerSlot(c, 'main', waiting)),
    ];
    this.#life = new ContainerLife(this);
  }

  get terminating(): boolean {
    return this.#ending !== undefined;
  }

  /** Brings the pod up; every wait on the way ends when the pod must go. */
  start(): void {
    if (isOver(this.pod.status?.phase)) return;
    this.changed();
    this.#armDeadline();
    this.#bringUp().catch((error: unknown) => this.#surface(error));
  }

  /** The API object changed. */
  update(pod: Pod): void {
    this.pod = pod;
    for (const slot of this.slots) this.#takeSpec(slot);
    this.#addEphemeral();
    if (pod.metadata.deletionTimestamp) void this.end(pod.metadata.deletionGracePeriodSeconds ?? 30);
    else if (this.#written) this.changed();
  }

  /** Something that the pod's volumes are made of changed. */
  refreshVolumes(): void {
    if (this.volumes.size > 0 && !this.terminating) refreshVolumes(this);
  }

  note(slot: ContainerSlot | undefined, type: 'Normal' | 'Warning', reason: string, message: string): void {
    const list = slot?.role === 'main' ? 'containers' : slot?.role === 'ephemeral' ? 'ephemeralContainers' : 'initContainers';
    const options = slot ? { fieldPath: `spec.${list}{${slot.name}}` } : {};
    this.host.recorder.event({ ...this.pod }, type, reason, message, options);
  }

  /** The status may read differently now. */
  changed(): void {
    this.#dirty = true;
    if (this.#writing) return;
    this.#writing = true;
    queueMicrotask(() => void this.#write());
  }

  /** A container ended for good: perhaps the pod has. */
  settle(): void {
    const main = this.slots.filter((s) => s.role === 'main');
    const failedInit = this.slots.some((s) => s.role === 'init' && s.finished && s.exitCode !== 0);
    if (failedInit || (main.length > 0 && main.every((s) => s.finished))) void this.#finish();
  }

  /** Ends it because something is wrong with the pod as a whole. */
  async fail(reason: string, message: string): Promise<void> {
    this.#failure = { reason, message };
    await this.#finish(reason === 'DeadlineExceeded' ? (this.pod.spec?.terminationGracePeriodSeconds ?? 30) : 1);
  }

  /** Deletes the pod from the node, and when all is quiet its object. */
  async end(graceSeconds: number): Promise<void> {
    this.#ending ??= this.#endAll(graceSeconds);
    if (graceSeconds === 0) for (const slot of this.slots) slot.run?.kill();
    await this.#ending;
  }

  /** The object is gone already: nothing is left to report. */
  vanish(): void {
    this.over.abort(new Error('pod deleted'));
    for (const slot of this.slots) slot.run?.kill();
    this.#release();
  }

  async #bringUp(): Promise<void> {
    this.volumes = await mountVolumes(this);
    this.namespace = await this.#makeSandbox();
    this.changed();
    for (const slot of this.slots.filter((s) => s.role === 'init' || s.role === 'sidecar')) {
      if (slot.role === 'init') await this.#life.runToCompletion(slot);
      else await this.#life.startSidecar(slot);
    }
    this.#initialized = true;
    for (const slot of this.slots) if (slot.role === 'main') await this.#life.attempt(slot);
    this.#addEphemeral();
  }

  async #makeSandbox(): Promise<NetNamespace> {
    const { host } = this;
    const { namespace, name } = this.pod.metadata;
    await this.pause(host.pace.sandbox);
    if (this.pod.spec?.hostNetwork) return host.port.namespace;
    for (;;) {
      const address = host.addresses()?.take();
      if (address) return host.network.join({ kind: 'pod', name: `${namespace}/${name}`, node: host.nodeName }, [address]);
      const cause = 'plugin type="loopback" failed (add): failed to find network info for sandbox: cni plugin not initialized';
      this.note(
        undefined,
        'Warning',
        'FailedCreatePodSandBox',
        `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "${host.random.hex(64)}": ${cause}`,
      );
      await this.pause(12_000);
    }
  }

  /** Waits, unless the pod goes first: then it rejects. */
  pause(ms: number): Promise<void> {
    return ms > 0 ? this.host.clock.sleep(ms, this.over.signal) : Promise.resolve(this.over.signal.throwIfAborted());
  }

  #takeSpec(slot: ContainerSlot): void {
    const all: readonly Container[] = [...(this.pod.spec?.initContainers ?? []), ...(this.pod.spec?.containers ?? [])];
    const now = all.find((c) => c.name === slot.name);
    if (!now || slot.role === 'ephemeral') return;
    const replaced = now.image !== slot.spec.image && slot.running;
    slot.spec = now;
    if (replaced) this.#life.restart(slot, `Container ${slot.name} definition changed, will be restarted`);
  }

  #addEphemeral(): void {
    if (!this.#initialized || this.terminating) return;
    for (const container of this.pod.spec?.ephemeralContainers ?? []) {
      if (this.slots.some((s) => s.name === container.name)) continue;
      const slot = new ContainerSlot(container, 'ephemeral', 'ContainerCreating');
      this.slots.push(slot);
      this.#life.attempt(slot).catch((error: unknown) => this.#surface(error));
    }
  }

  #armDeadline(): void {
    const seconds = this.pod.spec?.activeDeadlineSeconds;
    if (seconds === undefined) return;
    const timer = this.host.clock.after(Math.max(0, Date.parse(this.#startTime) + seconds * 1000 - this.host.clock.now()), () => {
      this.note(undefined, 'Normal', 'DeadlineExceeded', 'Pod was active on the node longer than the specified deadline');
      void this.fail('DeadlineExceeded', 'Pod was active on the node longer than the specified deadline');
    });
    this.over.signal.addEventListener('abort', () => timer.cancel(), { once: true });
  }

  async #finish(graceSeconds = this.pod.spec?.terminationGracePeriodSeconds ?? 30): Promise<void> {
    if (this.#terminal || this.terminating) return;
    this.#terminal = true;
    this.over.abort(new Error('pod is over'));
    await endContainers(this, graceSeconds);
    this.changed();
    this.#release();
  }

  async #endAll(graceSeconds: number): Promise<void> {
    this.#terminal = true;
    this.over.abort(new Error('pod deleted'));
    await endContainers(this, graceSeconds);
    await this.#write();
    this.#release();
    tearDownVolumes(this.pod, this.host.machine.files);
    await this.#deleteObject();
  }

  #release(): void {
    if (!this.namespace || this.namespace === this.host.port.namespace) return;
    this.host.network.leave(this.namespace);
    for (const address of this.namespace.addresses) this.host.addresses()?.release(address);
  }

  async #deleteObject(): Promise<void> {
    if (this.pod.metadata.annotations?.['kubernetes.io/config.source'] === 'file') return;
    const { namespace = '', name = '', uid } = this.pod.metadata;
    try {
      await this.host.api.delete(Pods, namespace, name, { gracePeriodSeconds: 0, ...(uid ? { preconditions: { uid } } : {}) });
    } catch (error) {
      if (error instanceof ConnectionError) this.host.clock.after(2_000, () => void this.#deleteObject(), { background: true });
      else if (!isStatusError(error)) throw error;
    }
  }

  #isMine(object: Pod): boolean {
    return object.metadata.uid === this.pod.metadata.uid || mirrorOf(object) === this.pod.metadata.uid;
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#dirty) {
      this.#dirty = false;
      const current = this.host.informers.for(Pods).get(this.pod.metadata.namespace ?? '', this.pod.metadata.name ?? '');
      if (!current || !this.#isMine(current)) break;
      const status = this.status(current);
      if (this.#written && sameStatus(status, current.status)) continue;
      this.#written = status;
      try {
        const { resourceVersion: _, ...metadata } = current.metadata;
        await this.host.api.updateStatus(Pods, { ...current, metadata, status: { ...current.status, ...status } });
      } catch (error) {
        if (error instanceof ConnectionError) this.host.clock.after(5_000, () => this.changed(), { background: true });
        else if (!isStatusError(error)) throw error;
      }
    }
    this.#writing = false;
  }

  status(pod: Pod = this.pod): PodStatus {
    return statusOf({
      pod,
      slots: this.slots,
      terminal: this.#terminal,
      startTime: this.#startTime,
      hostIP: this.host.nodeAddress,
      podIP: this.namespace?.address,
      now: isoTime(this.host.clock.now()),
      failure: this.#failure,
    });
  }

  willRestart(slot: ContainerSlot, exitCode: number): boolean {
    return !this.#terminal && !this.terminating && restarts(this.pod, slot, exitCode);
  }

  #surface(error: unknown): void {
    if (this.over.signal.aborted) return;
    throw error;
  }
}
