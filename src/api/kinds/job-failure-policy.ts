import { duplicate, type FieldError, type FieldPath, invalidValue, tooMany } from '../machinery/field-error.ts';
import type { JobSpec, PodFailurePolicy, PodFailurePolicyRule } from '../schema/generated/types.ts';
import { oneOf, requiredOneOf } from './field-checks.ts';

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];

export function podFailurePolicy(spec: JobSpec, { rules = [] }: PodFailurePolicy, path: FieldPath): FieldError[] {
  const at = path.child('rules');
  const pod = spec.template?.spec;
  const names = [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])].map(({ name }) => name);
  return [...(rules.length > 20 ? [tooMany(at, rules.length, 20)] : []), ...rules.flatMap((rule, i) => oneRule(spec, rule, at.index(i), names))];
}

function oneRule(spec: JobSpec, rule: PodFailurePolicyRule, at: FieldPath, names: readonly string[]): FieldError[] {
  const { action, onExitCodes, onPodConditions = [] } = rule;
  const conditions = at.child('onPodConditions');
  return [
    ...requiredOneOf(at.child('action'), action, ACTIONS),
    ...(action === 'FailIndex' && spec.backoffLimitPerIndex === undefined
      ? [invalidValue(at.child('action'), action, 'requires the backoffLimitPerIndex to be set')]
      : []),
    ...(onExitCodes ? exitCodes(onExitCodes, at.child('onExitCodes'), names) : []),
    ...(onPodConditions.length > 20 ? [tooMany(conditions, onPodConditions.length, 20)] : []),
    ...onPodConditions.flatMap(({ status }, i) => oneOf(conditions.index(i).child('status'), status, ['False', 'True', 'Unknown'])),
    ...(onExitCodes && onPodConditions.length > 0 ? [invalidValue(at, {}, 'specifying both OnExitCodes and OnPodConditions is not supported')] : []),
    ...(!onExitCodes && onPodConditions.length === 0 ? [invalidValue(at, {}, 'specifying one of OnExitCodes and OnPodConditions is required')] : []),
  ];
}

function exitCodes(
  { operator, values = [], containerName }: NonNullable<PodFailurePolicyRule['onExitCodes']>,
  at: FieldPath,
  names: readonly string[],
): FieldError[] {
  const valuesPath = at.child('values');
  return [
    ...requiredOneOf(at.child('operator'), operator, ['In', 'NotIn']),
    ...(containerName !== undefined && !names.includes(containerName)
      ? [invalidValue(at.child('containerName'), containerName, 'must be one of the container or initContainer names in the pod template')]
      : []),
    ...(values.length === 0 ? [invalidValue(valuesPath, values, 'at least one value is required')] : []),
    ...(values.length > 255 ? [tooMany(valuesPath, values.length, 255)] : []),
    ...values.flatMap((value, i) => [
      ...(values.indexOf(value) < i ? [duplicate(valuesPath.index(i), value)] : []),
      ...(operator === 'In' && value === 0 ? [invalidValue(valuesPath.index(i), value, 'must not be 0 for the In operator')] : []),
    ]),
    ...(values.some((value, i) => i > 0 && value < (values[i - 1] ?? value)) ? [invalidValue(valuesPath, values, 'must be ordered')] : []),
  ];
}
