import { EndpointSlices, Endpoints as EndpointsType, Services } from '../../../api/kinds/resource-types.ts';
import type { Endpoint, EndpointAddress, EndpointSubset } from '../../../api/schema/generated/types.ts';
import { type ControllerDefinition, defineController, keyOf, splitKey, watch, watchOwn } from '../define-controller.ts';
import type { Endpoints } from '../objects.ts';
import { controllerRef } from '../workload/owner.ts';
import { inSliceOrder } from './port-order.ts';
import { MANAGED_BY, SERVICE, type SliceGroup, type SliceSet, writeSlices } from './write-slices.ts';

const MANAGER = 'endpointslicemirroring-controller.k8s.io';
const NOT_MIRRORED = ['endpoints.kubernetes.io/last-change-trigger-time', 'kubectl.kubernetes.io/last-applied-configuration'];

/** Endpoints that somebody wrote by hand for a Service without a selector, as EndpointSlices. */
export const mirroredSlices: ControllerDefinition = defineController({
  name: 'endpointslicemirroring-controller',
  watches: [
    watchOwn(EndpointsType),
    watch(Services, (service) => [keyOf(service)]),
    watch(EndpointSlices, ({ metadata }) =>
      metadata.labels?.[MANAGED_BY] === MANAGER ? [`${metadata.namespace ?? ''}/${metadata.labels[SERVICE] ?? ''}`] : [],
    ),
  ],
  start: ({ informers }) =>
    informers.for(EndpointSlices).addIndex('service', ({ metadata }) => [`${metadata.namespace ?? ''}/${metadata.labels?.[SERVICE] ?? ''}`]),
  reconcile: async (key, context) => {
    const [namespace, name] = splitKey(key);
    const service = context.informers.for(Services).get(namespace, name);
    const endpoints = context.informers.for(EndpointsType).get(namespace, name);
    const existing = context.informers
      .for(EndpointSlices)
      .byIndex('service', key)
      .filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === MANAGER && !metadata.deletionTimestamp);
    const isWanted = service && !service.spec?.selector && endpoints && isMirrored(endpoints);
    if (isWanted) await writeSlices(context, sliceSet(endpoints), existing);
    else for (const { metadata } of existing) await context.api.delete(EndpointSlices, namespace, metadata.name ?? '');
  },
});

const isMirrored = ({ metadata }: Endpoints): boolean =>
  metadata.labels?.['endpointslice.kubernetes.io/skip-mirror'] !== 'true' &&
  metadata.annotations?.['control-plane.alpha.kubernetes.io/leader'] === undefined;

function sliceSet(endpoints: Endpoints): SliceSet {
  const { namespace = '', name = '', labels, annotations = {} } = endpoints.metadata;
  const mirrored = Object.fromEntries(Object.entries(annotations).filter(([key]) => !NOT_MIRRORED.includes(key)));
  return {
    namespace,
    name,
    labels: { ...labels, [SERVICE]: name, [MANAGED_BY]: MANAGER },
    owner: controllerRef({ ...endpoints, apiVersion: 'v1', kind: 'Endpoints' }),
    groups: (endpoints.subsets ?? []).flatMap(groupsOf),
    annotations: () => mirrored,
  };
}

function groupsOf({ addresses = [], notReadyAddresses = [], ports = [] }: EndpointSubset): SliceGroup[] {
  const mirroredPorts = inSliceOrder(
    ports.map(({ name = '', port, protocol = 'TCP', appProtocol }) => ({ name, port, protocol, ...(appProtocol ? { appProtocol } : {}) })),
  );
  const all = [...addresses.map((address) => endpointOf(address, true)), ...notReadyAddresses.map((address) => endpointOf(address, false))];
  return (['IPv4', 'IPv6'] as const).flatMap((addressType) => {
    const endpoints = all.filter((endpoint) => (endpoint.addresses[0] ?? '').includes(':') === (addressType === 'IPv6'));
    return endpoints.length > 0 ? [{ addressType, ports: mirroredPorts, endpoints }] : [];
  });
}

const endpointOf = ({ ip, hostname, nodeName, targetRef }: EndpointAddress, ready: boolean): Endpoint => ({
  addresses: [ip],
  conditions: { ready },
  ...(hostname ? { hostname } : {}),
  ...(targetRef ? { targetRef } : {}),
  ...(nodeName ? { nodeName } : {}),
});
