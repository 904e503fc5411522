import type { LifecycleHandler } from '../../api/schema/generated/types.ts';
import { NetworkError } from '../../machine/index.ts';
import type { ContainerRun } from './container-run.ts';
import type { ContainerSlot } from './container-slot.ts';
import { capture, ExecFailure } from './exec-in-container.ts';
import type { PodWorker } from './pod-worker.ts';
import { portOf } from './probe-attempt.ts';

export interface HookPlace {
  readonly worker: PodWorker;
  readonly slot: ContainerSlot;
  readonly run: ContainerRun;
}

/** Runs a lifecycle handler; the answer is how it failed, or undefined. */
export async function runHook(
  hook: LifecycleHandler,
  { worker, slot, run }: HookPlace,
  limit = Number.MAX_SAFE_INTEGER,
): Promise<string | undefined> {
  if (hook.sleep) {
    await worker.host.clock.sleep(Math.min(limit, hook.sleep.seconds * 1000));
    return undefined;
  }
  if (hook.exec) return execHook(hook.exec.command ?? [], run, limit);
  if (!hook.httpGet) return undefined;
  const port = portOf(hook.httpGet.port, slot.spec);
  const host = hook.httpGet.host ?? worker.namespace?.address ?? '';
  if (port === undefined) return `couldn't find port: ${hook.httpGet.port}`;
  try {
    const { service } = await worker.host.port.connect({ host, port }, { timeout: limit });
    await service.http?.({ method: 'GET', path: hook.httpGet.path ?? '/', headers: {} });
    return undefined;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return error.message;
  }
}

async function execHook(command: readonly string[], run: ContainerRun, limit: number): Promise<string | undefined> {
  try {
    const result = await capture(run, command, limit);
    return result?.code === 0 ? undefined : (result?.output ?? 'command timed out');
  } catch (error) {
    if (!(error instanceof ExecFailure)) throw error;
    return error.message;
  }
}
