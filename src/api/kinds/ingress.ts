import { invalidValue } from '../machinery/field-error.ts';
import type { Ingress, IngressRule } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { root } from './field-checks.ts';
import { validateIngressSpec } from './ingress-validation.ts';
import { statusRules } from './status-rules.ts';
import { loadBalancerCell, NONE } from './table-cells.ts';

const CLASS = 'kubernetes.io/ingress.class';

export const ingress = defineKind<Ingress>({
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ingresses',
  nameRule: 'dns-subdomain',
  defaults: (object) => ({ ...object, spec: object.spec ?? {}, status: { ...object.status, loadBalancer: object.status?.loadBalancer ?? {} } }),
  ...statusRules<Ingress>({ loadBalancer: {} }),
  validate({ metadata, spec = {} }) {
    const annotated = metadata.annotations?.[CLASS];
    const isOther = annotated !== undefined && spec.ingressClassName !== undefined && annotated !== spec.ingressClassName;
    return [
      ...validateIngressSpec(spec, root('spec')),
      ...(isOther ? [invalidValue(root('annotations').child(CLASS), annotated, 'must match `ingressClassName` when both are specified')] : []),
    ];
  },
  validateUpdate: ({ spec = {} }) => validateIngressSpec(spec, root('spec')),
  warnings: ({ metadata, spec }, old) =>
    !old && metadata.annotations?.[CLASS] !== undefined && spec?.ingressClassName === undefined
      ? [`annotation "${CLASS}" is deprecated, please use 'spec.ingressClassName' instead`]
      : [],
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
