import type { Informers } from '../../api/client/informer.ts';
import { ReplicaSets, ReplicationControllers, Services, StatefulSets } from '../../api/kinds/resource-types.ts';
import { matchesLabels, type Selector, selectorFromObject, selectorFromSet } from '../../api/machinery/labels.ts';
import type { Pod } from '../controllers/objects.ts';
import { controllerOf } from '../controllers/workload/owner.ts';

/** Which pods count as this pod's kin: what its Services and its owner select. */
export function defaultSelector(pod: Pod, informers: Informers): Selector | undefined {
  const namespace = pod.metadata.namespace ?? '';
  const parts: Selector[] = [];
  for (const { spec } of informers.for(Services).list(namespace)) {
    const selector = selectorFromSet(spec?.selector);
    if (selector.length > 0 && matchesLabels(selector, pod.metadata.labels)) parts.push(selector);
  }
  const owned = ownerSelector(pod, namespace, informers);
  if (owned) parts.push(owned);
  return parts.length > 0 ? parts.flat() : undefined;
}

function ownerSelector(pod: Pod, namespace: string, informers: Informers): Selector | undefined {
  const owner = controllerOf(pod);
  switch (owner?.kind) {
    case 'ReplicaSet':
      return selectorFromObject(informers.for(ReplicaSets).get(namespace, owner.name)?.spec?.selector ?? {});
    case 'StatefulSet':
      return selectorFromObject(informers.for(StatefulSets).get(namespace, owner.name)?.spec?.selector ?? {});
    case 'ReplicationController':
      return selectorFromSet(informers.for(ReplicationControllers).get(namespace, owner.name)?.spec?.selector);
    default:
      return undefined;
  }
}
