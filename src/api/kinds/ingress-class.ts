import type { IngressClass } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { NONE } from './table-cells.ts';

export const ingressClass = defineKind<IngressClass>({
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ingressclasses',
  nameRule: 'dns-subdomain',
  defaults(object) {
    const spec = object.spec ?? {};
    const { parameters } = spec;
    return { ...object, spec: parameters ? { ...spec, parameters: { ...parameters, scope: parameters.scope ?? 'Cluster' } } : spec };
  },
  row({ metadata, spec }, { age }) {
    const isDefault = metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true';
    const { parameters } = spec ?? {};
    const group = parameters?.apiGroup === undefined ? '' : `.${parameters.apiGroup}`;
    return [
      `${metadata.name ?? ''}${isDefault ? ' (default)' : ''}`,
      spec?.controller ?? '',
      parameters ? `${parameters.kind}${group}/${parameters.name}` : NONE,
      age(metadata.creationTimestamp),
    ];
  },
});
