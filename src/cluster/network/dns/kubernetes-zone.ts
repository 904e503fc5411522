import type { Informers } from '../../../api/client/informer.ts';
import { EndpointSlices, Namespaces, Pods, Services } from '../../../api/kinds/resource-types.ts';
import type { EndpointSlice, Service } from '../../../api/schema/generated/types.ts';
import type { DnsAnswer, DnsType } from '../../../machine/index.ts';

export interface Question {
  readonly name: string;
  readonly type: DnsType;
}

export type Answer = Omit<DnsAnswer, 'server'>;
type DnsRecord = DnsAnswer['records'][number];

export interface ZoneOptions {
  readonly informers: Informers;
  /** `cluster.local.` */
  readonly zone: string;
  readonly pods: 'disabled' | 'insecure' | 'verified';
  readonly ttl: number;
  /** Resolves what an ExternalName points at. */
  readonly external: (question: Question) => Promise<Answer | undefined>;
}

const NOTHING: Answer = { status: 'NXDOMAIN', records: [] };
const found = (records: readonly DnsRecord[]): Answer => ({ status: 'NOERROR', records });

/** Answers for the cluster's own zone, as the kubernetes plugin of CoreDNS does. */
export async function answerFromCluster({ name, type }: Question, options: ZoneOptions): Promise<Answer> {
  const labels = name.slice(0, -options.zone.length).split('.').filter(Boolean).reverse();
  const [kind, namespace, service, ...rest] = labels;
  if (kind === undefined) return found([]);
  if (kind === 'dns-version' && namespace === undefined) return found([{ name, type: 'TXT', ttl: options.ttl, data: '"1.1.0"' }]);
  if (kind === 'pod' && namespace && service && rest.length === 0) return podAnswer(name, service, namespace, type, options);
  if (kind !== 'svc') return NOTHING;
  if (!namespace || !options.informers.for(Namespaces).get('', namespace)) return namespace ? NOTHING : found([]);
  if (!service) return found([]);
  const target = options.informers.for(Services).get(namespace, service);
  return target ? serviceAnswer({ name, type }, target, [...rest].reverse(), options) : NOTHING;
}

function podAnswer(name: string, dashed: string, namespace: string, type: DnsType, { pods, informers, ttl }: ZoneOptions): Answer {
  const address = dashed.replaceAll('-', '.');
  if (pods === 'disabled' || !/^\d+\.\d+\.\d+\.\d+$/.test(address)) return NOTHING;
  const verified = informers
    .for(Pods)
    .byIndex('address', address)
    .some((p) => p.metadata.namespace === namespace);
  if (pods === 'verified' && !verified) return NOTHING;
  return found(type === 'A' ? [{ name, type, ttl, data: address }] : []);
}

async function serviceAnswer(question: Question, service: Service, rest: readonly string[], options: ZoneOptions): Promise<Answer> {
  const { name, type } = question;
  if (service.spec?.type === 'ExternalName') return externalAnswer(question, service.spec.externalName ?? '', options);
  const [first, second] = rest;
  if (first?.startsWith('_') && second?.startsWith('_')) return portAnswer(question, service, first.slice(1), second.slice(1), options);
  const slices = slicesOf(service, options.informers);
  const addresses =
    service.spec?.clusterIP === 'None' ? endpointAddresses(slices, first) : first === undefined ? [service.spec?.clusterIP ?? ''] : [];
  if (first !== undefined && addresses.length === 0) return NOTHING;
  if (service.spec?.clusterIP === 'None' && addresses.length === 0) return NOTHING;
  if (type === 'SRV') return found((service.spec?.ports ?? []).map((p) => srv(name, p.port, name, options.ttl)));
  return found(type === 'A' || type === 'ANY' ? addresses.map((data) => ({ name, type: 'A' as const, ttl: options.ttl, data })) : []);
}

async function externalAnswer({ name, type }: Question, target: string, { ttl, external }: ZoneOptions): Promise<Answer> {
  const data = target.replace(/\.?$/, '.');
  const alias: DnsRecord = { name, type: 'CNAME', ttl, data };
  if (type === 'CNAME') return found([alias]);
  const further = await external({ name: data, type });
  return found([alias, ...(further?.records ?? [])]);
}

function portAnswer({ name, type }: Question, service: Service, port: string, protocol: string, options: ZoneOptions): Answer {
  const match = (service.spec?.ports ?? []).filter((p) => (p.name ?? '') === port && (p.protocol ?? 'TCP').toLowerCase() === protocol);
  if (match.length === 0) return NOTHING;
  const target = name.split('.').slice(2).join('.');
  return found(type === 'SRV' ? match.map((p) => srv(name, p.port, target, options.ttl)) : []);
}

const srv = (name: string, port: number, target: string, ttl: number): DnsRecord => ({ name, type: 'SRV', ttl, data: `0 100 ${port} ${target}` });

function slicesOf(service: Service, informers: Informers): readonly EndpointSlice[] {
  return informers.for(EndpointSlices).byIndex('service', `${service.metadata.namespace}/${service.metadata.name}`);
}

/** All ready endpoints, or the one that goes by a host name (its own, or its dashed address). */
function endpointAddresses(slices: readonly EndpointSlice[], hostname: string | undefined): string[] {
  return slices
    .flatMap((slice) => slice.endpoints ?? [])
    .filter((e) => e.conditions?.ready !== false)
    .filter((e) => hostname === undefined || e.hostname === hostname || (!e.hostname && e.addresses[0]?.replaceAll('.', '-') === hostname))
    .flatMap((e) => e.addresses.slice(0, 1));
}

/** The name behind an address: a service's, or a headless endpoint's. */
export function reverseAnswer({ name }: Question, { informers, zone, ttl }: ZoneOptions): Answer | undefined {
  const address = name
    .replace(/\.in-addr\.arpa\.$/, '')
    .split('.')
    .reverse()
    .join('.');
  const service = informers.for(Services).byIndex('address', address)[0];
  if (!service) return undefined;
  return found([{ name, type: 'PTR', ttl, data: `${service.metadata.name}.${service.metadata.namespace}.svc.${zone}` }]);
}
