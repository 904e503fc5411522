import type { Informers } from '../../../api/client/informer.ts';
import { Pods, Services } from '../../../api/kinds/resource-types.ts';
import { matchesLabels, selectorFromSet } from '../../../api/machinery/labels.ts';
import type { ServicePort } from '../../../api/schema/generated/types.ts';
import type { Pod, Service } from '../objects.ts';
import { isFinished } from '../workload/pod-state.ts';

/** Pods a Service selects that have an address and have not come to their end. */
export function podsOf({ metadata, spec }: Service, informers: Informers): readonly Pod[] {
  const selector = selectorFromSet(spec?.selector);
  const pods = informers.for(Pods).list(metadata.namespace);
  return pods
    .filter((pod) => matchesLabels(selector, pod.metadata.labels) && pod.status?.podIP && !isFinished(pod))
    .sort((a, b) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1));
}

/** Services whose endpoints a change of a pod touches. */
export function servicesOf(pod: Pod, old: Pod | undefined, informers: Informers): readonly string[] {
  if (old && !matters(pod, old)) return [];
  const namespace = pod.metadata.namespace ?? '';
  const keys: string[] = [];
  for (const { metadata, spec } of informers.for(Services).list(namespace)) {
    const selector = selectorFromSet(spec?.selector);
    if (selector.length === 0) continue;
    if (matchesLabels(selector, pod.metadata.labels) || (old && matchesLabels(selector, old.metadata.labels)))
      keys.push(`${namespace}/${metadata.name ?? ''}`);
  }
  return keys;
}

const matters = (now: Pod, old: Pod): boolean =>
  now.status !== old.status || now.metadata.labels !== old.metadata.labels || now.metadata.deletionTimestamp !== old.metadata.deletionTimestamp;

/** The port a Service's target names on one pod; undefined where the pod has none of that name. */
export function targetPort(pod: Pod, { targetPort: target, port, protocol = 'TCP' }: ServicePort): number | undefined {
  if (target === undefined) return port;
  if (typeof target === 'number') return target === 0 ? port : target;
  const sidecars = (pod.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  for (const { ports } of [...(pod.spec?.containers ?? []), ...sidecars]) {
    const found = ports?.find(({ name, protocol: spoken = 'TCP' }) => name === target && spoken === protocol);
    if (found) return found.containerPort;
  }
  return undefined;
}
