import { deepEqual } from '../../../api/machinery/deep-equal.ts';
import { byCodePoint, sortKeys } from '../../../api/machinery/json.ts';
import type { PodTemplateSpec } from '../../../api/schema/generated/types.ts';
import { hash } from '../../../clock/index.ts';
import type { Deployment, ReplicaSet } from '../objects.ts';

export const HASH_LABEL = 'pod-template-hash';
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A short name for a template: equal templates have equal hashes, and a collision counted gives another. */
export function templateHash(template: PodTemplateSpec, collisions = 0): string {
  const number = hash(`${JSON.stringify(sortKeys(template))}${collisions || ''}`);
  return [...String(number)].map((digit) => ALPHABET[digit.charCodeAt(0) % ALPHABET.length]).join('');
}

export function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  if (!template.metadata?.labels?.[HASH_LABEL]) return template;
  const { [HASH_LABEL]: _, ...labels } = template.metadata.labels;
  return { ...template, metadata: { ...template.metadata, labels } };
}

export function withHash(template: PodTemplateSpec, value: string): PodTemplateSpec {
  return { ...template, metadata: { ...template.metadata, labels: { ...template.metadata?.labels, [HASH_LABEL]: value } } };
}

const known = new WeakMap<object, PodTemplateSpec>();

/** Templates are frozen, so the form without the hash label can be kept. */
function plain(template: PodTemplateSpec): PodTemplateSpec {
  const before = known.get(template);
  if (before) return before;
  const made = withoutHash(template);
  known.set(template, made);
  return made;
}

export const sameTemplate = (a: PodTemplateSpec | undefined, b: PodTemplateSpec | undefined): boolean =>
  a !== undefined && b !== undefined && deepEqual(plain(a), plain(b));

const age = ({ metadata }: ReplicaSet) => Date.parse(metadata.creationTimestamp ?? '') || 0;

export const oldestFirst = (sets: readonly ReplicaSet[]): ReplicaSet[] =>
  [...sets].sort((a, b) => age(a) - age(b) || byCodePoint(a.metadata.name ?? '', b.metadata.name ?? ''));

/** The ReplicaSet that already has the deployment's template. */
export const findNewSet = ({ spec }: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined =>
  oldestFirst(sets).find((set) => sameTemplate(set.spec?.template, spec?.template));
