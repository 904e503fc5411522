import { formatLabelSelector } from '../../machinery/labels.ts';
import type {
  MatchResources,
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  ParamRef,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../schema/generated/types.ts';
import { defineKind, type RowContext } from '../define-kind.ts';
import { statusRules } from '../status-rules.ts';
import { UNSET } from '../table-cells.ts';
import { orEmpty } from '../zero-values.ts';
import { validateMutatingBinding, validateMutatingPolicy, validateValidatingBinding, validateValidatingPolicy } from './policy-validation.ts';
import { withScope } from './webhook-configuration.ts';

const GROUP = 'admissionregistration.k8s.io';

export const validatingAdmissionPolicy = defineKind<ValidatingAdmissionPolicy>({
  group: GROUP,
  version: 'v1',
  resource: 'validatingadmissionpolicies',
  nameRule: 'dns-subdomain',
  validate: validateValidatingPolicy,
  validateUpdate: validateValidatingPolicy,
  defaults: (object) => ({ ...object, spec: defaultPolicySpec(orEmpty(object.spec)), status: object.status ?? {} }),
  ...statusRules<ValidatingAdmissionPolicy>({}),
  row: ({ metadata, spec }, { age }) => [metadata.name ?? '', spec?.validations?.length ?? 0, paramKind(spec), age(metadata.creationTimestamp)],
});

export const mutatingAdmissionPolicy = defineKind<MutatingAdmissionPolicy>({
  group: GROUP,
  version: 'v1',
  resource: 'mutatingadmissionpolicies',
  nameRule: 'dns-subdomain',
  validate: validateMutatingPolicy,
  validateUpdate: validateMutatingPolicy,
  defaults: (object) => ({ ...object, spec: defaultPolicySpec(orEmpty(object.spec)) }),
  row: ({ metadata, spec }, { age }) => [metadata.name ?? '', spec?.mutations?.length ?? 0, paramKind(spec), age(metadata.creationTimestamp)],
});

export const validatingAdmissionPolicyBinding = defineKind<ValidatingAdmissionPolicyBinding>({
  group: GROUP,
  version: 'v1',
  resource: 'validatingadmissionpolicybindings',
  nameRule: 'dns-subdomain',
  validate: validateValidatingBinding,
  validateUpdate: validateValidatingBinding,
  defaults: defaultBinding,
  row: bindingRow,
});

export const mutatingAdmissionPolicyBinding = defineKind<MutatingAdmissionPolicyBinding>({
  group: GROUP,
  version: 'v1',
  resource: 'mutatingadmissionpolicybindings',
  nameRule: 'dns-subdomain',
  validate: validateMutatingBinding,
  validateUpdate: validateMutatingBinding,
  defaults: defaultBinding,
  row: bindingRow,
});

type PolicySpec = NonNullable<ValidatingAdmissionPolicy['spec'] | MutatingAdmissionPolicy['spec']>;
type Binding = ValidatingAdmissionPolicyBinding | MutatingAdmissionPolicyBinding;

const defaultPolicySpec = <T extends PolicySpec>(spec: T): T => ({
  ...spec,
  failurePolicy: spec.failurePolicy ?? 'Fail',
  ...(spec.matchConstraints ? { matchConstraints: defaultMatch(spec.matchConstraints) } : {}),
});

function defaultBinding<T extends Binding>(object: T): T {
  const spec = object.spec ?? {};
  return { ...object, spec: spec.matchResources ? { ...spec, matchResources: defaultMatch(spec.matchResources) } : spec };
}

const defaultMatch = (match: MatchResources): MatchResources => ({
  ...match,
  matchPolicy: match.matchPolicy ?? 'Equivalent',
  namespaceSelector: match.namespaceSelector ?? {},
  objectSelector: match.objectSelector ?? {},
  ...(match.resourceRules ? { resourceRules: match.resourceRules.map(withScope) } : {}),
  ...(match.excludeResourceRules ? { excludeResourceRules: match.excludeResourceRules.map(withScope) } : {}),
});

const paramKind = (spec: PolicySpec | undefined): string => (spec?.paramKind ? `${spec.paramKind.apiVersion}/${spec.paramKind.kind}` : UNSET);

function bindingRow({ metadata, spec }: Binding, { age }: RowContext): string[] {
  return [metadata.name ?? '', spec?.policyName ?? '', paramRefCell(spec?.paramRef), age(metadata.creationTimestamp)];
}

function paramRefCell(ref: ParamRef | undefined): string {
  if (ref?.name) return `${ref.namespace || '*'}/${ref.name}`;
  return ref?.selector ? formatLabelSelector(ref.selector) : UNSET;
}
