import type { Informers } from '../../api/client/informer.ts';
import { EndpointSlices, Services } from '../../api/kinds/resource-types.ts';
import type { EndpointSlice, Service, ServicePort } from '../../api/schema/generated/types.ts';
import type { Clock, Random } from '../../clock/index.ts';

export interface Backend {
  readonly address: string;
  readonly port: number;
  readonly node: string | undefined;
}

export type Translation =
  | { readonly kind: 'backend'; readonly backend: Backend; readonly service: Service }
  /** A service port without endpoints: refused. */
  | { readonly kind: 'rejected' }
  /** Traffic that a local-only policy drops, or a port the service does not have. */
  | { readonly kind: 'dropped' };

export interface Packet {
  readonly source: string;
  readonly sourceNode: string | undefined;
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
}

/** What kube-proxy programs from Services and EndpointSlices: virtual addresses and node ports to backends. */
export class ServiceRules {
  readonly #informers: Informers;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #affinity = new Map<string, { backend: Backend; until: number }>();

  constructor(informers: Informers, clock: Clock, random: Random) {
    this.#informers = informers;
    this.#clock = clock;
    this.#random = random;
    informers.for(Services).addIndex('address', (s) => virtualAddresses(s));
    informers
      .for(Services)
      .addIndex('nodePort', (s) => (s.spec?.ports ?? []).flatMap((p) => (p.nodePort ? [`${p.protocol ?? 'TCP'}:${p.nodePort}`] : [])));
    informers
      .for(EndpointSlices)
      .addIndex('service', (slice) => [`${slice.metadata.namespace}/${slice.metadata.labels?.['kubernetes.io/service-name'] ?? ''}`]);
  }

  /** Undefined when the address is no service's. */
  virtual(packet: Packet): Translation | undefined {
    const service = this.#informers.for(Services).byIndex('address', packet.address)[0];
    if (!service) return undefined;
    const port = service.spec?.ports?.find((p) => p.port === packet.port && (p.protocol ?? 'TCP') === packet.protocol);
    if (!port) return { kind: 'dropped' };
    const external = !service.spec?.clusterIPs?.includes(packet.address) && service.spec?.clusterIP !== packet.address;
    const localOnly = external
      ? service.spec?.externalTrafficPolicy === 'Local' && packet.sourceNode === undefined
      : service.spec?.internalTrafficPolicy === 'Local';
    return this.#choose(service, port, packet, localOnly ? packet.sourceNode : undefined, localOnly);
  }

  nodePort(packet: Packet, node: string): Translation | undefined {
    const service = this.#informers.for(Services).byIndex('nodePort', `${packet.protocol}:${packet.port}`)[0];
    const port = service?.spec?.ports?.find((p) => p.nodePort === packet.port);
    if (!service || !port) return undefined;
    const localOnly = service.spec?.externalTrafficPolicy === 'Local' && packet.sourceNode === undefined;
    return this.#choose(service, port, packet, node, localOnly);
  }

  slices(namespace: string, service: string): readonly EndpointSlice[] {
    return this.#informers.for(EndpointSlices).byIndex('service', `${namespace}/${service}`);
  }

  #choose(service: Service, port: ServicePort, packet: Packet, node: string | undefined, localOnly: boolean): Translation {
    const all = this.#backends(service, port);
    if (all.length === 0) return { kind: 'rejected' };
    const usable = localOnly ? all.filter((b) => b.node !== undefined && b.node === node) : all;
    if (usable.length === 0) return { kind: 'dropped' };
    return { kind: 'backend', service, backend: this.#withAffinity(service, port, packet.source, usable) };
  }

  #withAffinity(service: Service, port: ServicePort, source: string, usable: readonly Backend[]): Backend {
    if (service.spec?.sessionAffinity !== 'ClientIP') return this.#random.pick(usable);
    const key = `${service.metadata.uid}/${port.port}/${source}`;
    const kept = this.#affinity.get(key);
    const seconds = service.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800;
    const still =
      kept && kept.until > this.#clock.now() ? usable.find((b) => b.address === kept.backend.address && b.port === kept.backend.port) : undefined;
    const backend = still ?? this.#random.pick(usable);
    this.#affinity.set(key, { backend, until: this.#clock.now() + seconds * 1000 });
    return backend;
  }

  #backends(service: Service, port: ServicePort): Backend[] {
    const slices = this.slices(service.metadata.namespace ?? '', service.metadata.name ?? '');
    const ready = backendsOf(slices, port, (c) => c?.ready !== false);
    return ready.length > 0 ? ready : backendsOf(slices, port, (c) => c?.serving === true && c.terminating === true);
  }
}

type Conditions = NonNullable<EndpointSlice['endpoints']>[number]['conditions'];

function backendsOf(slices: readonly EndpointSlice[], port: ServicePort, usable: (conditions: Conditions) => boolean): Backend[] {
  return slices.flatMap((slice) => {
    if (slice.addressType !== 'IPv4') return [];
    const match = slice.ports?.find((p) => (p.name ?? '') === (port.name ?? '') && (p.protocol ?? 'TCP') === (port.protocol ?? 'TCP'));
    if (match?.port === undefined) return [];
    const number = match.port;
    return (slice.endpoints ?? [])
      .filter((e) => usable(e.conditions))
      .flatMap((e) => e.addresses.slice(0, 1).map((address) => ({ address, port: number, node: e.nodeName })));
  });
}

function virtualAddresses(service: Service): readonly string[] {
  const spec = service.spec;
  const own = spec?.clusterIP && spec.clusterIP !== 'None' ? [spec.clusterIP] : [];
  const balancer = (service.status?.loadBalancer?.ingress ?? []).flatMap((i) => (i.ip ? [i.ip] : []));
  return [...own, ...(spec?.externalIPs ?? []), ...balancer];
}
