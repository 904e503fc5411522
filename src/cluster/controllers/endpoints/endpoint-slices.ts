import type { Informers } from '../../../api/client/informer.ts';
import { EndpointSlices, Nodes, Pods, Services } from '../../../api/kinds/resource-types.ts';
import type { DiscoveryV1EndpointPort, Endpoint } from '../../../api/schema/generated/types.ts';
import { type ControllerContext, type ControllerDefinition, defineController, keyOf, splitKey, watch } from '../define-controller.ts';
import type { EndpointSlice, Pod, Service } from '../objects.ts';
import { controllerRef } from '../workload/owner.ts';
import { isReady } from '../workload/pod-state.ts';
import { inSliceOrder } from './port-order.ts';
import { podsOf, servicesOf, targetPort } from './service-pods.ts';
import { inChunks, MANAGED_BY, SERVICE, type SliceGroup, type SliceSet, writeSlices } from './write-slices.ts';

const MANAGER = 'endpointslice-controller.k8s.io';
const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';

export const endpointSlices: ControllerDefinition = defineController({
  name: 'endpointslice-controller',
  watches: [
    watch(Services, (service) => [keyOf(service)]),
    watch(Pods, servicesOf),
    watch(EndpointSlices, ({ metadata }) =>
      metadata.labels?.[MANAGED_BY] === MANAGER ? [`${metadata.namespace ?? ''}/${metadata.labels[SERVICE] ?? ''}`] : [],
    ),
  ],
  start: ({ informers }) => {
    informers.for(EndpointSlices).addIndex('service', ({ metadata }) => [`${metadata.namespace ?? ''}/${metadata.labels?.[SERVICE] ?? ''}`]);
    informers.for(Nodes);
  },
  reconcile,
});

async function reconcile(key: string, context: ControllerContext): Promise<void> {
  const [namespace, name] = splitKey(key);
  const service = context.informers.for(Services).get(namespace, name);
  const slices = context.informers
    .for(EndpointSlices)
    .byIndex('service', key)
    .filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === MANAGER && !metadata.deletionTimestamp);
  if (!service || service.metadata.deletionTimestamp || service.spec?.type === 'ExternalName' || !service.spec?.selector) return;
  await writeSlices(context, sliceSet(service, context), slices);
}

function groupsOf(service: Service, pods: readonly Pod[], informers: Informers): readonly SliceGroup[] {
  return (service.spec?.ipFamilies ?? ['IPv4']).flatMap((family) => {
    const addressType = family === 'IPv6' ? 'IPv6' : 'IPv4';
    const byPorts = new Map<string, { ports: readonly DiscoveryV1EndpointPort[]; endpoints: Endpoint[] }>();
    for (const pod of pods) {
      const address = addressOf(pod, addressType);
      if (!address) continue;
      const ports = portsOf(service, pod);
      const id = JSON.stringify(ports);
      const group = byPorts.get(id) ?? { ports, endpoints: [] };
      group.endpoints.push(endpointOf(service, pod, address, informers));
      byPorts.set(id, group);
    }
    if (byPorts.size === 0) return [{ addressType, ports: [], endpoints: [] }];
    return [...byPorts.values()].flatMap((group) => inChunks({ addressType, ...group }));
  });
}

function addressOf({ status }: Pod, family: 'IPv4' | 'IPv6'): string | undefined {
  const all = status?.podIPs?.map(({ ip }) => ip) ?? [status?.podIP ?? ''];
  return all.find((ip) => ip && ip.includes(':') === (family === 'IPv6'));
}

function portsOf({ spec }: Service, pod: Pod): readonly DiscoveryV1EndpointPort[] {
  const ports = (spec?.ports ?? []).flatMap((port) => {
    const number = targetPort(pod, port);
    const { name = '', protocol = 'TCP', appProtocol } = port;
    return number === undefined ? [] : [{ name, port: number, protocol, ...(appProtocol ? { appProtocol } : {}) }];
  });
  return inSliceOrder(ports);
}

function endpointOf(service: Service, pod: Pod, address: string, informers: Informers): Endpoint {
  const serving = isReady(pod);
  const terminating = Boolean(pod.metadata.deletionTimestamp);
  const ready = service.spec?.publishNotReadyAddresses || (serving && !terminating);
  const { nodeName, hostname, subdomain } = pod.spec ?? {};
  const zone = nodeName && informers.for(Nodes).get('', nodeName)?.metadata.labels?.['topology.kubernetes.io/zone'];
  const { namespace = '', name = '', uid = '' } = pod.metadata;
  const named = hostname && subdomain === service.metadata.name;
  return {
    addresses: [address],
    conditions: { ready, serving, terminating },
    ...(named ? { hostname } : {}),
    targetRef: { kind: 'Pod', namespace, name, uid },
    ...(nodeName ? { nodeName } : {}),
    ...(zone ? { zone } : {}),
  };
}

function sliceSet(service: Service, context: ControllerContext): SliceSet {
  const { name = '', namespace = '' } = service.metadata;
  const headless: Record<string, string> = service.spec?.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {};
  const pods = podsOf(service, context.informers);
  return {
    namespace,
    name,
    labels: { ...service.metadata.labels, [MANAGED_BY]: MANAGER, [SERVICE]: name, ...headless },
    owner: controllerRef({ ...service, apiVersion: 'v1', kind: 'Service' }),
    groups: groupsOf(service, pods, context.informers),
    annotations: (existing) => triggerTime(service, pods, existing),
  };
}

/** When the first of the changes happened that a slice has not told of yet. */
function triggerTime(service: Service, pods: readonly Pod[], existing: EndpointSlice | undefined): Record<string, string> {
  const created = service.metadata.creationTimestamp ?? '';
  const told = existing?.metadata.annotations?.[TRIGGER_TIME] ?? '';
  const ready = pods.map(({ status }) => status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime ?? '');
  const first = existing ? ready.filter((time) => time > told).sort()[0] : created;
  return first ? { [TRIGGER_TIME]: first } : {};
}
