import { formatLabelSelector } from '../../../../api/machinery/labels.ts';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../../../api/schema/generated/types.ts';
import { defineDescriber } from './describer.ts';
import { goTime, labelsAndAnnotations, nameAndNamespace } from './parts/metadata.ts';
import type { Writer } from './writer.ts';

export const networkPolicy = defineDescriber<NetworkPolicy>({
  kind: 'NetworkPolicy',
  group: 'networking.k8s.io',
  events: false,
  describe(w, { metadata, spec }) {
    nameAndNamespace(w, metadata);
    w.line(0, 'Created on:', goTime(metadata?.creationTimestamp));
    labelsAndAnnotations(w, metadata);
    w.line(0, 'Spec:');
    const selector = formatLabelSelector(spec?.podSelector);
    const everything = selector === '<none>' || selector === '';
    w.line(1, `PodSelector:     ${everything ? '<none> (Allowing the specific traffic to all pods in this namespace)' : selector}`);
    const types = spec?.policyTypes ?? [];
    direction(
      w,
      types.includes('Ingress'),
      'ingress',
      (spec?.ingress ?? []).map(({ ports, from }) => ({ ports, peers: from })),
    );
    direction(
      w,
      types.includes('Egress'),
      'egress',
      (spec?.egress ?? []).map(({ ports, to }) => ({ ports, peers: to })),
    );
    w.line(1, `Policy Types: ${types.join(', ') || '<none>'}`);
  },
});

interface Rule {
  readonly ports: readonly NetworkPolicyPort[] | undefined;
  readonly peers: readonly NetworkPolicyPeer[] | undefined;
}

const indent = '    ';

function direction(w: Writer, affected: boolean, word: 'ingress' | 'egress', rules: readonly Rule[]): void {
  if (!affected) {
    w.line(1, `Not affecting ${word} traffic`);
    return;
  }
  w.line(1, `Allowing ${word} traffic:`);
  if (rules.length === 0) {
    w.line(0, `${indent}<none> (Selected pods are isolated for ${word} connectivity)`);
    return;
  }
  for (const [i, { ports, peers }] of rules.entries()) {
    if (!ports?.length) w.line(0, `${indent}To Port: <any> (traffic allowed to all ports)`);
    for (const port of ports ?? []) w.line(0, `${indent}${portText(port)}`);
    const label = word === 'ingress' ? 'From' : 'To';
    if (!peers?.length) w.line(0, `${indent}${label}: <any> (traffic not restricted by ${word === 'ingress' ? 'source' : 'destination'})`);
    for (const peer of peers ?? []) describePeer(w, label, peer);
    if (i < rules.length - 1) w.line(0, `${indent}----------`);
  }
}

const portText = ({ port, endPort, protocol = 'TCP' }: NetworkPolicyPort): string =>
  endPort === undefined ? `To Port: ${port ?? '<nil>'}/${protocol}` : `To Port Range: ${port}-${endPort}/${protocol}`;

function describePeer(w: Writer, label: string, { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer): void {
  w.line(0, `${indent}${label}:`);
  if (namespaceSelector) w.line(1, `${indent}NamespaceSelector: ${formatLabelSelector(namespaceSelector)}`);
  if (podSelector) w.line(1, `${indent}PodSelector: ${formatLabelSelector(podSelector)}`);
  if (podSelector || namespaceSelector || !ipBlock) return;
  w.line(1, `${indent}IPBlock:`);
  w.line(2, `${indent}CIDR: ${ipBlock.cidr}`);
  w.line(2, `${indent}Except: ${ipBlock.except?.join(', ') ?? ''}`);
}
