import type { Informers } from '../../api/client/informer.ts';
import type { Clock, Random } from '../../clock/index.ts';
import { type Listening, NetworkError } from '../../machine/index.ts';
import { isLoopback } from './addresses.ts';
import { type NamespaceOwner, NetNamespace } from './net-namespace.ts';
import { indexPodAddresses, PolicyEngine, podAt } from './network-policy.ts';
import { ServiceRules, type Translation } from './service-rules.ts';

export interface NetworkOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly informers: Informers;
  /** Whether the CNI plugin enforces NetworkPolicies. */
  readonly enforcesPolicies: boolean;
  /** Whether kube-proxy's rules are in force on a node; without them service addresses lead nowhere. */
  readonly proxied?: (node: string) => boolean;
}

export interface Destination {
  readonly listening: Listening;
  readonly address: string;
  readonly port: number;
  readonly namespace: NetNamespace;
}

/** Why a packet got no answer: `reset` is told at once, `silence` only by the sender's own patience. */
export type Refusal = { readonly refused: 'reset' | 'silence' | 'no-route' };

/** All that is connected: who has which address, and what answers when A calls B. */
export class Network {
  readonly clock: Clock;
  readonly rules: ServiceRules;
  readonly #informers: Informers;
  readonly #policies: PolicyEngine;
  readonly #enforcesPolicies: boolean;
  readonly #proxied: (node: string) => boolean;
  readonly #byAddress = new Map<string, NetNamespace>();
  readonly #nodes = new Map<string, NetNamespace>();

  constructor({ clock, random, informers, enforcesPolicies, proxied = () => true }: NetworkOptions) {
    this.clock = clock;
    this.#informers = informers;
    this.rules = new ServiceRules(informers, clock, random);
    this.#policies = new PolicyEngine(informers);
    this.#enforcesPolicies = enforcesPolicies;
    this.#proxied = proxied;
    indexPodAddresses(informers);
  }

  /** Plugs in a machine or a pod. */
  join(owner: NamespaceOwner, addresses: readonly string[]): NetNamespace {
    const namespace = new NetNamespace(owner, addresses);
    for (const address of addresses) this.#byAddress.set(address, namespace);
    if (owner.kind === 'node') this.#nodes.set(owner.name, namespace);
    return namespace;
  }

  leave(namespace: NetNamespace): void {
    for (const address of namespace.addresses) if (this.#byAddress.get(address) === namespace) this.#byAddress.delete(address);
  }

  node(name: string): NetNamespace | undefined {
    return this.#nodes.get(name);
  }

  has(address: string): boolean {
    return this.#byAddress.has(address);
  }

  /** What a connection from one namespace to an address would reach. */
  route(from: NetNamespace, address: string, port: number, protocol: 'TCP' | 'UDP' = 'TCP'): Destination | Refusal {
    if (isLoopback(address)) return listenerOf(from, address, port, protocol);
    if (from.addresses.includes(address) && from.owner.kind !== 'node') return listenerOf(from, address, port, protocol);
    if (!from.up) return { refused: 'no-route' };
    const translation = this.#translate(from, address, port, protocol);
    if (!translation) return this.#deliver(from, address, port, protocol);
    if (translation.kind === 'rejected') return { refused: 'reset' };
    if (translation.kind === 'dropped') return { refused: 'silence' };
    return this.#deliver(from, translation.backend.address, translation.backend.port, protocol);
  }

  #translate(from: NetNamespace, address: string, port: number, protocol: string): Translation | undefined {
    const packet = { source: from.address, sourceNode: from.owner.node, address, port, protocol };
    const target = this.#byAddress.get(address);
    if (target?.owner.kind === 'node') {
      return this.#proxied(target.owner.name) ? this.rules.nodePort(packet, target.owner.name) : undefined;
    }
    if (target) return undefined;
    const translation = this.rules.virtual(packet);
    const translator = from.owner.node;
    return translation && translator !== undefined && !this.#proxied(translator) ? { kind: 'dropped' } : translation;
  }

  #deliver(from: NetNamespace, address: string, port: number, protocol: 'TCP' | 'UDP'): Destination | Refusal {
    const target = this.#byAddress.get(address);
    if (!target) return { refused: this.#isLocalRange(address) ? 'no-route' : 'silence' };
    if (!target.up) return { refused: 'silence' };
    if (this.#enforcesPolicies && !this.#permitted(from, target, address, port, protocol)) return { refused: 'silence' };
    return listenerOf(target, address, port, protocol);
  }

  #permitted(from: NetNamespace, target: NetNamespace, address: string, port: number, protocol: string): boolean {
    const fromPod = from.owner.kind === 'pod' ? podAt(this.#informers, from.address) : undefined;
    const toPod = target.owner.kind === 'pod' ? podAt(this.#informers, address) : undefined;
    const ownNode = from.owner.kind === 'node' && from.owner.name === target.owner.node;
    return this.#policies.allows({
      from: { address: from.address, pod: fromPod },
      to: { address, pod: ownNode ? undefined : toPod },
      port,
      protocol,
    });
  }

  /** A gone pod's or machine's address: its neighbours find nobody there. */
  #isLocalRange(address: string): boolean {
    return address.startsWith('10.244.') || address.startsWith('192.168.100.');
  }

  /** Waits as long as a client that gets this answer would, then gives the error it sees. */
  async refusal({ refused }: Refusal, address: string, patience: number, signal?: AbortSignal): Promise<NetworkError> {
    if (refused === 'reset') return new NetworkError('ECONNREFUSED', 'Connection refused', address);
    const wait = refused === 'no-route' ? Math.min(3_000, patience) : patience;
    await this.clock.sleep(wait, signal);
    return refused === 'no-route' && patience > 3_000
      ? new NetworkError('EHOSTUNREACH', 'No route to host', address)
      : new NetworkError('ETIMEDOUT', 'Connection timed out', address);
  }
}

function listenerOf(namespace: NetNamespace, address: string, port: number, protocol: 'TCP' | 'UDP'): Destination | Refusal {
  const listening = namespace.at(address, port, protocol);
  return listening ? { listening, address, port, namespace } : { refused: 'reset' };
}
