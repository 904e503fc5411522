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
export const ALL: FieldSet = { member: true, children: EMPTY.children };
export const isEmptySet = (set: FieldSet): boolean => !set.member && set.children.size === 0;

/** Empty children do not count; sets without children are shared. */
export function fieldSet(member: boolean, children: Iterable<readonly [string, FieldSet]> = []): FieldSet {
  const kept = new Map<string, FieldSet>();
  for (const [step, child] of children) {
    if (isEmptySet(child)) kept.delete(step);
    else kept.set(step, child);
  }
  return withChildren(member, kept);
}

/** The same for children of which none is empty. */
export function withChildren(member: boolean, children: ReadonlyMap<string, FieldSet> | undefined): FieldSet {
  if (children && children.size > 0) return { member, children };
  return member ? ALL : EMPTY;
}

/** What stays as it was stays the same value, so that nothing need be written anew for it. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmptySet(b)) return a;
  if (isEmptySet(a)) return b;
  let children: Map<string, FieldSet> | undefined;
  for (const [step, theirs] of b.children) {
    const mine = a.children.get(step);
    const both = mine ? union(mine, theirs) : theirs;
    if (both === mine) continue;
    children ??= new Map(a.children);
    children.set(step, both);
  }
  const member = a.member || b.member;
  return !children && member === a.member ? a : { member, children: children ?? a.children };
}

export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a) || isEmptySet(b)) return a;
  let children: Map<string, FieldSet> | undefined;
  for (const [step, theirs] of b.children) {
    const mine = a.children.get(step);
    const left = mine && difference(mine, theirs);
    if (!left || left === mine) continue;
    children ??= new Map(a.children);
    if (isEmptySet(left)) children.delete(step);
    else children.set(step, left);
  }
  const member = a.member && !b.member;
  return !children && member === a.member ? a : withChildren(member, children ?? a.children);
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [step, mine] of a.children) {
    const theirs = b.children.get(step);
    const both = theirs ? intersection(mine, theirs) : EMPTY;
    if (!isEmptySet(both)) children.set(step, both);
  }
  return withChildren(a.member && b.member, children);
}

const written = new WeakMap<FieldSet, PlainObject>();
const read = new WeakMap<object, FieldSet>();

/** Made once for each set, and frozen: whoever reads it back gets the same set. */
export function toFieldsV1(set: FieldSet): PlainObject {
  const known = written.get(set);
  if (known) return known;
  const fields: PlainObject = set.member && set.children.size > 0 ? { '.': LEAF } : {};
  for (const step of [...set.children.keys()].sort(byCodePoint)) {
    const child = set.children.get(step) ?? EMPTY;
    fields[step] = child.children.size === 0 ? LEAF : toFieldsV1(child);
  }
  Object.freeze(fields);
  written.set(set, fields);
  if (!set.member) read.set(fields, set);
  return fields;
}

const LEAF: PlainObject = Object.freeze({});

/** A step without anything below it is a member; the root never is. */
export function fromFieldsV1(fields: unknown, root = true): FieldSet {
  if (!isPlainObject(fields)) return EMPTY;
  const known = root ? read.get(fields) : undefined;
  if (known) return known;
  const children = new Map<string, FieldSet>();
  for (const step of Object.keys(fields)) if (step !== '.') children.set(step, fromFieldsV1(fields[step], false));
  return withChildren(!root && (children.size === 0 || Object.hasOwn(fields, '.')), children);
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
