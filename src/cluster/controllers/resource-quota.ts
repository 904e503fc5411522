import type { ResourceType } from '../../api/client/api-client.ts';
import type { Informers } from '../../api/client/informer.ts';
import {
  ConfigMaps,
  CronJobs,
  DaemonSets,
  Deployments,
  Jobs,
  PersistentVolumeClaims,
  Pods,
  ReplicaSets,
  ReplicationControllers,
  ResourceQuotas,
  Secrets,
  Services,
  StatefulSets,
} from '../../api/kinds/resource-types.ts';
import { deepEqual } from '../../api/machinery/deep-equal.ts';
import { addQuantities, formatQuantity, parseQuantity } from '../../api/machinery/quantity.ts';
import type { Container } from '../../api/schema/generated/types.ts';
import { type ControllerContext, type ControllerDefinition, defineController, keyOf, splitKey, watch, watchOwn } from './define-controller.ts';
import type { PersistentVolumeClaim, Pod, ResourceQuota } from './objects.ts';
import { isFinished } from './workload/pod-state.ts';

const COUNTED: readonly ResourceType[] = [
  Pods,
  Services,
  Secrets,
  ConfigMaps,
  PersistentVolumeClaims,
  ReplicationControllers,
  Deployments,
  ReplicaSets,
  StatefulSets,
  DaemonSets,
  Jobs,
  CronJobs,
].map((type) => ({ ...type, object: undefined }) as ResourceType);

const OLD_NAMES = new Set(['pods', 'services', 'secrets', 'configmaps', 'persistentvolumeclaims', 'replicationcontrollers', 'resourcequotas']);

/** Keeps the `used` side of quotas: what admission adds at once, and what deletions and endings give back. */
export const resourceQuota: ControllerDefinition = defineController({
  name: 'resourcequota-controller',
  watches: [
    watchOwn(ResourceQuotas),
    ...COUNTED.map((type) =>
      watch(type, (object, old, informers) =>
        old && type.resource !== 'pods' && type.resource !== 'services'
          ? []
          : informers.for(ResourceQuotas).list(object.metadata.namespace).map(keyOf),
      ),
    ),
  ],
  reconcile: async (key, context) => {
    const [namespace, name] = splitKey(key);
    const quota = context.informers.for(ResourceQuotas).get(namespace, name);
    if (!quota) return;
    const hard = quota.spec?.hard ?? {};
    const used = Object.fromEntries(Object.keys(hard).map((resource) => [resource, usage(resource, quota, context)]));
    if (deepEqual(quota.status?.hard ?? {}, hard) && deepEqual(quota.status?.used ?? {}, used)) return;
    await context.api.updateStatus(ResourceQuotas, { ...quota, status: { hard, used } });
  },
});

function usage(resource: string, quota: ResourceQuota, { informers }: ControllerContext): string {
  const namespace = quota.metadata.namespace ?? '';
  if (resource.startsWith('count/')) return count(resource.slice('count/'.length), namespace, informers);
  if (resource.startsWith('services.')) return services(resource, namespace, informers);
  const claims = informers.for(PersistentVolumeClaims).list(namespace);
  const [, storageClass = '', ofClass] = /^(.+)\.storageclass\.storage\.k8s\.io\/(.+)$/.exec(resource) ?? [];
  if (storageClass)
    return claimUsage(
      ofClass ?? '',
      claims.filter(({ spec }) => spec?.storageClassName === storageClass),
    );
  if (resource === 'requests.storage') return claimUsage(resource, claims);
  if (resource === 'pods') return String(podsIn(quota, informers).length);
  if (OLD_NAMES.has(resource)) return count(resource, namespace, informers);
  return podUsage(resource, podsIn(quota, informers));
}

function count(name: string, namespace: string, informers: Informers): string {
  const [resource = '', ...group] = name.split('.');
  if (resource === 'resourcequotas') return String(informers.for(ResourceQuotas).list(namespace).length);
  const type = COUNTED.find((other) => other.resource === resource && other.group === group.join('.'));
  return type ? String(informers.for(type).list(namespace).length) : '0';
}

function services(resource: string, namespace: string, informers: Informers): string {
  const all = informers.for(Services).list(namespace);
  const balanced = all.filter(({ spec }) => spec?.type === 'LoadBalancer');
  if (resource === 'services.loadbalancers') return String(balanced.length);
  const exposing = all.filter(
    ({ spec }) => spec?.type === 'NodePort' || (spec?.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false),
  );
  return String(exposing.reduce((sum, { spec }) => sum + (spec?.ports?.length ?? 0), 0));
}

const total = (quantities: readonly string[]): string =>
  quantities.length === 0 ? '0' : formatQuantity(quantities.map(parseQuantity).reduce((a, b) => addQuantities(a, b)));

const claimUsage = (resource: string, claims: readonly PersistentVolumeClaim[]): string =>
  resource === 'persistentvolumeclaims' ? String(claims.length) : total(claims.flatMap(({ spec }) => spec?.resources?.requests?.storage ?? []));

/** Pods that have not ended and that the quota's scopes mean. */
function podsIn({ metadata, spec }: ResourceQuota, informers: Informers): readonly Pod[] {
  const pods = informers
    .for(Pods)
    .list(metadata.namespace)
    .filter((pod) => !isFinished(pod));
  const scopes = [
    ...(spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists', values: [] })),
    ...(spec?.scopeSelector?.matchExpressions ?? []),
  ];
  return pods.filter((pod) => scopes.every(({ scopeName, operator, values = [] }) => inScope(pod, scopeName, operator, values)));
}

function inScope({ spec, status }: Pod, scope: string, operator: string, values: readonly string[]): boolean {
  switch (scope) {
    case 'Terminating':
      return spec?.activeDeadlineSeconds !== undefined;
    case 'NotTerminating':
      return spec?.activeDeadlineSeconds === undefined;
    case 'BestEffort':
      return status?.qosClass === 'BestEffort';
    case 'NotBestEffort':
      return status?.qosClass !== 'BestEffort';
    case 'PriorityClass':
      return matches(spec?.priorityClassName, operator, values);
    default:
      return true;
  }
}

function matches(name: string | undefined, operator: string, values: readonly string[]): boolean {
  if (operator === 'Exists') return Boolean(name);
  if (operator === 'DoesNotExist') return !name;
  return values.includes(name ?? '') === (operator === 'In');
}

/** `cpu`, `requests.cpu`, `limits.memory`, `requests.example.com/gpu` over all containers. */
function podUsage(resource: string, pods: readonly Pod[]): string {
  const [, side = 'requests', name = resource] = /^(requests|limits)\.(.+)$/.exec(resource) ?? [];
  const of = ({ resources }: Container) => (side === 'limits' ? resources?.limits : resources?.requests)?.[name] ?? [];
  return total(pods.flatMap(({ spec }) => (spec?.containers ?? []).flatMap(of)));
}
