import type { Ingress, IngressRule } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { loadBalancerCell, NONE } from './table-cells.ts';

export const ingress = defineKind<Ingress>({
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ingresses',
  nameRule: 'dns-subdomain',
  defaults: (object) => ({ ...object, spec: object.spec ?? {}, status: { ...object.status, loadBalancer: object.status?.loadBalancer ?? {} } }),
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    spec?.ingressClassName ?? NONE,
    hostsCell(spec?.rules ?? []),
    loadBalancerCell(status?.loadBalancer?.ingress),
    spec?.tls?.length ? '80, 443' : '80',
    age(metadata.creationTimestamp),
  ],
});

function hostsCell(rules: readonly IngressRule[]): string {
  const hosts = rules.flatMap(({ host }) => (host ? [host] : []));
  if (hosts.length === 0) return '*';
  const firstThree = hosts.slice(0, 3);
  const ruleOfThird = rules.findIndex((rule) => rule.host === firstThree[2]);
  const hasMore = firstThree.length === 3 && ruleOfThird < rules.length - 1;
  return hasMore ? `${firstThree.join(',')} + ${rules.length - 3} more...` : firstThree.join(',');
}
