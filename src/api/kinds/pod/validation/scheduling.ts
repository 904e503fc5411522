import { duplicate, type FieldError, type FieldPath, forbiddenField, invalidValue, notSupported, required } from '../../../machinery/field-error.ts';
import { isDns1123Label, isDns1123Subdomain, isValidLabelValue } from '../../../machinery/names.ts';
import type {
  Affinity,
  LabelSelector,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinityTerm,
  PodAntiAffinity,
  Toleration,
  TopologySpreadConstraint,
} from '../../../schema/generated/types.ts';
import { findings, labelSelector, oneOf, positive, qualifiedName } from '../../field-checks.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function validateAffinity(affinity: Affinity | undefined, path: FieldPath): FieldError[] {
  if (!affinity) return [];
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
  const nodePath = path.child('nodeAffinity');
  return [
    ...(nodeAffinity?.[REQUIRED] ? validateNodeSelector(nodeAffinity[REQUIRED], nodePath.child(REQUIRED)) : []),
    ...(nodeAffinity?.[PREFERRED] ?? []).flatMap(({ weight, preference }, i) => [
      ...weightFindings(nodePath.child(PREFERRED).index(i), weight),
      ...selectorTerm(preference ?? {}, nodePath.child(PREFERRED).index(i).child('preference'), false),
    ]),
    ...podTerms(podAffinity, path.child('podAffinity')),
    ...podTerms(podAntiAffinity, path.child('podAntiAffinity')),
  ];
}

const weightFindings = (path: FieldPath, weight: number): FieldError[] =>
  weight > 0 && weight <= 100 ? [] : [invalidValue(path.child('weight'), weight ?? 0, 'must be in the range 1-100')];

export function validateNodeSelector({ nodeSelectorTerms: terms = [] }: NodeSelector, path: FieldPath): FieldError[] {
  const at = path.child('nodeSelectorTerms');
  if (terms.length === 0) return [required(at, 'must have at least one node selector term')];
  return terms.flatMap((term, i) => selectorTerm(term, at.index(i), true));
}

const selectorTerm = ({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, path: FieldPath, checkValues: boolean): FieldError[] => [
  ...matchExpressions.flatMap((expression, i) => nodeExpression(expression, path.child('matchExpressions').index(i), checkValues)),
  ...matchFields.flatMap((field, i) => nodeField(field, path.child('matchFields').index(i))),
];

function nodeExpression({ key, operator, values = [] }: NodeSelectorRequirement, path: FieldPath, checkValues: boolean): FieldError[] {
  const at = path.child('values');
  return [
    ...nodeOperator(operator, values, path),
    ...qualifiedName(path.child('key'), key ?? ''),
    ...(checkValues ? values.flatMap((value, i) => findings(at.index(i), value, isValidLabelValue(value))) : []),
  ];
}

function nodeOperator(operator: string, values: readonly string[], path: FieldPath): FieldError[] {
  const at = path.child('values');
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0 ? [] : [required(at, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0 ? [] : [forbiddenField(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    case 'Gt':
    case 'Lt':
      return values.length === 1 ? [] : [required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalidValue(path.child('operator'), operator ?? '', 'not a valid selector operator')];
  }
}

function nodeField({ key, operator, values = [] }: NodeSelectorRequirement, path: FieldPath): FieldError[] {
  const isKnown = operator === 'In' || operator === 'NotIn';
  const at = path.child('values');
  return [
    ...(isKnown ? [] : [invalidValue(path.child('operator'), operator ?? '', 'not a valid selector operator')]),
    ...(isKnown && values.length !== 1 ? [required(at, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector")] : []),
    ...(key === 'metadata.name'
      ? values.flatMap((value, i) => findings(at.index(i), value, isDns1123Subdomain(value)))
      : [invalidValue(path.child('key'), key ?? '', 'not a valid field selector key')]),
  ];
}

const podTerms = (affinity: PodAntiAffinity | undefined, path: FieldPath): FieldError[] => [
  ...(affinity?.[REQUIRED] ?? []).flatMap((term, i) => podTerm(term, path.child(REQUIRED).index(i))),
  ...(affinity?.[PREFERRED] ?? []).flatMap(({ weight, podAffinityTerm }, i) => [
    ...weightFindings(path.child(PREFERRED).index(i), weight),
    ...podTerm(podAffinityTerm, path.child(PREFERRED).index(i).child('podAffinityTerm')),
  ]),
];

function podTerm(term: PodAffinityTerm, path: FieldPath): FieldError[] {
  const { topologyKey = '', namespaces = [] } = term;
  return [
    ...labelSelector(path.child('labelSelector'), term.labelSelector),
    ...labelSelector(path.child('namespaceSelector'), term.namespaceSelector),
    ...namespaces.flatMap((name) => findings(path.child('namespace'), name, isDns1123Label(name))),
    ...labelKeys(path, term.matchLabelKeys ?? [], term.mismatchLabelKeys ?? [], term.labelSelector),
    ...(topologyKey ? [] : [required(path.child('topologyKey'), 'can not be empty')]),
    ...qualifiedName(path.child('topologyKey'), topologyKey),
  ];
}

function labelKeys(path: FieldPath, match: readonly string[], mismatch: readonly string[], selector: LabelSelector | undefined): FieldError[] {
  const matchPath = path.child('matchLabelKeys');
  const mismatchPath = path.child('mismatchLabelKeys');
  const keysAt = (at: FieldPath, keys: readonly string[]): FieldError[] => {
    if (keys.length === 0) return [];
    if (!selector) return [forbiddenField(at, 'must not be specified when labelSelector is not set')];
    return keys.flatMap((key, i) => qualifiedName(at.index(i), key));
  };
  const inBoth = match.flatMap((key, i) =>
    mismatch.includes(key) ? [invalidValue(matchPath.index(i), key, 'exists in both matchLabelKeys and mismatchLabelKeys')] : [],
  );
  return [...keysAt(matchPath, match), ...keysAt(mismatchPath, mismatch), ...inBoth];
}

export const validateTolerations = (tolerations: readonly Toleration[], path: FieldPath): FieldError[] =>
  tolerations.flatMap((toleration, i) => oneToleration(toleration, path.index(i)));

function oneToleration({ key, operator = '', value = '', effect = '', tolerationSeconds }: Toleration, at: FieldPath): FieldError[] {
  const operatorPath = at.child('operator');
  return [
    ...(key ? qualifiedName(at.child('key'), key) : []),
    ...(!key && operator !== 'Exists'
      ? [invalidValue(operatorPath, operator, 'operator must be Exists when `key` is empty, which means "match all values and all keys"')]
      : []),
    ...(tolerationSeconds !== undefined && effect !== 'NoExecute'
      ? [invalidValue(at.child('effect'), effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")]
      : []),
    ...tolerationOperator(operator, value, operatorPath),
    ...(effect ? oneOf(at.child('effect'), effect, TAINT_EFFECTS) : []),
  ];
}

function tolerationOperator(operator: string, value: string, path: FieldPath): FieldError[] {
  if (operator === 'Equal' || operator === '') {
    const messages = isValidLabelValue(value);
    return messages.length > 0 ? [invalidValue(path, value, messages.join(';'))] : [];
  }
  if (operator === 'Exists') return value ? [invalidValue(path, value, "value must be empty when `operator` is 'Exists'")] : [];
  if (operator === 'Lt' || operator === 'Gt') return [notSupported(path, operator, ['Equal', 'Exists', 'Lt', 'Gt'])];
  return [notSupported(path, operator, ['Equal', 'Exists'])];
}

export const validateSpreadConstraints = (constraints: readonly TopologySpreadConstraint[], path: FieldPath): FieldError[] =>
  constraints.flatMap((constraint, i) => [
    ...spreadConstraint(constraint, path.index(i), constraints.slice(i + 1)),
    ...labelKeys(path.index(i), constraint.matchLabelKeys ?? [], [], constraint.labelSelector),
    ...labelSelector(path.index(i).child('labelSelector'), constraint.labelSelector),
  ]);

function spreadConstraint(constraint: TopologySpreadConstraint, at: FieldPath, others: readonly TopologySpreadConstraint[]): FieldError[] {
  const { maxSkew = 0, topologyKey, whenUnsatisfiable, minDomains } = constraint;
  const isRepeated = others.some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable);
  const policy = (field: 'nodeAffinityPolicy' | 'nodeTaintsPolicy') =>
    constraint[field] === undefined ? [] : oneOf(at.child(field), constraint[field], ['Honor', 'Ignore']);
  return [
    ...(maxSkew > 0 ? [] : [invalidValue(at.child('maxSkew'), maxSkew, 'must be greater than zero')]),
    ...(topologyKey ? [] : [required(at.child('topologyKey'), 'can not be empty')]),
    ...oneOf(at.child('whenUnsatisfiable'), whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway']),
    ...(isRepeated ? [duplicate(at.child('{topologyKey, whenUnsatisfiable}'), `{${topologyKey}, ${whenUnsatisfiable}}`)] : []),
    ...(minDomains === undefined ? [] : positive(at.child('minDomains'), minDomains)),
    ...(minDomains !== undefined && whenUnsatisfiable !== 'DoNotSchedule'
      ? [invalidValue(at.child('minDomains'), minDomains, `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`)]
      : []),
    ...policy('nodeAffinityPolicy'),
    ...policy('nodeTaintsPolicy'),
  ];
}
