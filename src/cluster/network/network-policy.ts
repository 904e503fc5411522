import type { Informers } from '../../api/client/informer.ts';
import { Namespaces, NetworkPolicies, Pods } from '../../api/kinds/resource-types.ts';
import { selects } from '../../api/machinery/labels.ts';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, Pod } from '../../api/schema/generated/types.ts';
import { inCidr } from './addresses.ts';

/** One end of a connection, as policies see it. */
export interface PolicyEnd {
  readonly address: string;
  /** Set for pods that have an address of their own (not on the host's network). */
  readonly pod: Pod | undefined;
}

export interface PolicyQuestion {
  readonly from: PolicyEnd;
  readonly to: PolicyEnd;
  readonly port: number;
  readonly protocol: string;
}

/** Whether NetworkPolicies let a connection through: out of its source and into its target. */
export class PolicyEngine {
  readonly #informers: Informers;

  constructor(informers: Informers) {
    this.#informers = informers;
  }

  allows(question: PolicyQuestion): boolean {
    const { from, to } = question;
    if (from.pod && from.pod === to.pod) return true;
    return this.#direction('Egress', from.pod, to, question) && this.#direction('Ingress', to.pod, from, question);
  }

  #direction(direction: 'Ingress' | 'Egress', subject: Pod | undefined, peer: PolicyEnd, question: PolicyQuestion): boolean {
    if (!subject) return true;
    const applying = this.#informers
      .for(NetworkPolicies)
      .list(subject.metadata.namespace)
      .filter((policy) => typesOf(policy).includes(direction) && selects(policy.spec?.podSelector, subject.metadata.labels));
    if (applying.length === 0) return true;
    return applying.some((policy) => this.#policyAllows(policy, direction, peer, question));
  }

  #policyAllows(policy: NetworkPolicy, direction: 'Ingress' | 'Egress', peer: PolicyEnd, question: PolicyQuestion): boolean {
    const rules =
      direction === 'Ingress'
        ? (policy.spec?.ingress ?? []).map((r) => ({ peers: r.from, ports: r.ports }))
        : (policy.spec?.egress ?? []).map((r) => ({ peers: r.to, ports: r.ports }));
    return rules.some(
      (rule) =>
        (!rule.peers?.length || rule.peers.some((p) => this.#peerMatches(p, policy.metadata.namespace ?? '', peer))) &&
        (!rule.ports?.length || rule.ports.some((p) => portMatches(p, question))),
    );
  }

  #peerMatches(peer: NetworkPolicyPeer, namespace: string, end: PolicyEnd): boolean {
    if (peer.ipBlock) {
      const { cidr, except } = peer.ipBlock;
      return inCidr(end.address, cidr) && !except?.some((hole) => inCidr(end.address, hole));
    }
    if (!end.pod) return false;
    if (peer.namespaceSelector) {
      const labels = this.#informers.for(Namespaces).get('', end.pod.metadata.namespace ?? '')?.metadata.labels;
      if (!selects(peer.namespaceSelector, labels)) return false;
    } else if (end.pod.metadata.namespace !== namespace) return false;
    return !peer.podSelector || selects(peer.podSelector, end.pod.metadata.labels);
  }
}

function typesOf(policy: NetworkPolicy): readonly string[] {
  return policy.spec?.policyTypes ?? (policy.spec?.egress ? ['Ingress', 'Egress'] : ['Ingress']);
}

function portMatches(rule: NetworkPolicyPort, { to, port, protocol }: PolicyQuestion): boolean {
  if ((rule.protocol ?? 'TCP') !== protocol) return false;
  if (rule.port === undefined) return true;
  if (typeof rule.port === 'string' && !/^\d+$/.test(rule.port)) return namedPort(to.pod, rule.port, protocol) === port;
  const first = Number(rule.port);
  return rule.endPort === undefined ? port === first : port >= first && port <= rule.endPort;
}

export function namedPort(pod: Pod | undefined, name: string, protocol: string): number | undefined {
  for (const container of [...(pod?.spec?.containers ?? []), ...(pod?.spec?.initContainers ?? [])]) {
    const port = container.ports?.find((p) => p.name === name && (p.protocol ?? 'TCP') === protocol);
    if (port) return port.containerPort;
  }
  return undefined;
}

/** The pod that owns an address, by the index that `indexPodAddresses` adds; pods on the host's network have none of their own. */
export function podAt(informers: Informers, address: string): Pod | undefined {
  return informers.for(Pods).byIndex('address', address)[0];
}

export function indexPodAddresses(informers: Informers): void {
  informers.for(Pods).addIndex('address', (pod) => {
    const over = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
    return pod.spec?.hostNetwork || over || !pod.status?.podIP ? [] : [pod.status.podIP];
  });
}
