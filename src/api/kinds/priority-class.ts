import { type FieldError, forbiddenField } from '../machinery/field-error.ts';
import type { PriorityClass } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { immutable, requiredOneOf, root } from './field-checks.ts';

export const priorityClass = defineKind<PriorityClass>({
  group: 'scheduling.k8s.io',
  version: 'v1',
  resource: 'priorityclasses',
  nameRule: 'dns-subdomain',
  generation: true,
  defaults: (object) => ({ ...object, value: object.value ?? 0, preemptionPolicy: object.preemptionPolicy ?? 'PreemptLowerPriority' }),
  validate: validateClass,
  validateUpdate: (object, old) => [
    ...((object.value ?? 0) === (old.value ?? 0) ? [] : [forbiddenField(root('value'), 'may not be changed in an update.')]),
    ...immutable(root('preemptionPolicy'), object.preemptionPolicy, old.preemptionPolicy),
  ],
  row: ({ metadata, value, globalDefault, preemptionPolicy }, { age }) => [
    metadata.name ?? '',
    value ?? 0,
    globalDefault ?? false,
    age(metadata.creationTimestamp),
    preemptionPolicy ?? '',
  ],
});

const HIGHEST_OF_USERS = 1_000_000_000;
const SYSTEM: Readonly<Record<string, number>> = { 'system-node-critical': 2_000_001_000, 'system-cluster-critical': 2_000_000_000 };

function validateClass({ metadata, value = 0, globalDefault = false, preemptionPolicy }: PriorityClass): FieldError[] {
  const { name = '' } = metadata;
  const policy = preemptionPolicy === undefined ? [] : requiredOneOf(root('preemptionPolicy'), preemptionPolicy, ['PreemptLowerPriority', 'Never']);
  if (!name.startsWith('system-'))
    return value > HIGHEST_OF_USERS
      ? [forbiddenField(root('value'), `maximum allowed value of a user defined priority is ${HIGHEST_OF_USERS}`), ...policy]
      : policy;
  const why = systemClassError(name, value, globalDefault);
  if (!why) return policy;
  const message = `priority class names with 'system-' prefix are reserved for system use only. error: ${why}`;
  return [forbiddenField(root('metadata').child('name'), message), ...policy];
}

function systemClassError(name: string, value: number, globalDefault: boolean): string | undefined {
  const expected = SYSTEM[name];
  if (expected === undefined) return `${name} is not a known system priority class`;
  if (value !== expected) return `value of ${name} PriorityClass must be ${expected}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}
