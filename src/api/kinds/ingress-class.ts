import { type FieldError, forbiddenField, invalidValue, required, tooLong } from '../machinery/field-error.ts';
import { isDns1123Subdomain } from '../machinery/names.ts';
import type { IngressClass } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { dnsLabel, findings, immutable, oneOf, root } from './field-checks.ts';
import { typedReference } from './ingress-validation.ts';
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
  validate: validateClass,
  validateUpdate: (object, old) => [
    ...immutable(root('spec').child('controller'), object.spec?.controller, old.spec?.controller),
    ...validateClass(object),
  ],
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

function validateClass({ spec = {} }: IngressClass): FieldError[] {
  const path = root('spec').child('controller');
  const { controller = '', parameters } = spec;
  return [
    ...(controller.length > 250 ? [tooLong(path, 250)] : []),
    ...domainPrefixedPath(controller),
    ...(parameters ? parameterFindings(parameters) : []),
  ];
}

function domainPrefixedPath(value: string): FieldError[] {
  const path = root('spec').child('controller');
  if (!value) return [required(path)];
  const slash = value.indexOf('/');
  const [host, rest] = [value.slice(0, Math.max(0, slash)), value.slice(slash + 1)];
  if (!host || !rest) return [invalidValue(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  const pattern = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
  return [
    ...findings(path, host, isDns1123Subdomain(host)),
    ...(new RegExp(`^${pattern}$`).test(rest) ? [] : [invalidValue(path, rest, `Invalid path (regex used for validation is '${pattern}')`)]),
  ];
}

type Parameters = NonNullable<NonNullable<IngressClass['spec']>['parameters']>;

function parameterFindings(parameters: Parameters): FieldError[] {
  const path = root('spec').child('parameters');
  const { scope, namespace } = parameters;
  const at = path.child('namespace');
  const errors = [...typedReference(parameters, path), ...oneOf(path.child('scope'), scope, ['Cluster', 'Namespace'])];
  if (scope === 'Namespace')
    return [...errors, ...(namespace === undefined ? [required(at, "`parameters.scope` is set to 'Namespace'")] : dnsLabel(at, namespace))];
  return scope === 'Cluster' && namespace !== undefined ? [...errors, forbiddenField(at, "`parameters.scope` is set to 'Cluster'")] : errors;
}
