import { deepEqual } from './deep-equal.ts';
import { EMPTY, type FieldSet, fieldSet, fieldStep, keyStep, union, valueStep } from './field-set.ts';
import { isPlainObject, type PlainObject } from './json.ts';
import { PatchError } from './patch-error.ts';

/** What server-side apply must know of a value; api/schema's Schema has all of it. */
export interface OwnershipSchema {
  readonly fields?: ReadonlyMap<string, OwnershipSchema>;
  readonly items?: OwnershipSchema;
  readonly atomic?: boolean;
  readonly listType?: 'atomic' | 'set' | 'map';
  readonly listMapKeys?: readonly string[];
  readonly default?: unknown;
  readonly alwaysPresent?: ReadonlySet<string>;
}

export const memberSchema = (schema: OwnershipSchema | undefined, name: string): OwnershipSchema | undefined =>
  schema?.fields?.get(name) ?? schema?.items;

/** Lists that nobody described are atomic; maps are not. */
export const isAtomicList = (schema: OwnershipSchema | undefined): boolean => schema?.listType !== 'map' && schema?.listType !== 'set';

/** Key fields' defaults that the OpenAPI document states but the facts leave out. */
const KEY_DEFAULTS: Readonly<Record<string, unknown>> = { protocol: 'TCP' };

/** How an item of an associative list is named in a path. */
export function itemStep(schema: OwnershipSchema | undefined, item: unknown, index: number): string {
  if (schema?.listType !== 'map') return valueStep(item);
  if (!isPlainObject(item)) throw new PatchError(`element ${index}: associative list with keys may not have non-map elements`);
  const keys: PlainObject = {};
  for (const key of schema.listMapKeys ?? []) {
    const value = item[key] ?? schema.items?.fields?.get(key)?.default ?? KEY_DEFAULTS[key];
    if (value === undefined)
      throw new PatchError(
        `element ${index}: associative list with keys has an element that omits key field ${JSON.stringify(key)} (and doesn't have default value)`,
      );
    keys[key] = value;
  }
  return keyStep(keys);
}

/** The paths that a configuration sets. */
export function ownedFields(schema: OwnershipSchema | undefined, value: unknown): FieldSet {
  if (Array.isArray(value)) {
    if (isAtomicList(schema)) return fieldSet(true);
    return fieldSet(
      false,
      value.map((item, i) => [itemStep(schema, item, i), union(fieldSet(true), ownedFields(schema?.items, item))] as const),
    );
  }
  if (!isPlainObject(value)) return fieldSet(true);
  if (schema?.atomic) return fieldSet(true);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return fieldSet(
    false,
    members.map(([name, member]) => [fieldStep(name), ownedMember(schema, name, member)] as const),
  );
}

function ownedMember(schema: OwnershipSchema | undefined, name: string, member: unknown): FieldSet {
  const below = ownedFields(memberSchema(schema, name), member);
  const empty = member === null || (isPlainObject(member) && Object.keys(member).length === 0);
  return empty || !schema?.fields?.has(name) ? union(fieldSet(true), below) : below;
}

export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

const NOTHING: Comparison = { added: EMPTY, modified: EMPTY, removed: EMPTY };
const ALL = fieldSet(true);

/** What changed between two objects; undefined stands for absent. `present` marks values that Go's types always hold. */
export function compareValues(schema: OwnershipSchema | undefined, before: unknown, after: unknown, present = false): Comparison {
  if (before === undefined && after === undefined) return NOTHING;
  const bothLists = (before === undefined || Array.isArray(before)) && (after === undefined || Array.isArray(after));
  if (bothLists && !isAtomicList(schema)) return compareLists(schema, listOf(before), listOf(after), own(before, after, present));
  const bothMaps = (before === undefined || isPlainObject(before)) && (after === undefined || isPlainObject(after));
  if (bothMaps && !schema?.atomic) return compareMaps(schema, mapOf(before), mapOf(after), own(before, after, present));
  if (before === undefined) return present && isEmptyValue(after) ? NOTHING : { ...NOTHING, added: ALL };
  if (after === undefined) return { ...NOTHING, removed: ALL };
  return deepEqual(before, after) ? NOTHING : { ...NOTHING, modified: ALL };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const mapOf = (value: unknown): PlainObject => (isPlainObject(value) ? value : {});
const isEmptyValue = (value: unknown): boolean => value === null || value === '' || value === 0 || value === false;

function own(before: unknown, after: unknown, present: boolean): Comparison {
  if (present || (before !== undefined && after !== undefined)) return NOTHING;
  return before === undefined ? { ...NOTHING, added: ALL } : { ...NOTHING, removed: ALL };
}

function compareLists(schema: OwnershipSchema | undefined, before: readonly unknown[], after: readonly unknown[], self: Comparison): Comparison {
  const keyed = (list: readonly unknown[]) => new Map(list.map((item, i) => [itemStep(schema, item, i), item]));
  const [old, now] = [keyed(before), keyed(after)];
  const steps = [...new Set([...old.keys(), ...now.keys()])];
  return gather(
    self,
    steps.map((step) => [step, compareValues(schema?.items, old.get(step), now.get(step))]),
  );
}

function compareMaps(schema: OwnershipSchema | undefined, before: PlainObject, after: PlainObject, self: Comparison): Comparison {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const present = (name: string) => self === NOTHING && (schema?.alwaysPresent?.has(name) ?? false);
  return gather(
    self,
    names.map((name) => [fieldStep(name), compareValues(memberSchema(schema, name), before[name], after[name], present(name))]),
  );
}

function gather(self: Comparison, below: readonly (readonly [string, Comparison])[]): Comparison {
  const side = (pick: (c: Comparison) => FieldSet) =>
    fieldSet(
      pick(self).member,
      below.map(([step, c]) => [step, pick(c)] as const),
    );
  return { added: side((c) => c.added), modified: side((c) => c.modified), removed: side((c) => c.removed) };
}

/** Lays a configuration over an object: maps and associative lists merge, all else is replaced. */
export function mergeTyped(schema: OwnershipSchema | undefined, live: unknown, config: unknown): unknown {
  if (isPlainObject(live) && isPlainObject(config) && !schema?.atomic) {
    const merged = { ...live };
    for (const [name, member] of Object.entries(config))
      if (member !== undefined) merged[name] = mergeTyped(memberSchema(schema, name), live[name], member);
    return merged;
  }
  if (Array.isArray(live) && Array.isArray(config) && !isAtomicList(schema)) return mergeTypedLists(schema, live, config);
  return config;
}

/** The configuration's order counts among its own items; the object's others stay before whatever they stood before. */
function mergeTypedLists(schema: OwnershipSchema | undefined, live: readonly unknown[], config: readonly unknown[]): unknown[] {
  const wanted = new Map(config.map((item, i) => [itemStep(schema, item, i), item]));
  const existing = new Map(live.map((item, i) => [itemStep(schema, item, i), item]));
  const rest = [...existing.keys()];
  const result: unknown[] = [];
  const takeOthers = () => {
    while (rest[0] !== undefined && !wanted.has(rest[0])) result.push(existing.get(rest.shift() ?? ''));
  };
  for (const [step, item] of wanted) {
    takeOthers();
    if (rest[0] === step) rest.shift();
    else if (existing.has(step)) rest.splice(rest.indexOf(step), 1);
    result.push(existing.has(step) ? mergeTyped(schema?.items, existing.get(step), item) : item);
  }
  takeOthers();
  return [...result, ...rest.map((step) => existing.get(step))];
}

/** Takes the members of `doomed` out of a value; undefined where the value itself goes. */
export function removeFields(schema: OwnershipSchema | undefined, value: unknown, doomed: FieldSet): unknown {
  if (doomed.member) return undefined;
  if (doomed.children.size === 0) return value;
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => {
      const kept = removeFields(schema?.items, item, doomed.children.get(itemStep(schema, item, i)) ?? EMPTY);
      return kept === undefined ? [] : [kept];
    });
  }
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(
    ([name, member]) => [name, removeFields(memberSchema(schema, name), member, doomed.children.get(fieldStep(name)) ?? EMPTY)] as const,
  );
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}
