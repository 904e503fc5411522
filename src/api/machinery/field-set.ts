import { byCodePoint, isPlainObject, type PlainObject, toGoJson } from './json.ts';

/**
 * A set of paths in an object, as managedFields records it. Steps are FieldsV1's own: `f:name`, `k:{"name":"c"}`, `v:"x"`, `i:0`.
 * `member` says that the path itself belongs to the set, beside whatever lies below.
 */
export interface FieldSet {
  readonly member: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export const EMPTY: FieldSet = { member: false, children: new Map() };
export const isEmptySet = (set: FieldSet): boolean => !set.member && set.children.size === 0;

export const fieldSet = (member: boolean, children: Iterable<readonly [string, FieldSet]> = []): FieldSet => ({
  member,
  children: new Map([...new Map(children)].filter(([, child]) => !isEmptySet(child))),
});

const combine = (a: FieldSet, b: FieldSet, member: (a: boolean, b: boolean) => boolean): FieldSet => {
  const steps = new Set([...a.children.keys(), ...b.children.keys()]);
  return fieldSet(
    member(a.member, b.member),
    [...steps].map((step) => [step, combine(a.children.get(step) ?? EMPTY, b.children.get(step) ?? EMPTY, member)] as const),
  );
};

export const union = (a: FieldSet, b: FieldSet): FieldSet => (isEmptySet(a) ? b : isEmptySet(b) ? a : combine(a, b, (x, y) => x || y));
export const difference = (a: FieldSet, b: FieldSet): FieldSet => (isEmptySet(b) ? a : combine(a, b, (x, y) => x && !y));
export const intersection = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (x, y) => x && y);

/** Drops a path and all below it. */
export function without(set: FieldSet, path: readonly string[]): FieldSet {
  const [step, ...rest] = path;
  if (step === undefined) return EMPTY;
  const child = set.children.get(step);
  if (!child) return set;
  return fieldSet(set.member, [...set.children, [step, without(child, rest)]]);
}

/** Drops only the path itself, not what lies below. */
export function withoutMember(set: FieldSet, path: readonly string[]): FieldSet {
  const [step, ...rest] = path;
  if (step === undefined) return { member: false, children: set.children };
  const child = set.children.get(step);
  return child ? fieldSet(set.member, [...set.children, [step, withoutMember(child, rest)]]) : set;
}

export function toFieldsV1(set: FieldSet): PlainObject {
  const entries = [...set.children].sort(([a], [b]) => byCodePoint(a, b)).map(([step, child]): [string, unknown] => [step, toFieldsV1(child)]);
  const below = Object.fromEntries(entries);
  return set.member && entries.length > 0 ? { '.': {}, ...below } : below;
}

/** A step without anything below it is a member; the root never is. */
export function fromFieldsV1(fields: unknown, root = true): FieldSet {
  if (!isPlainObject(fields)) return EMPTY;
  const steps = Object.entries(fields).filter(([step]) => step !== '.');
  const member = !root && (steps.length === 0 || Object.hasOwn(fields, '.'));
  return { member, children: new Map(steps.map(([step, below]) => [step, fromFieldsV1(below, false)])) };
}

export const fieldStep = (name: string): string => `f:${name}`;
export const keyStep = (keys: PlainObject): string => `k:${toGoJson(keys)}`;
export const valueStep = (value: unknown): string => `v:${toGoJson(value)}`;

/** Every member, as paths of steps, in order. */
export function paths(set: FieldSet, prefix: readonly string[] = []): (readonly string[])[] {
  const own = set.member ? [prefix] : [];
  const steps = [...set.children].sort(([a], [b]) => byCodePoint(a, b));
  return [...own, ...steps.flatMap(([step, child]) => paths(child, [...prefix, step]))];
}

/** `.spec.template.spec.containers[name="web"].image`. */
export const formatFieldPath = (path: readonly string[]): string => path.map(formatStep).join('');

function formatStep(step: string): string {
  const [kind, rest] = [step.slice(0, 2), step.slice(2)];
  if (kind === 'f:') return `.${rest}`;
  if (kind === 'v:') return `[=${rest}]`;
  if (kind === 'i:') return `[${rest}]`;
  const keys = JSON.parse(rest) as PlainObject;
  return `[${Object.keys(keys)
    .map((key) => `${key}=${toGoJson(keys[key])}`)
    .join(',')}]`;
}
