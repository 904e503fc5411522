import { isStatusError } from '../../../../api/machinery/status-error.ts';
import type { Pod } from '../../../../api/schema/generated/types.ts';
import { Aggregate, messageOf, UsageError } from '../../errors.ts';
import type { Invocation } from '../../invocation.ts';

export interface DrainRules {
  readonly force: boolean;
  readonly 'ignore-daemonsets': boolean;
  readonly 'delete-emptydir-data': boolean;
  readonly 'pod-selector': string;
  readonly 'skip-wait-for-delete-timeout': number;
}

type Verdict = { readonly go: boolean; readonly warning?: string; readonly error?: string };

export interface DoomedPods {
  readonly pods: readonly Pod[];
  /** `ignoring DaemonSet-managed Pods: kube-system/kube-proxy-x`. */
  readonly warnings: string;
  readonly failure: Error | undefined;
}

/** The pods of a node that a drain removes, what it says of the others, and what stands in its way. */
export async function doomedPods(kubectl: Invocation, node: string, rules: DrainRules): Promise<DoomedPods> {
  const labelSelector = rules['pod-selector'];
  const query = { fieldSelector: `spec.nodeName=${node}`, ...(labelSelector ? { labelSelector } : {}) };
  const list = await kubectl.api.get('/api/v1/pods', query);
  const judged: { pod: Pod; verdict: Verdict }[] = [];
  for (const pod of list.items as unknown as readonly Pod[]) judged.push({ pod, verdict: await judge(kubectl, pod, rules) });
  const warnings = grouped(judged.map(({ pod, verdict }) => [verdict.warning, pod]));
  const errors = grouped(judged.map(({ pod, verdict }) => [verdict.error, pod])).map((text) => new UsageError(`cannot delete ${text}`));
  return {
    pods: judged.filter(({ verdict }) => verdict.go).map(({ pod }) => pod),
    warnings: warnings.join('; '),
    failure: errors.length > 1 ? new Aggregate(errors) : errors[0],
  };
}

export const placeOf = ({ metadata }: Pod): string => `${metadata?.namespace}/${metadata?.name}`;

function grouped(entries: readonly (readonly [string | undefined, Pod])[]): string[] {
  const groups = new Map<string, string[]>();
  for (const [text, pod] of entries) if (text) groups.set(text, [...(groups.get(text) ?? []), placeOf(pod)]);
  return [...groups].map(([text, places]) => `${text}: ${places.join(', ')}`);
}

const go: Verdict = { go: true };

/** The filters one after the other: the first that spares a pod decides, else the last one's words count. */
async function judge(kubectl: Invocation, pod: Pod, rules: DrainRules): Promise<Verdict> {
  if (isLongGone(kubectl, pod, rules['skip-wait-for-delete-timeout'])) return { go: false };
  const byDaemonSet = await daemonSetVerdict(kubectl, pod, rules);
  if (!byDaemonSet.go) return byDaemonSet;
  if (pod.metadata?.annotations?.['kubernetes.io/config.mirror'] !== undefined) return { go: false };
  const storage = storageVerdict(pod, rules);
  if (!storage.go) return storage;
  const unmanaged = unmanagedVerdict(pod, rules);
  return unmanaged;
}

const isOver = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

export function isLongGone(kubectl: Invocation, { metadata }: Pod, seconds: number): boolean {
  if (seconds <= 0 || !metadata?.deletionTimestamp) return false;
  return Math.trunc((kubectl.now - Date.parse(metadata.deletionTimestamp)) / 1000) > seconds;
}

const controllerOf = ({ metadata }: Pod) => metadata?.ownerReferences?.find(({ controller }) => controller);

async function daemonSetVerdict(kubectl: Invocation, pod: Pod, rules: DrainRules): Promise<Verdict> {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'DaemonSet' || owner.apiVersion !== 'apps/v1' || isOver(pod)) return go;
  try {
    await kubectl.api.get(`/apis/apps/v1/namespaces/${pod.metadata?.namespace}/daemonsets/${owner.name}`);
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'Killed') throw error;
    return isStatusError(error, 'NotFound') && rules.force ? { go: true, warning: messageOf(error) } : { go: false, error: messageOf(error) };
  }
  if (!rules['ignore-daemonsets']) return { go: false, error: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
  return { go: false, warning: 'ignoring DaemonSet-managed Pods' };
}

function storageVerdict(pod: Pod, rules: DrainRules): Verdict {
  if (!pod.spec?.volumes?.some(({ emptyDir }) => emptyDir) || isOver(pod)) return go;
  if (!rules['delete-emptydir-data']) return { go: false, error: 'Pods with local storage (use --delete-emptydir-data to override)' };
  return { go: true, warning: 'deleting Pods with local storage' };
}

function unmanagedVerdict(pod: Pod, rules: DrainRules): Verdict {
  if (isOver(pod) || controllerOf(pod)) return go;
  if (rules.force) return { go: true, warning: 'deleting Pods that declare no controller' };
  return { go: false, error: 'Pods that declare no controller (use --force to override)' };
}
