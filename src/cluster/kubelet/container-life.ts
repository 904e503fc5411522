import type { ExitStatus } from '../../machine/index.ts';
import { goSeconds } from './backoff.ts';
import { planContainer } from './container-plan.ts';
import { ContainerRun, StartError } from './container-run.ts';
import type { ContainerSlot } from './container-slot.ts';
import { ConfigError } from './environment.ts';
import { announcePullBackOff, ensureImage } from './image-pull.ts';
import { runHook } from './lifecycle-hook.ts';
import { stopContainer } from './pod-termination.ts';
import type { PodWorker } from './pod-worker.ts';
import { type ProbeKind, Prober } from './prober.ts';
import { terminationMessage } from './termination-message.ts';

const SYNC_DELAY = 1_000;
const CONFIG_RETRY = 12_000;

/** Starts, watches and restarts the containers of one pod. */
export class ContainerLife {
  readonly #worker: PodWorker;
  readonly #probers = new Map<ContainerSlot, Prober[]>();
  readonly #waiters = new Map<ContainerSlot, (() => void)[]>();

  constructor(worker: PodWorker) {
    this.#worker = worker;
  }

  /** Tries once to get the container running; when that fails, it is tried again later by itself. */
  async attempt(slot: ContainerSlot): Promise<void> {
    const { host } = this.#worker;
    const note = (type: 'Normal' | 'Warning', reason: string, message: string) => this.#worker.note(slot, type, reason, message);
    const pulled = await ensureImage(host, slot, note);
    this.#worker.over.signal.throwIfAborted();
    if ('retryIn' in pulled) return this.#pullLater(slot, pulled.retryIn);
    try {
      const plan = planContainer({ ...this.#given(), slot, image: pulled.image });
      await this.#worker.pause(host.pace.start);
      const run = this.#create(slot, () => new ContainerRun(plan, host.clock));
      if (run) this.#started(slot, run);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      note('Warning', 'Failed', `Error: ${error.message}`);
      slot.wait('CreateContainerConfigError', error.message);
      this.#worker.changed();
      this.#later(CONFIG_RETRY, slot);
    }
  }

  async runToCompletion(slot: ContainerSlot): Promise<void> {
    await this.attempt(slot);
    while (slot.state.terminated?.exitCode !== 0) {
      await this.#next(slot);
      this.#worker.over.signal.throwIfAborted();
    }
  }

  async startSidecar(slot: ContainerSlot): Promise<void> {
    await this.attempt(slot);
    while (!slot.started) {
      await this.#next(slot);
      this.#worker.over.signal.throwIfAborted();
    }
  }

  /** Ends the running instance; the policy then starts another. */
  restart(slot: ContainerSlot, message: string): void {
    const { run } = slot;
    if (!run || slot.stopping) return;
    this.#stopProbes(slot);
    void stopContainer(this.#worker, slot, this.#worker.pod.spec?.terminationGracePeriodSeconds ?? 30, message);
  }

  #given() {
    const { host, pod, namespace, volumes, hostname } = this.#worker;
    if (!namespace) throw new ConfigError('pod sandbox is not ready');
    return { host, pod, namespace, volumes, hostname };
  }

  #create(slot: ContainerSlot, make: () => ContainerRun): ContainerRun | undefined {
    this.#worker.note(slot, 'Normal', 'Created', 'Container created');
    try {
      return make();
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      this.#worker.note(slot, 'Warning', 'Failed', `Error: ${error.message}`);
      slot.failToStart(this.#worker.host.random.hex(64), error.message, this.#worker.willRestart(slot, 128));
      this.#worker.changed();
      this.#afterEnd(slot, 128);
      return undefined;
    }
  }

  #started(slot: ContainerSlot, run: ContainerRun): void {
    slot.begin(run);
    this.#worker.note(slot, 'Normal', 'Started', 'Container started');
    this.#worker.changed();
    void run.exited.then((status) => this.#ended(slot, run, status));
    void this.#afterStart(slot, run);
    this.#tell(slot);
  }

  async #afterStart(slot: ContainerSlot, run: ContainerRun): Promise<void> {
    const hook = slot.spec.lifecycle?.postStart;
    if (hook) {
      const failure = await runHook(hook, { worker: this.#worker, slot, run });
      if (slot.run !== run || !slot.running) return;
      if (failure !== undefined) {
        this.#worker.note(slot, 'Warning', 'FailedPostStartHook', 'PostStartHook failed');
        return this.restart(slot, `FailedPostStartHook`);
      }
    }
    this.#startProbes(slot, run);
  }

  #startProbes(slot: ContainerSlot, run: ContainerRun): void {
    const { startupProbe } = slot.spec;
    if (startupProbe) this.#probe(slot, run, 'Startup');
    else this.#startSteadyProbes(slot, run);
  }

  #startSteadyProbes(slot: ContainerSlot, run: ContainerRun): void {
    if (slot.spec.livenessProbe) this.#probe(slot, run, 'Liveness');
    if (slot.spec.readinessProbe) this.#probe(slot, run, 'Readiness');
  }

  #probe(slot: ContainerSlot, run: ContainerRun, kind: ProbeKind): void {
    const probe = { Startup: slot.spec.startupProbe, Liveness: slot.spec.livenessProbe, Readiness: slot.spec.readinessProbe }[kind];
    const { host, namespace } = this.#worker;
    if (!probe || !namespace) return;
    const target = { run, container: slot.spec, podIP: namespace.address, network: host.port, clock: host.clock };
    const prober = new Prober(kind, probe, target, {
      onFailure: (_, message) => this.#worker.note(slot, 'Warning', 'Unhealthy', message),
      onVerdict: (_, healthy) => this.#judged(slot, run, kind, healthy),
    });
    this.#probers.set(slot, [...(this.#probers.get(slot) ?? []), prober]);
  }

  #judged(slot: ContainerSlot, run: ContainerRun, kind: ProbeKind, healthy: boolean): void {
    if (slot.run !== run || !slot.running) return;
    if (kind === 'Readiness') slot.ready = healthy;
    else if (!healthy) this.restart(slot, `Container ${slot.name} failed ${kind.toLowerCase()} probe, will be restarted`);
    else if (kind === 'Startup') {
      this.#stopProbes(slot);
      slot.started = true;
      slot.ready = slot.spec.readinessProbe === undefined;
      this.#startSteadyProbes(slot, run);
      this.#tell(slot);
    }
    this.#worker.changed();
  }

  #stopProbes(slot: ContainerSlot): void {
    for (const prober of this.#probers.get(slot) ?? []) prober.stop();
    this.#probers.delete(slot);
  }

  #ended(slot: ContainerSlot, run: ContainerRun, status: ExitStatus): void {
    if (slot.run !== run) return;
    this.#stopProbes(slot);
    const failed = status.code !== 0 || status.signal !== undefined;
    slot.end(run, status, this.#worker.host.clock.now(), terminationMessage(run, slot.spec, failed));
    this.#worker.changed();
    this.#afterEnd(slot, slot.exitCode ?? 0);
    this.#tell(slot);
  }

  #afterEnd(slot: ContainerSlot, exitCode: number): void {
    if (!this.#worker.willRestart(slot, exitCode)) {
      slot.finished = true;
      this.#worker.settle();
      return;
    }
    const firstTime = slot.restartCount === 0 && !slot.lastState.terminated;
    if (firstTime) this.#later(SYNC_DELAY, slot);
    else this.#crashLoop(slot, slot.restarts.next(this.#worker.host.clock.now())).catch(() => undefined);
  }

  /** Shows for a moment how it ended, then waits out the back-off. */
  async #crashLoop(slot: ContainerSlot, pause: number): Promise<void> {
    const { pod } = this.#worker;
    await this.#worker.pause(SYNC_DELAY);
    const name = `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;
    this.#worker.note(slot, 'Warning', 'BackOff', `Back-off restarting failed container ${slot.name} in pod ${name}`);
    slot.wait('CrashLoopBackOff', `back-off ${goSeconds(pause)} restarting failed container=${slot.name} pod=${name}`);
    this.#worker.changed();
    this.#later(Math.max(0, pause - SYNC_DELAY), slot);
  }

  #pullLater(slot: ContainerSlot, pause: number): void {
    this.#worker.changed();
    const note = (type: 'Normal' | 'Warning', reason: string, message: string) => this.#worker.note(slot, type, reason, message);
    const announce = async () => {
      await this.#worker.pause(Math.min(pause, SYNC_DELAY));
      if (slot.state.waiting?.reason !== 'ErrImagePull') return;
      announcePullBackOff(slot, note);
      this.#worker.changed();
    };
    announce().catch(() => undefined);
    this.#later(pause, slot);
  }

  #later(ms: number, slot: ContainerSlot): void {
    const again = async () => {
      await this.#worker.pause(ms);
      await this.attempt(slot);
    };
    again().catch((error: unknown) => {
      if (!this.#worker.over.signal.aborted) throw error;
    });
  }

  #next(slot: ContainerSlot): Promise<void> {
    return new Promise((resolve) => this.#waiters.set(slot, [...(this.#waiters.get(slot) ?? []), resolve]));
  }

  #tell(slot: ContainerSlot): void {
    const waiting = this.#waiters.get(slot) ?? [];
    this.#waiters.delete(slot);
    for (const resolve of waiting) resolve();
  }
}
