import { notFound } from '../../../../api/machinery/status-error.ts';
import type { ContainerStatus, Pod } from '../../../../api/schema/generated/types.ts';
import { watchUntil } from '../../client/watch-until.ts';
import { messageOf, UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { attachTo } from '../../pods/attach-to.ts';
import { printLogs } from '../pods/log-sources.ts';

interface Joined {
  readonly container: string;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly quiet: boolean;
}

/** Waits until the container runs and attaches to it; shows its log where that cannot be. */
export async function joinContainer(kubectl: Invocation, { metadata }: Pod, options: Joined): Promise<void> {
  const { name = '', namespace = '' } = metadata ?? {};
  const pod = await waitForContainer(kubectl, { name, namespace }, options);
  if (statusOf(pod, options.container)?.state?.terminated) return showLog(kubectl, pod, options.container);
  try {
    await attachTo(kubectl, pod, options);
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Killed') throw error;
    await kubectl.error(`warning: couldn't attach to pod/${name}, falling back to streaming logs: ${messageOf(error)}\n`);
    await showLog(kubectl, pod, options.container);
  }
}

async function waitForContainer(kubectl: Invocation, { name, namespace }: { name: string; namespace: string }, options: Joined): Promise<Pod> {
  const found = await watchUntil(kubectl, `/api/v1/namespaces/${namespace}/pods`, name, {
    timeout: 0,
    async done(object, type) {
      if (type === 'DELETED') throw notFound({ group: '', resource: 'pods' }, '');
      const state = statusOf(object as unknown as Pod, options.container)?.state;
      if (state?.running || state?.terminated) return true;
      if (!options.quiet && state?.waiting?.message) await kubectl.error(`Warning: container ${options.container}: ${state.waiting.message}\n`);
      return false;
    },
  });
  if (!found) throw new UsageError('timed out waiting for the condition');
  return found as unknown as Pod;
}

function statusOf({ status }: Pod, name: string): ContainerStatus | undefined {
  const all = [status?.initContainerStatuses, status?.containerStatuses, status?.ephemeralContainerStatuses];
  return all.flatMap((list) => list ?? []).find((one) => one.name === name);
}

const showLog = (kubectl: Invocation, { metadata }: Pod, container: string): Promise<void> =>
  printLogs(
    kubectl,
    [{ namespace: metadata?.namespace ?? '', pod: metadata?.name ?? '', container }],
    { follow: false, prefix: false, 'ignore-errors': false, 'max-log-requests': 1 },
    {},
  );
