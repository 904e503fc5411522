import type { Container, ContainerState, ContainerStatus } from '../../api/schema/generated/types.ts';
import { isoTime } from '../../clock/index.ts';
import type { ExitStatus } from '../../machine/index.ts';
import { SIGNALS } from '../../machine/processes/signals.ts';
import { Backoff } from './backoff.ts';
import type { ContainerRun } from './container-run.ts';

export type ContainerRole = 'init' | 'sidecar' | 'main' | 'ephemeral';

/** One container of a pod through all its restarts. */
export class ContainerSlot {
  readonly role: ContainerRole;
  spec: Container;
  state: ContainerState;
  lastState: ContainerState = {};
  restartCount = 0;
  /** The startup probe has passed, or there is none. */
  started = false;
  /** The readiness probe's word. */
  ready = false;
  run: ContainerRun | undefined;
  previous: ContainerRun | undefined;
  /** Set when the container was told to stop; why, for its last words. */
  stopping = false;
  imageID = '';
  imageName: string;
  readonly restarts = new Backoff();
  readonly pulls = new Backoff();
  pullError = '';
  /** The container ended and will not be started again. */
  finished = false;
  /** A pause before the next attempt is running. */
  pausing = false;

  constructor(spec: Container, role: ContainerRole, reason: string) {
    this.spec = spec;
    this.role = role;
    this.imageName = spec.image ?? '';
    this.state = { waiting: { reason } };
  }

  get name(): string {
    return this.spec.name;
  }

  get running(): boolean {
    return this.state.running !== undefined;
  }

  wait(reason: string, message?: string): void {
    if (this.state.terminated) this.lastState = this.state;
    this.state = { waiting: message === undefined ? { reason } : { message, reason } };
    this.ready = false;
    this.started = false;
  }

  begin(run: ContainerRun): void {
    if (this.state.terminated) this.lastState = this.state;
    if (this.run) this.restartCount++;
    this.previous = this.run;
    this.run = run;
    this.imageID = run.image.id;
    this.imageName = run.image.name;
    this.state = { running: { startedAt: isoTime(run.startedAt) } };
    this.stopping = false;
    this.started = this.spec.startupProbe === undefined;
    this.ready = this.spec.readinessProbe === undefined && this.started;
  }

  /** The instance could not even be started. */
  failToStart(id: string, message: string, again: boolean): void {
    if (this.state.terminated) this.lastState = this.state;
    if (this.lastState.terminated) this.restartCount++;
    const epoch = isoTime(0);
    const now = { containerID: `containerd://${id}`, exitCode: 128, finishedAt: epoch, message, reason: 'StartError', startedAt: epoch };
    if (again) this.lastState = { terminated: now };
    this.state = again ? { waiting: { message, reason: 'RunContainerError' } } : { terminated: now };
  }

  end(run: ContainerRun, status: ExitStatus, now: number, message: string): void {
    const signalled = status.signal !== undefined;
    const exitCode = signalled ? 128 + (SIGNALS[status.signal ?? 'SIGKILL'] ?? 9) : status.code & 255;
    this.state = {
      terminated: {
        containerID: `containerd://${run.id}`,
        exitCode,
        finishedAt: isoTime(now),
        ...(message ? { message } : {}),
        reason: run.oomKilled ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error',
        startedAt: isoTime(run.startedAt),
      },
    };
    this.ready = false;
    this.started = false;
  }

  get exitCode(): number | undefined {
    return (this.state.terminated ?? this.lastState.terminated)?.exitCode;
  }

  status(): ContainerStatus {
    const done = this.role === 'init' && this.state.terminated?.exitCode === 0;
    const { volumeMounts, resources } = this.spec;
    return {
      ...(this.run ? { containerID: `containerd://${this.run.id}` } : {}),
      image: this.imageName,
      imageID: this.imageID,
      lastState: this.lastState,
      name: this.name,
      ready: this.role === 'init' ? done : this.role === 'ephemeral' ? false : this.ready && this.running,
      ...(this.run && (resources?.requests || resources?.limits)
        ? { ...(resources.requests ? { allocatedResources: resources.requests } : {}), resources }
        : this.run
          ? { resources: {} }
          : {}),
      restartCount: this.restartCount,
      started: this.running && this.started,
      state: this.state,
      ...(this.run ? { user: userOf(this.run) } : {}),
      ...(volumeMounts?.length ? { volumeMounts: volumeMounts.map(mountStatus) } : {}),
    };
  }
}

const userOf = (run: ContainerRun) => {
  const { uid, gid, groups } = run.process.credentials;
  return { linux: { gid, supplementalGroups: [gid, ...groups.filter((g) => g !== gid)], uid } };
};

const mountStatus = ({ name, mountPath, readOnly }: { name: string; mountPath: string; readOnly?: boolean }) => ({
  mountPath,
  name,
  ...(readOnly ? { readOnly, recursiveReadOnly: 'Disabled' } : {}),
});
