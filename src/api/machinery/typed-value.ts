import { deepEqual } from './deep-equal.ts';
import { ALL, EMPTY, type FieldSet, fieldSet, fieldStep, isEmptySet, keyStep, union, valueStep, withChildren } from './field-set.ts';
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
const ADDED: Comparison = { ...NOTHING, added: ALL };
const MODIFIED: Comparison = { ...NOTHING, modified: ALL };
const REMOVED: Comparison = { ...NOTHING, removed: ALL };

/** What changed between two objects; undefined stands for absent. `present` marks values that Go's types always hold. */
export function compareValues(schema: OwnershipSchema | undefined, before: unknown, after: unknown, present = false): Comparison {
  if (before === after) return NOTHING;
  const bothLists = (before === undefined || Array.isArray(before)) && (after === undefined || Array.isArray(after));
  if (bothLists && !isAtomicList(schema)) return compareLists(schema, listOf(before), listOf(after), own(before, after, present));
  const bothMaps = (before === undefined || isPlainObject(before)) && (after === undefined || isPlainObject(after));
  if (bothMaps && !schema?.atomic) return compareMaps(schema, mapOf(before), mapOf(after), own(before, after, present));
  if (before === undefined) return present && isEmptyValue(after) ? NOTHING : ADDED;
  if (after === undefined) return REMOVED;
  return deepEqual(before, after) ? NOTHING : MODIFIED;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const mapOf = (value: unknown): PlainObject => (isPlainObject(value) ? value : {});
const isEmptyValue = (value: unknown): boolean => value === null || value === '' || value === 0 || value === false;

function own(before: unknown, after: unknown, present: boolean): Comparison {
  if (present || (before !== undefined && after !== undefined)) return NOTHING;
  return before === undefined ? ADDED : REMOVED;
}

function compareLists(schema: OwnershipSchema | undefined, before: readonly unknown[], after: readonly unknown[], self: Comparison): Comparison {
  if (before.length === after.length && self === NOTHING && before.every((item, i) => item === after[i])) return NOTHING;
  const keyed = (list: readonly unknown[]) => new Map(list.map((item, i) => [itemStep(schema, item, i), item]));
  const [old, now] = [keyed(before), keyed(after)];
  const gathered = new Gathered();
  for (const [step, item] of old) gathered.add(step, compareValues(schema?.items, item, now.get(step)));
  for (const [step, item] of now) if (!old.has(step)) gathered.add(step, compareValues(schema?.items, undefined, item));
  return gathered.under(self);
}

function compareMaps(schema: OwnershipSchema | undefined, before: PlainObject, after: PlainObject, self: Comparison): Comparison {
  const always = self === NOTHING ? schema?.alwaysPresent : undefined;
  const gathered = new Gathered();
  const compare = (name: string) => {
    const [old, now] = [before[name], after[name]];
    if (old !== now) gathered.addField(name, compareValues(memberSchema(schema, name), old, now, always?.has(name) ?? false));
  };
  for (const name of Object.keys(before)) compare(name);
  for (const name of Object.keys(after)) if (!Object.hasOwn(before, name)) compare(name);
  return gathered.under(self);
}

/** What comparing the parts of a value found, so far as it found anything. */
class Gathered {
  #added: Map<string, FieldSet> | undefined;
  #modified: Map<string, FieldSet> | undefined;
  #removed: Map<string, FieldSet> | undefined;

  addField(name: string, found: Comparison): void {
    if (found !== NOTHING) this.add(fieldStep(name), found);
  }

  add(step: string, { added, modified, removed }: Comparison): void {
    if (!isEmptySet(added)) this.#added = put(this.#added, step, added);
    if (!isEmptySet(modified)) this.#modified = put(this.#modified, step, modified);
    if (!isEmptySet(removed)) this.#removed = put(this.#removed, step, removed);
  }

  under(self: Comparison): Comparison {
    if (!this.#added && !this.#modified && !this.#removed) return self;
    return {
      added: withChildren(self.added.member, this.#added),
      modified: withChildren(self.modified.member, this.#modified),
      removed: withChildren(self.removed.member, this.#removed),
    };
  }
}

function put(children: Map<string, FieldSet> | undefined, step: string, set: FieldSet): Map<string, FieldSet> {
  return (children ?? new Map<string, FieldSet>()).set(step, set);
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
