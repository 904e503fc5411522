import { cidrContains, parseIp } from '../../../api/machinery/addresses.ts';
import { FieldPath, invalidValue } from '../../../api/machinery/field-error.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import type { ServicePort, ServiceSpec } from '../../../api/schema/generated/types.ts';
import type { ResourceRequest, ServerContext } from '../context.ts';
import { requireValid } from '../requirements.ts';

export const SERVICE_CIDR = '10.96.0.0/12';
const NODE_PORTS = { first: 30000, last: 32767 };

const specOf = (object: KubeObject): ServiceSpec => (object.spec ?? {}) as ServiceSpec;
const spec = new FieldPath('spec');

/** Gives a Service its addresses and ports, keeping what it has; refuses what is taken or out of range. */
export function allocateService(context: ServerContext, rr: ResourceRequest, object: KubeObject, old: KubeObject | undefined): KubeObject {
  const before = old ? specOf(old) : undefined;
  const addressed = withClusterIp(context, rr, object, before);
  return withNodePorts(context, rr, addressed, before);
}

function withClusterIp(context: ServerContext, rr: ResourceRequest, object: KubeObject, before: ServiceSpec | undefined): KubeObject {
  const own = specOf(object);
  if (own.type === 'ExternalName') return without(object, ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']);
  const families = {
    ipFamilies: own.ipFamilies ?? ['IPv4'],
    ipFamilyPolicy: own.ipFamilyPolicy ?? 'SingleStack',
    internalTrafficPolicy: own.internalTrafficPolicy ?? 'Cluster',
  };
  const kept = before?.type === 'ExternalName' ? undefined : before;
  const wanted = own.clusterIP || own.clusterIPs?.[0] || (rr.info.verb === 'create' ? undefined : kept?.clusterIP);
  const clusterIP = wanted ?? freeAddress(context);
  if (wanted && wanted !== 'None' && wanted !== kept?.clusterIP && !kept && parseIp(wanted)) requireFree(context, rr, object, wanted);
  const clusterIPs = own.clusterIPs && own.clusterIPs[0] === clusterIP ? own.clusterIPs : own.clusterIPs?.[0] ? own.clusterIPs : [clusterIP];
  return { ...object, spec: { ...own, ...families, clusterIP, clusterIPs } };
}

function without(object: KubeObject, fields: readonly string[]): KubeObject {
  return { ...object, spec: Object.fromEntries(Object.entries(specOf(object)).filter(([key]) => !fields.includes(key))) };
}

const taken = ({ store }: ServerContext): Set<string> => new Set(store.list('/services').flatMap((s) => specOf(s).clusterIPs ?? []));

function requireFree(context: ServerContext, { resource }: ResourceRequest, object: KubeObject, address: string): void {
  const refuse = (why: string) =>
    requireValid(resource, object.metadata.name ?? '', [
      invalidValue(spec.child('clusterIPs'), [address], `failed to allocate IP ${address}: ${why}`),
    ]);
  if (!cidrContains(SERVICE_CIDR, address)) refuse('the provided network does not match the current range');
  if (taken(context).has(address)) refuse('provided IP is already allocated');
}

/** Drawn from the upper part of the range, as upstream leaves the lower for those who choose. */
function freeAddress(context: ServerContext): string {
  const used = taken(context);
  for (;;) {
    const offset = 256 + context.clock.random.int(2 ** 20 - 512);
    const address = `10.${96 + (offset >> 16)}.${(offset >> 8) & 255}.${offset & 255}`;
    if (!used.has(address)) return address;
  }
}

function withNodePorts(context: ServerContext, rr: ResourceRequest, object: KubeObject, before: ServiceSpec | undefined): KubeObject {
  const own = specOf(object);
  const exposes = own.type === 'NodePort' || (own.type === 'LoadBalancer' && own.allocateLoadBalancerNodePorts !== false);
  const ports = own.ports ?? [];
  if (!exposes && own.type !== 'LoadBalancer') {
    const stale =
      before && before.type !== own.type
        ? ports.map(({ nodePort, ...port }) => (before.ports?.some((p) => p.nodePort === nodePort) ? port : { ...port, nodePort }))
        : ports;
    return before && before.type !== own.type ? { ...object, spec: { ...own, ports: stale.map(compactPort) } } : object;
  }
  const used = new Map(
    context.store
      .list('/services')
      .filter((s) => s.metadata.uid !== object.metadata.uid)
      .flatMap((s) => portsOf(s)),
  );
  const given: ServicePort[] = [];
  ports.forEach((port, i) => {
    const had = before?.ports?.find((p) => p.port === port.port && (p.protocol ?? 'TCP') === (port.protocol ?? 'TCP'))?.nodePort;
    const nodePort = port.nodePort || had;
    if (nodePort) requireFreePort(rr, object, i, nodePort, portKey(port, nodePort), used, nodePort === had);
    const chosen = nodePort || (exposes ? freePort(context, port, used, given) : undefined);
    given.push(chosen ? { ...port, nodePort: chosen } : port);
  });
  return { ...object, spec: { ...own, ports: given } };
}

const compactPort = (port: Partial<ServicePort>): Partial<ServicePort> =>
  Object.fromEntries(Object.entries(port).filter(([, value]) => value !== undefined));

const portKey = ({ protocol = 'TCP' }: ServicePort, nodePort: number): string => `${protocol}/${nodePort}`;

const portsOf = (service: KubeObject): [string, true][] =>
  (specOf(service).ports ?? []).flatMap((port): [string, true][] => (port.nodePort ? [[portKey(port, port.nodePort), true]] : []));

function requireFreePort(
  rr: ResourceRequest,
  object: KubeObject,
  i: number,
  nodePort: number,
  key: string,
  used: Map<string, true>,
  own: boolean,
): void {
  if (own) return;
  const path = spec.child('ports').index(i).child('nodePort');
  const refuse = (why: string) => requireValid(rr.resource, object.metadata.name ?? '', [invalidValue(path, nodePort, why)]);
  if (nodePort < NODE_PORTS.first || nodePort > NODE_PORTS.last) {
    refuse(`provided port is not in the valid range. The range of valid ports is ${NODE_PORTS.first}-${NODE_PORTS.last}`);
  }
  if (used.has(key)) refuse('provided port is already allocated');
}

function freePort({ clock }: ServerContext, port: ServicePort, used: Map<string, true>, given: readonly ServicePort[]): number {
  const twin = given.find((p) => p.port === port.port && p.nodePort)?.nodePort;
  if (twin && !used.has(portKey(port, twin))) return twin;
  for (;;) {
    const nodePort = NODE_PORTS.first + 86 + clock.random.int(NODE_PORTS.last - NODE_PORTS.first - 86);
    if (!used.has(portKey(port, nodePort)) && !given.some((p) => p.nodePort === nodePort)) return nodePort;
  }
}
