import type { ContainerState, ContainerStatus, Pod, PodStatus } from '../../schema/generated/types.ts';
import type { RowContext } from '../define-kind.ts';
import { NONE } from '../table-cells.ts';

interface Tally {
  reason: string;
  restarts: number;
  lastRestart: string | undefined;
  ready: number;
}

export function podRow(pod: Pod, context: RowContext): (string | number)[] {
  const { spec, status = {} } = pod;
  const sidecars = (spec?.initContainers ?? []).filter((c) => c.restartPolicy === 'Always');
  const total = (spec?.containers?.length ?? 0) + sidecars.length;
  const tally = podTally(pod, new Set(sidecars.map((c) => c.name)));
  const restarts = tally.restarts !== 0 && tally.lastRestart ? `${tally.restarts} (${context.age(tally.lastRestart)} ago)` : String(tally.restarts);
  return [
    pod.metadata.name ?? '',
    `${tally.ready}/${total}`,
    tally.reason,
    restarts,
    context.age(pod.metadata.creationTimestamp),
    status.podIPs?.[0]?.ip || NONE,
    spec?.nodeName || NONE,
    status.nominatedNodeName || NONE,
    readinessGates(pod),
  ];
}

function podTally(pod: Pod, sidecars: ReadonlySet<string>): Tally {
  const { status = {} } = pod;
  const gated = status.conditions?.some((c) => c.type === 'PodScheduled' && c.reason === 'SchedulingGated');
  const reason = gated ? 'SchedulingGated' : status.reason || status.phase || '';
  const init = initTally(pod, sidecars, reason);
  const isInitialized = status.conditions?.find((c) => c.type === 'Initialized')?.status === 'True';
  const tally = !init.initializing || isInitialized ? mainTally(status, init) : init.all;
  return { ...tally, reason: deletionReason(pod) ?? tally.reason };
}

function deletionReason(pod: Pod): string | undefined {
  if (!pod.metadata.deletionTimestamp) return undefined;
  if (pod.status?.reason === 'NodeLost') return 'Unknown';
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed' ? undefined : 'Terminating';
}

interface InitTally {
  readonly initializing: boolean;
  readonly all: Tally;
  readonly sidecars: Tally;
}

function initTally(pod: Pod, sidecars: ReadonlySet<string>, reason: string): InitTally {
  const all: Tally = { reason, restarts: 0, lastRestart: undefined, ready: 0 };
  const restartable: Tally = { reason, restarts: 0, lastRestart: undefined, ready: 0 };
  for (const [i, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const isSidecar = sidecars.has(container.name);
    countRestarts(all, container);
    if (isSidecar) countRestarts(restartable, container);
    const { terminated, waiting } = container.state ?? {};
    if (terminated && terminated.exitCode === 0) continue;
    if (isSidecar && container.started) {
      if (container.ready) all.ready++;
      continue;
    }
    if (terminated) all.reason = `Init:${terminatedReason(terminated)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') all.reason = `Init:${waiting.reason}`;
    else all.reason = `Init:${i}/${pod.spec?.initContainers?.length ?? 0}`;
    return { initializing: true, all, sidecars: restartable };
  }
  return { initializing: false, all, sidecars: restartable };
}

function mainTally(status: PodStatus, init: InitTally): Tally {
  const tally: Tally = { ...init.all, restarts: init.sidecars.restarts, lastRestart: init.sidecars.lastRestart };
  let hasRunning = false;
  let failure = '';
  for (const container of [...(status.containerStatuses ?? [])].reverse()) {
    countRestarts(tally, container);
    const { waiting, terminated, running } = container.state ?? {};
    if (waiting?.reason) tally.reason = waiting.reason;
    else if (terminated) {
      tally.reason = terminatedReason(terminated);
      if (terminated.exitCode !== 0) failure = tally.reason;
    } else if (container.ready && running) {
      hasRunning = true;
      tally.ready++;
    }
  }
  if (tally.reason !== 'Completed') return tally;
  const isReady = status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True');
  if (hasRunning && isReady) return { ...tally, reason: 'Running' };
  return { ...tally, reason: failure || (hasRunning ? 'NotReady' : tally.reason) };
}

function countRestarts(tally: Tally, container: ContainerStatus): void {
  tally.restarts += container.restartCount ?? 0;
  const finished = container.lastState?.terminated?.finishedAt;
  if (finished && (!tally.lastRestart || Date.parse(tally.lastRestart) < Date.parse(finished))) tally.lastRestart = finished;
}

function terminatedReason({ reason, signal, exitCode }: NonNullable<ContainerState['terminated']>): string {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
}

function readinessGates({ spec, status }: Pod): string {
  const gates = spec?.readinessGates ?? [];
  if (gates.length === 0) return NONE;
  const met = gates.filter((gate) => status?.conditions?.find((c) => c.type === gate.conditionType)?.status === 'True');
  return `${met.length}/${gates.length}`;
}
