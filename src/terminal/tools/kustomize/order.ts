import { byCodePoint } from '../../../api/machinery/json.ts';
import { KustomizeError } from './errors.ts';
import type { Gvk } from './identity.ts';
import type { Kustomization } from './kustomization.ts';
import type { Resource } from './resource.ts';

const first = `Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount PodSecurityPolicy Role ClusterRole RoleBinding
ClusterRoleBinding ConfigMap Secret Endpoints Service LimitRange PriorityClass PersistentVolume PersistentVolumeClaim Deployment StatefulSet
CronJob PodDisruptionBudget`.split(/\s+/);
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** The order of the output: by kind unless the kustomization asks for the order of its files. */
export function ordered(resources: readonly Resource[], { sortOptions }: Kustomization): readonly Resource[] {
  const order = sortOptions ? (sortOptions.order ?? '') : 'legacy';
  if (order === 'fifo') return resources;
  if (order !== 'legacy') throw new KustomizeError("the field 'sortOptions.order' must be one of [fifo, legacy]");
  const { orderFirst = first, orderLast = last } = sortOptions?.legacySortOptions ?? {};
  const rank = ({ kind }: Gvk): number => {
    if (orderLast.includes(kind)) return 1 + orderLast.indexOf(kind);
    return orderFirst.includes(kind) ? orderFirst.indexOf(kind) - orderFirst.length : 0;
  };
  const keyed = resources.map((resource) => ({ resource, rank: rank(resource.current), key: sortKey(resource) }));
  return keyed.sort((a, b) => a.rank - b.rank || byCodePoint(a.key, b.key)).map(({ resource }) => resource);
}

function sortKey({ current }: Resource): string {
  const gvk = `${current.group || '~G'}_${current.version || '~V'}_${current.kind || '~K'}`;
  return `${gvk}|${current.namespace || '~X'}|${current.name || '~N'}`;
}
