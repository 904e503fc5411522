import { Endpoints as EndpointsType, Pods, Services } from '../../../api/kinds/resource-types.ts';
import { deepEqual } from '../../../api/machinery/deep-equal.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { EndpointAddress, EndpointSubset } from '../../../api/schema/generated/types.ts';
import { isoTime } from '../../../clock/index.ts';
import { type ControllerContext, type ControllerDefinition, defineController, keyOf, splitKey, watch, watchOwn } from '../define-controller.ts';
import type { Endpoints, Pod, Service } from '../objects.ts';
import { isNamespaceTerminating } from '../workload/pod-control.ts';
import { isReady } from '../workload/pod-state.ts';
import { inEndpointsOrder } from './port-order.ts';
import { podsOf, servicesOf, targetPort } from './service-pods.ts';

const TRIGGER_TIME = 'endpoints.kubernetes.io/last-change-trigger-time';
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';

export const endpoints: ControllerDefinition = defineController({
  name: 'endpoints-controller',
  serviceAccount: 'endpoint-controller',
  watches: [watch(Services, (service) => [keyOf(service)]), watch(Pods, servicesOf), watchOwn(EndpointsType)],
  reconcile,
});

async function reconcile(key: string, context: ControllerContext): Promise<void> {
  const [namespace, name] = splitKey(key);
  const { api, informers, clock } = context;
  const service = informers.for(Services).get(namespace, name);
  const there = informers.for(EndpointsType).get(namespace, name);
  if (!service) {
    if (there?.metadata.labels?.[MANAGED_BY]) await ignoringGone(api.delete(EndpointsType, namespace, name));
    return;
  }
  if (!service.spec?.selector || service.spec.type === 'ExternalName') return;
  const subsets = subsetsOf(service, podsOf(service, informers));
  const headless: Record<string, string> = service.spec.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {};
  const labels = { ...service.metadata.labels, [MANAGED_BY]: 'endpoint-controller', ...headless };
  if (there && deepEqual(there.subsets ?? [], subsets) && deepEqual(there.metadata.labels ?? {}, labels)) return;
  const annotations = { [TRIGGER_TIME]: isoTime(clock.now()) };
  const base: Endpoints = there ?? { apiVersion: 'v1', kind: 'Endpoints', metadata: { name, namespace } };
  const wanted: Endpoints = {
    ...base,
    metadata: { ...base.metadata, labels, annotations: { ...base.metadata.annotations, ...annotations } },
    subsets,
  };
  try {
    await (there ? api.update(EndpointsType, wanted) : api.create(EndpointsType, wanted));
  } catch (error) {
    if (!isNamespaceTerminating(error)) throw error;
  }
}

/** Addresses that share their ports form one subset. */
function subsetsOf(service: Service, pods: readonly Pod[]): readonly EndpointSubset[] {
  const byPorts = new Map<string, { ports: EndpointSubset['ports']; ready: EndpointAddress[]; notReady: EndpointAddress[] }>();
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp && !service.spec?.publishNotReadyAddresses) continue;
    const ports = (service.spec?.ports ?? []).flatMap((port) => {
      const number = targetPort(pod, port);
      const { name, protocol = 'TCP', appProtocol } = port;
      return number === undefined ? [] : [{ ...(name ? { name } : {}), port: number, protocol, ...(appProtocol ? { appProtocol } : {}) }];
    });
    if (ports.length === 0 && service.spec?.clusterIP !== 'None') continue;
    const id = JSON.stringify(ports);
    const subset = byPorts.get(id) ?? { ports, ready: [], notReady: [] };
    (isReady(pod) || service.spec?.publishNotReadyAddresses ? subset.ready : subset.notReady).push(addressOf(service, pod));
    byPorts.set(id, subset);
  }
  return [...byPorts.values()].map(({ ports, ready, notReady }) => ({
    ...(ready.length > 0 ? { addresses: byIp(ready) } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: byIp(notReady) } : {}),
    ...(ports?.length ? { ports: inEndpointsOrder(ports) } : {}),
  }));
}

const byIp = (addresses: readonly EndpointAddress[]) => [...addresses].sort((a, b) => (a.ip < b.ip ? -1 : 1));

function addressOf({ metadata: { name: serviceName } }: Service, { metadata, spec, status }: Pod): EndpointAddress {
  const { namespace = '', name = '', uid = '' } = metadata;
  const named = spec?.hostname && spec.subdomain === serviceName;
  return {
    ip: status?.podIP ?? '',
    ...(named ? { hostname: spec.hostname ?? '' } : {}),
    ...(spec?.nodeName ? { nodeName: spec.nodeName } : {}),
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
}

async function ignoringGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}
