import { formatLabelSelector } from '../machinery/labels.ts';
import type { NetworkPolicy, NetworkPolicyPort } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { root } from './field-checks.ts';
import { validatePolicySpec } from './network-policy-validation.ts';
import { orEmpty } from './zero-values.ts';

export const networkPolicy = defineKind<NetworkPolicy>({
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'networkpolicies',
  nameRule: 'dns-subdomain',
  defaults(object) {
    const spec = orEmpty(object.spec);
    const { ingress, egress } = spec;
    const policyTypes = spec.policyTypes?.length ? spec.policyTypes : egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
    return {
      ...object,
      spec: {
        ...spec,
        podSelector: spec.podSelector ?? {},
        policyTypes,
        ...(ingress ? { ingress: ingress.map(withProtocols) } : {}),
        ...(egress ? { egress: egress.map(withProtocols) } : {}),
      },
    };
  },
  validate: ({ spec }) => validatePolicySpec(orEmpty(spec), root('spec')),
  validateUpdate: ({ spec }) => validatePolicySpec(orEmpty(spec), root('spec')),
  row: ({ metadata, spec }, { age }) => [metadata.name ?? '', formatLabelSelector(spec?.podSelector), age(metadata.creationTimestamp)],
});

const withProtocols = <T extends { readonly ports?: readonly NetworkPolicyPort[] }>(rule: T): T =>
  rule.ports ? { ...rule, ports: rule.ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' })) } : rule;
