import type { KubeObject } from '../../../../api/machinery/object.ts';
import { notFound } from '../../../../api/machinery/status-error.ts';
import type { Pod } from '../../../../api/schema/generated/types.ts';
import { watchUntil } from '../../client/watch-until.ts';
import { CodedError, messageOf, UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';
import { attachTo } from '../../pods/attach-to.ts';
import { printLogs } from '../pods/log-sources.ts';

export interface Attached {
  readonly restartPolicy: string;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly quiet: boolean;
  readonly leaveStdinOpen: boolean;
  readonly timeout: number;
}

/** Waits until the pod runs, joins it, and ends with its container's exit code. */
export async function runAttached(kubectl: Invocation, { metadata }: KubeObject, options: Attached): Promise<void> {
  const { namespace = '', name = '' } = metadata;
  const pod = await waitForPod(kubectl, namespace, name, options.timeout, (one) => isOver(one) || isReady(one));
  if (isOver(pod)) await showLogs(kubectl, pod);
  else await joinOrShow(kubectl, pod, options);
  if (options.leaveStdinOpen || options.restartPolicy === 'Always') return;
  const ended = await waitForPod(kubectl, namespace, name, options.timeout, (one) =>
    options.restartPolicy === 'OnFailure' ? one.status?.phase === 'Succeeded' : isOver(one),
  );
  if (ended.status?.phase === 'Failed') throw failureOf(ended);
}

async function joinOrShow(kubectl: Invocation, pod: Pod, options: Attached): Promise<void> {
  try {
    await attachTo(kubectl, pod, { container: '', ...options });
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Killed') throw error;
    await kubectl.error(`warning: couldn't attach to pod/${pod.metadata?.name}, falling back to streaming logs: ${messageOf(error)}\n`);
    await showLogs(kubectl, pod);
  }
}

const showLogs = (kubectl: Invocation, { metadata, spec }: Pod): Promise<void> =>
  printLogs(
    kubectl,
    [{ namespace: metadata?.namespace ?? '', pod: metadata?.name ?? '', container: spec?.containers?.[0]?.name ?? '' }],
    { follow: false, prefix: false, 'ignore-errors': false, 'max-log-requests': 1 },
    {},
  );

async function waitForPod(kubectl: Invocation, namespace: string, name: string, timeout: number, wanted: (pod: Pod) => boolean): Promise<Pod> {
  const found = await watchUntil(kubectl, `/api/v1/namespaces/${namespace}/pods`, name, {
    timeout,
    done(object, type) {
      if (type === 'DELETED') throw notFound({ group: '', resource: 'pods' }, '');
      return wanted(object as unknown as Pod);
    },
  });
  if (!found) throw new UsageError('timed out waiting for the condition');
  return found as unknown as Pod;
}

const isOver = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

const isReady = ({ status }: Pod): boolean =>
  status?.phase === 'Running' && (status.conditions ?? []).some((one) => one.type === 'Ready' && one.status === 'True');

function failureOf({ metadata, status }: Pod): Error {
  const title = `pod ${metadata?.namespace}/${metadata?.name}`;
  const terminated = status?.containerStatuses?.[0]?.state?.terminated;
  if (!terminated?.exitCode) return new UsageError(`${title} failed with unknown exit code`);
  return new CodedError(`${title} terminated (${terminated.reason ?? ''})\n${terminated.message ?? ''}`, terminated.exitCode);
}
