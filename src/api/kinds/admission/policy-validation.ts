import {
  duplicate,
  type FieldError,
  type FieldPath,
  forbiddenField,
  invalidValue,
  notSupported,
  required,
  tooMany,
} from '../../machinery/field-error.ts';
import { isDns1035Label, isDns1123Subdomain, isPathSegmentName } from '../../machinery/names.ts';
import type {
  MatchResources,
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  ParamKind,
  ParamRef,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../schema/generated/types.ts';
import { dnsSubdomain, findings, labelSelector, qualifiedName, requiredOneOf, root } from '../field-checks.ts';
import { orEmpty } from '../zero-values.ts';
import { matchFindings } from './match-validation.ts';
import { type Expression, policyPrograms } from './policy-programs.ts';

const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge', 'Unauthorized'];
const ACTIONS = ['Audit', 'Deny', 'Warn'];
const BOTH =
  'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)';
const NEITHER = 'validations or auditAnnotations must contain at least one item';

type Spec = NonNullable<ValidatingAdmissionPolicy['spec']>;
type MutatingSpec = NonNullable<MutatingAdmissionPolicy['spec']>;

export function validateValidatingPolicy({ metadata, spec = {} }: ValidatingAdmissionPolicy): FieldError[] {
  const path = root('spec');
  const { validations = [], auditAnnotations = [] } = spec;
  const nothing = validations.length === 0 && auditAnnotations.length === 0;
  return [
    ...sharedFindings(spec, path),
    ...(nothing ? [required(path.child('validations'), NEITHER), required(path.child('auditAnnotations'), NEITHER)] : []),
    ...validationFindings(spec, path.child('validations')),
    ...annotationFindings(spec, metadata.name ?? '', path.child('auditAnnotations')),
  ];
}

export function validateMutatingPolicy({ spec = {} }: MutatingAdmissionPolicy): FieldError[] {
  const path = root('spec');
  const { mutations = [] } = spec;
  return [
    ...sharedFindings(spec, path),
    ...(mutations.length === 0 ? [required(path.child('mutations'), 'mutations must contain at least one item')] : []),
    ...mutationFindings(spec, path.child('mutations')),
    ...requiredOneOf(path.child('reinvocationPolicy'), spec.reinvocationPolicy, ['IfNeeded', 'Never']),
  ];
}

function sharedFindings(spec: Spec & Pick<MutatingSpec, 'mutations'>, path: FieldPath): FieldError[] {
  const { matchConstraints: match } = spec;
  const isMutating = spec.mutations !== undefined;
  return [
    ...requiredOneOf(path.child('failurePolicy'), spec.failurePolicy, ['Fail', 'Ignore']),
    ...(spec.paramKind ? paramKindFindings(spec.paramKind, path.child('paramKind')) : []),
    ...(match ? constraintFindings(match, path.child('matchConstraints'), isMutating) : [required(path.child('matchConstraints'))]),
    ...conditionFindings(spec, path.child('matchConditions')),
    ...variableFindings(spec, path.child('variables')),
  ];
}

function constraintFindings(match: MatchResources, path: FieldPath, isMutating: boolean): FieldError[] {
  const rules = match.resourceRules ?? [];
  return [
    ...matchFindings(match, path),
    ...(rules.length === 0 ? [required(path.child('resourceRules'))] : []),
    ...(isMutating ? mutableFindings(match, path) : []),
  ];
}

/** Only what is created or updated can be changed on the way. */
const mutableFindings = ({ resourceRules = [] }: MatchResources, path: FieldPath): FieldError[] =>
  resourceRules
    .flatMap(({ operations = [] }) => operations)
    .filter((operation) => operation !== 'CREATE' && operation !== 'UPDATE')
    .map((operation) => notSupported(path.child('resourceRules', 'operations'), operation, ['CREATE', 'UPDATE']));

function paramKindFindings({ apiVersion = '', kind = '' }: ParamKind, path: FieldPath): FieldError[] {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const at = path.child('apiVersion');
  const versions = !apiVersion
    ? [required(at)]
    : [...(group ? findings(at, group, isDns1123Subdomain(group)) : []), ...findings(at, version ?? '', isDns1035Label(version ?? ''))];
  const labels = isDns1035Label(kind.toLowerCase());
  const mixed = `may have mixed case, but should otherwise match: ${labels.join(',')}`;
  const kinds = !kind ? [required(path.child('kind'))] : labels.length > 0 ? [invalidValue(path.child('kind'), kind, mixed)] : [];
  return [...versions, ...kinds];
}

const problem = (path: FieldPath, { source, compilation }: Expression): FieldError[] =>
  compilation.problem === undefined ? [] : [invalidValue(path, source, compilation.problem)];

function conditionFindings(spec: Spec, path: FieldPath): FieldError[] {
  const { matchConditions: conditions = [] } = spec;
  const programs = policyPrograms(spec).conditions;
  return [
    ...(conditions.length > 64 ? [tooMany(path, conditions.length, 64)] : []),
    ...conditions.flatMap(({ name, expression }, i) => {
      const at = path.index(i);
      const program = programs[i];
      return [
        ...(expression?.trim() && program ? problem(at.child('expression'), program) : [required(at.child('expression'))]),
        ...(name ? qualifiedName(at.child('name'), name) : [required(at.child('name'))]),
        ...(name && conditions.slice(0, i).some((other) => other.name === name) ? [duplicate(at.child('name'), name)] : []),
      ];
    }),
  ];
}

function variableFindings(spec: Spec, path: FieldPath): FieldError[] {
  const programs = policyPrograms(spec).variables;
  return (spec.variables ?? []).flatMap(({ name, expression }, i) => {
    const at = path.index(i);
    const program = programs[i];
    return [
      ...(!name?.trim()
        ? [required(at.child('name'), 'name is not specified')]
        : /^[_a-zA-Z]\w*$/.test(name)
          ? []
          : [invalidValue(at.child('name'), name, 'must be a valid CEL identifier')]),
      ...(expression?.trim() && program
        ? problem(at.child('expression'), program)
        : [required(at.child('expression'), 'expression is not specified')]),
    ];
  });
}

const isBlank = (text: string | undefined): boolean => text !== undefined && text !== '' && text.trim() === '';

function validationFindings(spec: Spec, path: FieldPath): FieldError[] {
  const programs = policyPrograms(spec).validations;
  return (spec.validations ?? []).flatMap(({ expression, message, messageExpression, reason }, i) => {
    const at = path.index(i);
    const program = programs[i];
    return [
      ...(expression?.trim() && program
        ? problem(at.child('expression'), program.check)
        : [required(at.child('expression'), 'expression is not specified')]),
      ...(isBlank(messageExpression) ? [invalidValue(at.child('messageExpression'), messageExpression, 'must be non-empty if specified')] : []),
      ...(program?.message ? problem(at.child('messageExpression'), program.message) : []),
      ...(isBlank(message) ? [invalidValue(at.child('message'), message, 'must be non-empty if specified')] : []),
      ...(/[\n\r]/.test(message?.trim() ?? '') ? [invalidValue(at.child('message'), message, 'must not contain line breaks')] : []),
      ...(reason && !REASONS.includes(reason) ? [notSupported(at.child('reason'), reason, REASONS)] : []),
    ];
  });
}

function annotationFindings(spec: Spec, name: string, path: FieldPath): FieldError[] {
  const programs = policyPrograms(spec).annotations;
  const all = spec.auditAnnotations ?? [];
  return all.flatMap(({ key, valueExpression }, i) => {
    const at = path.index(i);
    const program = programs[i];
    return [
      ...(name ? qualifiedName(at.child('key'), `${name}/${key}`) : [invalidValue(at.child('key'), key, 'requires metadata.name be non-empty')]),
      ...(valueExpression?.trim() && program
        ? problem(at.child('valueExpression'), program)
        : [required(at.child('valueExpression'), 'valueExpression is not specified')]),
      ...(all.slice(0, i).some((other) => other.key === key) ? [duplicate(at.child('key'), key)] : []),
    ];
  });
}

function mutationFindings(spec: MutatingSpec, path: FieldPath): FieldError[] {
  const programs = policyPrograms(spec).mutations;
  return (spec.mutations ?? []).flatMap((mutation, i) => {
    const at = path.index(i);
    const { patchType } = mutation;
    if (patchType !== 'JSONPatch' && patchType !== 'ApplyConfiguration') {
      return patchType ? [notSupported(at.child('patchType'), patchType, ['ApplyConfiguration', 'JSONPatch'])] : [required(at.child('patchType'))];
    }
    const [own, other] = patchType === 'JSONPatch' ? (['jsonPatch', 'applyConfiguration'] as const) : (['applyConfiguration', 'jsonPatch'] as const);
    const given = mutation[own];
    const program = programs[i];
    const expression = at.child(own, 'expression');
    return [
      ...(!given
        ? [required(at.child(own), `must be specified when patchType is ${patchType}`)]
        : given.expression?.trim() && program
          ? problem(expression, program)
          : [required(expression)]),
      ...(mutation[other] ? [invalidValue(at.child(other), `{${other}}`, `must not be specified when patchType is ${patchType}`)] : []),
    ];
  });
}

export function validateValidatingBinding(object: ValidatingAdmissionPolicyBinding): FieldError[] {
  const path = root('spec');
  const spec = orEmpty(object.spec);
  return [...bindingFindings(spec, path), ...actionFindings(spec.validationActions ?? [], path.child('validationActions'))];
}

export function validateMutatingBinding({ spec = {} }: MutatingAdmissionPolicyBinding): FieldError[] {
  const path = root('spec');
  return [...bindingFindings(spec, path), ...(spec.matchResources ? mutableFindings(spec.matchResources, path.child('matchResources')) : [])];
}

type BindingSpec = NonNullable<MutatingAdmissionPolicyBinding['spec']>;

const bindingFindings = ({ policyName, paramRef, matchResources }: BindingSpec, path: FieldPath): FieldError[] => [
  ...(policyName ? dnsSubdomain(path.child('policyName'), policyName) : [required(path.child('policyName'))]),
  ...(paramRef ? paramRefFindings(paramRef, path.child('paramRef')) : []),
  ...(matchResources ? matchFindings(matchResources, path.child('matchResources')) : []),
];

const EXCLUSIVE = 'name and selector are mutually exclusive';

const paramRefFindings = ({ name, selector, parameterNotFoundAction: action }: ParamRef, path: FieldPath): FieldError[] => [
  ...(name ? findings(path.child('name'), name, isPathSegmentName(name)) : []),
  ...(name && selector ? [forbiddenField(path.child('name'), EXCLUSIVE)] : []),
  ...(selector ? labelSelector(path.child('selector'), selector) : []),
  ...(name && selector ? [forbiddenField(path.child('selector'), EXCLUSIVE)] : []),
  ...(!name && !selector ? [required(path, 'one of name or selector must be specified')] : []),
  ...(!action
    ? [required(path.child('parameterNotFoundAction'))]
    : action === 'Deny' || action === 'Allow'
      ? []
      : [notSupported(path.child('parameterNotFoundAction'), action, ['Deny', 'Allow'])]),
];

const actionFindings = (actions: readonly string[], path: FieldPath): FieldError[] => [
  ...actions.flatMap((action, i) => [
    ...(ACTIONS.includes(action) ? [] : [notSupported(path.index(i), action, ACTIONS)]),
    ...(actions.indexOf(action) < i ? [duplicate(path.index(i), action)] : []),
  ]),
  ...(actions.includes('Deny') && actions.includes('Warn') ? [invalidValue(path, actions, BOTH)] : []),
  ...(actions.length === 0 ? [required(path, 'at least one validation action is required')] : []),
];
