import type { KubeObject } from '../../../api/machinery/object.ts';
import { qualified } from '../../../api/machinery/status-error.ts';
import type { PersistentVolumeClaim, Service } from '../../../api/schema/generated/types.ts';
import type { ServedResource } from '../../apiserver/served-resource.ts';
import { asPod } from '../pod-object.ts';
import { podResources, type ResourceList } from '../pod-resources.ts';

/** Core kinds that a quota may also count without `count/`. */
const PLAINLY_COUNTED = new Set(['pods', 'services', 'replicationcontrollers', 'resourcequotas', 'secrets', 'configmaps', 'persistentvolumeclaims']);

/** What an object takes from a quota, by the names that quotas use. */
export function usageOf(object: KubeObject, resource: ServedResource): ResourceList {
  const counts: Record<string, string> = { [`count/${qualified(resource)}`]: '1' };
  if (resource.group === '' && PLAINLY_COUNTED.has(resource.resource)) counts[resource.resource] = '1';
  switch (object.kind) {
    case 'Pod':
      return { ...counts, ...podUsage(object) };
    case 'Service':
      return { ...counts, ...serviceUsage(object as unknown as Service) };
    case 'PersistentVolumeClaim':
      return { ...counts, ...claimUsage(object as unknown as PersistentVolumeClaim) };
    default:
      return counts;
  }
}

function podUsage(object: KubeObject): ResourceList {
  const { spec } = asPod(object);
  const requests = podResources(spec, 'requests');
  const limits = podResources(spec, 'limits');
  const plain = Object.entries(requests).filter(([name]) => ['cpu', 'memory', 'ephemeral-storage'].includes(name) || name.startsWith('hugepages-'));
  return {
    ...Object.fromEntries(plain),
    ...Object.fromEntries(Object.entries(requests).map(([name, amount]) => [`requests.${name}`, amount])),
    ...Object.fromEntries(Object.entries(limits).map(([name, amount]) => [`limits.${name}`, amount])),
  };
}

function serviceUsage({ spec }: Service): ResourceList {
  const ports = String((spec?.ports ?? []).length);
  if (spec?.type === 'NodePort') return { 'services.nodeports': ports };
  if (spec?.type !== 'LoadBalancer') return {};
  return { 'services.loadbalancers': '1', ...(spec.allocateLoadBalancerNodePorts === false ? {} : { 'services.nodeports': ports }) };
}

function claimUsage({ metadata, spec }: PersistentVolumeClaim): ResourceList {
  const storage = (spec?.resources?.requests as ResourceList | undefined)?.storage ?? '0';
  const name = spec?.storageClassName ?? metadata.annotations?.['volume.beta.kubernetes.io/storage-class'];
  const suffix = 'storageclass.storage.k8s.io';
  const ofClass = name ? { [`${name}.${suffix}/requests.storage`]: storage, [`${name}.${suffix}/persistentvolumeclaims`]: '1' } : {};
  return { 'requests.storage': storage, ...ofClass };
}
