import { deepEqual } from '../../machinery/deep-equal.ts';
import type { Service, ServicePort, ServiceSpec } from '../../schema/generated/types.ts';
import { compact } from '../zero-values.ts';
import { isExternallyAccessible } from './defaults.ts';

const needsClusterIp = ({ type }: ServiceSpec): boolean => type !== 'ExternalName';
const needsNodePorts = ({ type, allocateLoadBalancerNodePorts: allocate }: ServiceSpec): boolean =>
  type === 'NodePort' || (type === 'LoadBalancer' && allocate !== false);
const needsHealthCheck = ({ type, externalTrafficPolicy }: ServiceSpec): boolean => type === 'LoadBalancer' && externalTrafficPolicy === 'Local';

/** Links clusterIP with clusterIPs, keeps what was allocated before and drops what the new type has no use for. */
export function keepAddresses(service: Service, old: Service | undefined): Service {
  const spec = service.spec ?? {};
  const before = old?.spec;
  if (!before) return spec.clusterIP && !spec.clusterIPs?.length ? { ...service, spec: { ...spec, clusterIPs: [spec.clusterIP] } } : service;
  return { ...service, spec: linkedIps(keptFrom(withoutUseless(spec, before), before), before) };
}

function withoutUseless(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  const same = (field: keyof ServiceSpec) => deepEqual(spec[field], before[field]);
  const dropped: (keyof ServiceSpec)[] = [];
  if (needsClusterIp(before) && !needsClusterIp(spec)) {
    if (same('clusterIP') && same('clusterIPs')) dropped.push('clusterIP', 'clusterIPs');
    if (same('ipFamilies')) dropped.push('ipFamilies');
    if (same('ipFamilyPolicy')) dropped.push('ipFamilyPolicy');
  }
  if (needsHealthCheck(before) && !needsHealthCheck(spec) && same('healthCheckNodePort')) dropped.push('healthCheckNodePort');
  if (before.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    if (same('allocateLoadBalancerNodePorts')) dropped.push('allocateLoadBalancerNodePorts');
    if (same('loadBalancerClass')) dropped.push('loadBalancerClass');
  }
  if (isExternallyAccessible(before) && !isExternallyAccessible(spec) && same('externalTrafficPolicy')) dropped.push('externalTrafficPolicy');
  const numbers = (ports: readonly ServicePort[] | undefined) => (ports ?? []).map(({ nodePort }) => nodePort ?? 0);
  const closes = needsNodePorts(before) && !needsNodePorts(spec) && sharesAll(numbers(spec.ports), numbers(before.ports));
  const kept: ServiceSpec = Object.fromEntries(Object.entries(spec).filter(([field]) => !dropped.includes(field as keyof ServiceSpec)));
  return closes && kept.ports ? { ...kept, ports: kept.ports.map(({ nodePort: _, ...port }) => port) } : kept;
}

const sharesAll = (now: readonly number[], before: readonly number[]): boolean => now.every((port) => port === 0 || before.includes(port));

function keptFrom(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  const keepsIp = needsClusterIp(before) && needsClusterIp(spec);
  return compact({
    ...spec,
    ...(keepsIp && !spec.clusterIP ? { clusterIP: before.clusterIP } : {}),
    ...(keepsIp && !spec.clusterIPs?.length ? { clusterIPs: linkedWhenSame(spec, before) } : {}),
    ...(needsNodePorts(before) && needsNodePorts(spec) && spec.ports ? { ports: keptNodePorts(spec.ports, before.ports ?? []) } : {}),
    ...(needsHealthCheck(before) && needsHealthCheck(spec) ? { healthCheckNodePort: spec.healthCheckNodePort || before.healthCheckNodePort } : {}),
  });
}

/** A client that names only clusterIP means that one. */
const linkedWhenSame = (spec: ServiceSpec, before: ServiceSpec): readonly string[] | undefined =>
  spec.clusterIP && spec.clusterIP !== before.clusterIP ? [spec.clusterIP] : before.clusterIPs;

function keptNodePorts(ports: readonly ServicePort[], before: readonly ServicePort[]): ServicePort[] {
  const used = new Set(ports.flatMap(({ nodePort }) => (nodePort && before.some((port) => port.nodePort === nodePort) ? [nodePort] : [])));
  const byName = new Map(before.map(({ name = '', nodePort }) => [name, nodePort]));
  return ports.map((port) => {
    const known = byName.get(port.name ?? '');
    return port.nodePort || !known || used.has(known) ? port : { ...port, nodePort: known };
  });
}

function linkedIps(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  const changed = spec.clusterIP && before.clusterIP && spec.clusterIP !== before.clusterIP;
  return changed && deepEqual(spec.clusterIPs, before.clusterIPs) && needsClusterIp(spec) ? { ...spec, clusterIPs: [spec.clusterIP ?? ''] } : spec;
}
