import { byCodePoint } from '../../../api/machinery/json.ts';
import { formatSelector, selectorFromObject, selectorFromSet } from '../../../api/machinery/labels.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import type { LabelSelector, Pod } from '../../../api/schema/generated/types.ts';
import { UsageError } from '../errors.ts';
import type { Invocation } from '../invocation.ts';
import { type Info, selectAll } from '../resource/selection.ts';

/** `web`, `pod/web` or `deploy/web`: the object itself. */
export async function targetObject(kubectl: Invocation, argument: string): Promise<Info> {
  const args = argument.includes('/') ? [argument] : ['pods', argument];
  const [info] = await selectAll(kubectl, { args });
  if (!info) throw new UsageError('expected a resource');
  return info;
}

/** The label selector by which an object finds its pods. */
export function podSelectorOf(object: KubeObject): string {
  const spec = object.spec as { readonly selector?: unknown } | undefined;
  if (!spec?.selector) throw noSelector(object);
  if (object.kind === 'Service' || object.kind === 'ReplicationController')
    return formatSelector(selectorFromSet(spec.selector as Readonly<Record<string, string>>));
  if (!['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'].includes(object.kind)) throw noSelector(object);
  return formatSelector(selectorFromObject(spec.selector as LabelSelector));
}

const noSelector = ({ apiVersion, kind }: KubeObject): UsageError =>
  new UsageError(`selector for *${apiVersion.replace('/', '')}.${kind} not implemented`);

export async function podsOf(kubectl: Invocation, object: KubeObject): Promise<readonly Pod[]> {
  const list = await kubectl.api.get(`/api/v1/namespaces/${object.metadata.namespace}/pods`, { labelSelector: podSelectorOf(object) });
  return list.items as unknown as readonly Pod[];
}

/** Ready before not ready, scheduled before pending, older before younger: whom a workload's name stands for. */
export function preferredFirst(pods: readonly Pod[]): Pod[] {
  const rank = (pod: Pod): string => {
    const ready = pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
    return `${pod.spec?.nodeName ? 0 : 1}${phases[pod.status?.phase ?? ''] ?? 1}${ready ? 0 : 1}${pod.metadata?.creationTimestamp ?? ''}`;
  };
  return [...pods].sort((a, b) => byCodePoint(rank(a), rank(b)));
}

const phases: Readonly<Record<string, number>> = { Running: 0, Unknown: 1, Pending: 2 };

/** The pod to enter for an object, awaited for a while where there is none yet. */
export async function podFor(kubectl: Invocation, { object }: Info, timeout: number): Promise<Pod> {
  if (object.kind === 'Pod') return object as unknown as Pod;
  const selector = podSelectorOf(object);
  const deadline = kubectl.now + timeout;
  for (;;) {
    const [first] = preferredFirst(await podsOf(kubectl, object));
    if (first) return first;
    if (kubectl.now >= deadline) throw new UsageError(selector ? 'timed out waiting for the condition' : 'no pods found');
    await kubectl.process.sleep(500);
  }
}
