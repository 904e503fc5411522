import { EndpointSlices, Nodes, Pods, Services } from '../../../api/kinds/resource-types.ts';
import { deepEqual } from '../../../api/machinery/deep-equal.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { DiscoveryV1EndpointPort, Endpoint } from '../../../api/schema/generated/types.ts';
import { type ControllerContext, type ControllerDefinition, defineController, keyOf, splitKey, watch } from '../define-controller.ts';
import type { EndpointSlice, Pod, Service } from '../objects.ts';
import { controllerRef } from '../workload/owner.ts';
import { isNamespaceTerminating } from '../workload/pod-control.ts';
import { isReady } from '../workload/pod-state.ts';
import { podsOf, servicesOf, targetPort } from './service-pods.ts';

const SERVICE = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const MANAGER = 'endpointslice-controller.k8s.io';
const MAX_ENDPOINTS = 100;

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

/** A slice's content: one family of addresses and one set of ports. */
interface Group {
  readonly addressType: 'IPv4' | 'IPv6';
  readonly ports: readonly DiscoveryV1EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

async function reconcile(key: string, context: ControllerContext): Promise<void> {
  const [namespace, name] = splitKey(key);
  const service = context.informers.for(Services).get(namespace, name);
  const slices = context.informers
    .for(EndpointSlices)
    .byIndex('service', key)
    .filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === MANAGER && !metadata.deletionTimestamp);
  if (!service || service.metadata.deletionTimestamp || service.spec?.type === 'ExternalName' || !service.spec?.selector) return;
  const unused = [...slices];
  try {
    for (const group of groupsOf(service, context)) await write(context, service, group, unused);
    for (const { metadata } of unused) await context.api.delete(EndpointSlices, namespace, metadata.name ?? '');
  } catch (error) {
    if (!isStatusError(error, 'NotFound') && !isNamespaceTerminating(error)) throw error;
  }
}

function groupsOf(service: Service, { informers }: ControllerContext): readonly Group[] {
  const pods = podsOf(service, informers);
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
    return [...byPorts.values()].flatMap(({ ports, endpoints }) => inChunks(endpoints).map((chunk) => ({ addressType, ports, endpoints: chunk })));
  });
}

const inChunks = (endpoints: readonly Endpoint[]): Endpoint[][] =>
  Array.from({ length: Math.ceil(endpoints.length / MAX_ENDPOINTS) }, (_, i) => endpoints.slice(i * MAX_ENDPOINTS, (i + 1) * MAX_ENDPOINTS));

function addressOf({ status }: Pod, family: 'IPv4' | 'IPv6'): string | undefined {
  const all = status?.podIPs?.map(({ ip }) => ip) ?? [status?.podIP ?? ''];
  return all.find((ip) => ip && ip.includes(':') === (family === 'IPv6'));
}

function portsOf({ spec }: Service, pod: Pod): readonly DiscoveryV1EndpointPort[] {
  return (spec?.ports ?? []).flatMap((port) => {
    const number = targetPort(pod, port);
    const { name = '', protocol = 'TCP', appProtocol } = port;
    return number === undefined ? [] : [{ name, port: number, protocol, ...(appProtocol ? { appProtocol } : {}) }];
  });
}

function endpointOf(service: Service, pod: Pod, address: string, informers: ControllerContext['informers']): Endpoint {
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

async function write(context: ControllerContext, service: Service, group: Group, unused: EndpointSlice[]): Promise<void> {
  const at = unused.findIndex((slice) => slice.addressType === group.addressType && samePorts(slice, group));
  const fallback = at >= 0 ? at : unused.findIndex((slice) => slice.addressType === group.addressType);
  const [existing] = fallback >= 0 ? unused.splice(fallback, 1) : [];
  const wanted = sliceOf(service, group);
  if (!existing) {
    await context.api.create(EndpointSlices, wanted);
    return;
  }
  const { labels, annotations } = wanted.metadata;
  const same =
    deepEqual(existing.endpoints ?? [], wanted.endpoints ?? []) && samePorts(existing, group) && deepEqual(existing.metadata.labels, labels);
  if (same) return;
  const metadata = { ...existing.metadata, ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) };
  await context.api.update(EndpointSlices, { ...wanted, metadata });
}

const samePorts = (slice: EndpointSlice, { ports }: Group) => deepEqual(slice.ports ?? [], ports);

function sliceOf(service: Service, { addressType, ports, endpoints }: Group): EndpointSlice {
  const { name = '', namespace = '' } = service.metadata;
  const headless: Record<string, string> = service.spec?.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {};
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels: { ...service.metadata.labels, [MANAGED_BY]: MANAGER, [SERVICE]: name, ...headless },
      ownerReferences: [controllerRef({ ...service, apiVersion: 'v1', kind: 'Service' })],
    },
    addressType,
    endpoints,
    ports,
  };
}
