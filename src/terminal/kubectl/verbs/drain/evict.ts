import { formatDuration } from '../../../../api/machinery/duration.ts';
import { isStatusError } from '../../../../api/machinery/status-error.ts';
import type { Pod } from '../../../../api/schema/generated/types.ts';
import { Aggregate, messageOf, UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import type { DryRun } from '../../writing/write-flags.ts';
import { isLongGone, placeOf } from './doomed-pods.ts';

export interface Departure {
  readonly dryRun: DryRun;
  readonly gracePeriod: number;
  /** 0 has no end. */
  readonly timeout: number;
  readonly skipAfter: number;
}

const retryDelay = 5000;
const forever = '2562047h47m16.854775807s';

const pathOf = ({ metadata }: Pod): string => `/api/v1/namespaces/${metadata?.namespace}/pods/${metadata?.name}`;

const deleteOptions = ({ gracePeriod, dryRun }: Departure) => ({
  ...(gracePeriod >= 0 ? { gracePeriodSeconds: gracePeriod } : {}),
  ...(dryRun === 'server' ? { dryRun: ['All'] } : {}),
});

/** Evicts all at once, each trying again while a disruption budget forbids it, and waits until they are gone. */
export async function evictPods(kubectl: Invocation, pods: readonly Pod[], departure: Departure): Promise<void> {
  const deadline = departure.timeout > 0 ? kubectl.now + departure.timeout : Number.POSITIVE_INFINITY;
  const outcomes = await Promise.all(pods.map((pod) => caught(evictPod(kubectl, pod, departure, deadline))));
  const failures = outcomes.filter((outcome) => outcome !== undefined);
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new Aggregate(failures);
}

async function caught(work: Promise<void>): Promise<Error | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Killed') throw error;
    return error;
  }
}

async function evictPod(kubectl: Invocation, pod: Pod, departure: Departure, deadline: number): Promise<void> {
  const { name, namespace } = pod.metadata ?? {};
  const subject = `error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}`;
  for (;;) {
    await kubectl.print(`evicting pod ${placeOf(pod)}${departure.dryRun === 'server' ? ' (server dry run)' : ''}\n`);
    if (kubectl.now >= deadline) throw new UsageError(`${subject}: global timeout reached: ${limitText(departure)}`);
    try {
      await kubectl.api.post(`${pathOf(pod)}/eviction`, evictionOf(pod, departure));
      break;
    } catch (error) {
      if (isStatusError(error, 'NotFound')) return;
      if (!(error instanceof Error) || error.name === 'Killed') throw error;
      if (!isStatusError(error, 'TooManyRequests')) throw new UsageError(`${subject}: ${messageOf(error)}`);
      await kubectl.error(`${subject} (will retry after 5s): ${messageOf(error)}\n`);
      await kubectl.process.sleep(retryDelay);
    }
  }
  if (departure.dryRun === 'server') return;
  try {
    await waitUntilGone(kubectl, [pod], departure, { deadline, verb: 'evicted' });
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Killed') throw error;
    throw new UsageError(
      `error when waiting for pod ${JSON.stringify(name)} in namespace ${JSON.stringify(namespace)} to terminate: ${messageOf(error)}`,
    );
  }
}

const limitText = ({ timeout }: Departure): string => (timeout > 0 ? formatDuration(timeout) : forever);

const evictionOf = ({ metadata }: Pod, departure: Departure) => ({
  apiVersion: 'policy/v1',
  kind: 'Eviction',
  metadata: { name: metadata?.name, namespace: metadata?.namespace },
  deleteOptions: deleteOptions(departure),
});

/** Plain deletion, as --disable-eviction asks for. */
export async function deletePods(kubectl: Invocation, pods: readonly Pod[], departure: Departure): Promise<void> {
  for (const pod of pods) {
    try {
      await kubectl.api.delete(pathOf(pod), { apiVersion: 'v1', kind: 'DeleteOptions', ...deleteOptions(departure) });
    } catch (error) {
      if (!isStatusError(error, 'NotFound')) throw error;
    }
  }
  const deadline = departure.timeout > 0 ? kubectl.now + departure.timeout : Number.POSITIVE_INFINITY;
  await waitUntilGone(kubectl, pods, departure, { deadline, verb: 'deleted' });
}

interface Waiting {
  readonly deadline: number;
  readonly verb: 'evicted' | 'deleted';
}

async function waitUntilGone(kubectl: Invocation, pods: readonly Pod[], { skipAfter }: Departure, { deadline, verb }: Waiting): Promise<void> {
  for (let pending = pods; ; ) {
    const left: Pod[] = [];
    for (const pod of pending) {
      const now = await current(kubectl, pod);
      if (!now) await kubectl.print(`pod/${pod.metadata?.name} ${verb}\n`);
      else if (isLongGone(kubectl, now, skipAfter)) {
        await kubectl.print(`pod ${JSON.stringify(pod.metadata?.name)} has DeletionTimestamp older than ${skipAfter} seconds, skipping\n`);
      } else left.push(pod);
    }
    pending = left;
    if (pending.length === 0) return;
    if (kubectl.now >= deadline) throw new UsageError('context deadline exceeded');
    await kubectl.process.sleep(1000);
  }
}

/** The pod itself, not another one of its name. */
async function current(kubectl: Invocation, pod: Pod): Promise<Pod | undefined> {
  try {
    const now = (await kubectl.api.get(pathOf(pod))) as unknown as Pod;
    return now.metadata?.uid === pod.metadata?.uid ? now : undefined;
  } catch (error) {
    if (isStatusError(error, 'NotFound')) return undefined;
    throw error;
  }
}
