import type { ContainerSlot } from './container-slot.ts';
import { runHook } from './lifecycle-hook.ts';
import type { PodWorker } from './pod-worker.ts';

/** The least time that a container gets to shut down. */
const MINIMUM_GRACE = 2;

/** Ends all containers: the main ones together, then the sidecars in reverse order. */
export async function endContainers(worker: PodWorker, graceSeconds: number): Promise<void> {
  const began = worker.host.clock.now();
  const left = () => Math.max(0, graceSeconds - (worker.host.clock.now() - began) / 1000);
  const running = worker.slots.filter((slot) => slot.running);
  await Promise.all(running.filter((s) => s.role !== 'sidecar').map((slot) => stopContainer(worker, slot, left())));
  for (const slot of running.filter((s) => s.role === 'sidecar').reverse()) await stopContainer(worker, slot, left());
}

/** preStop, then the stop signal, then after the grace period SIGKILL. */
export async function stopContainer(worker: PodWorker, slot: ContainerSlot, graceSeconds: number, message?: string): Promise<void> {
  const { run } = slot;
  if (!run || !slot.running) return;
  const { clock, pace } = worker.host;
  if (!slot.stopping) worker.note(slot, 'Normal', 'Killing', message ?? `Stopping container ${slot.name}`);
  slot.stopping = true;
  const began = clock.now();
  const preStop = slot.spec.lifecycle?.preStop;
  if (preStop && graceSeconds > 0 && !pace.abrupt) {
    const failure = await runHook(preStop, { worker, slot, run }, graceSeconds * 1000);
    if (failure !== undefined) worker.note(slot, 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
  }
  const left = Math.max(MINIMUM_GRACE, graceSeconds - (clock.now() - began) / 1000);
  run.signal();
  const timer = clock.after(pace.abrupt ? 0 : left * 1000, () => run.kill());
  await run.exited;
  timer.cancel();
  await Promise.resolve();
}
