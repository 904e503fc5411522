import type { ManagedFieldsEntry } from '../schema/generated/types.ts';
import { deepEqual } from './deep-equal.ts';
import {
  difference,
  EMPTY,
  type FieldSet,
  fieldSet,
  formatFieldPath,
  fromFieldsV1,
  intersection,
  isEmptySet,
  paths,
  toFieldsV1,
  union,
  withChildren,
} from './field-set.ts';
import { isPlainObject } from './json.ts';
import type { JsonObject, KubeObject } from './object.ts';
import { StatusError } from './status-error.ts';
import { compareValues, mergeTyped, type OwnershipSchema, ownedFields, removeFields } from './typed-value.ts';

/** Who writes, through what, and when. */
export interface FieldManager {
  readonly name: string;
  readonly apiVersion: string;
  readonly subresource?: string;
  /** RFC 3339. */
  readonly time: string;
  /** Top-level fields that this endpoint does not let its callers set (`status` for the main resource). */
  readonly resets?: readonly string[];
}

interface Owner {
  readonly entry: ManagedFieldsEntry;
  readonly set: FieldSet;
  /** Top-level fields beside which the set holds none, where that is known before the set is. */
  readonly within?: ReadonlySet<string> | undefined;
}

/** Records a create or update: `live` is undefined for a new object, whose Go zero value is `zero`. Returns `next` with its managedFields. */
export function trackUpdate<T extends KubeObject>(
  schema: OwnershipSchema | undefined,
  live: KubeObject | undefined,
  next: T,
  manager: FieldManager,
  zero: unknown = {},
): T {
  const owners = readOwners(next.metadata.managedFields ?? live?.metadata.managedFields);
  if (!live && owners.length === 0 && surelyDiffers(next, zero)) return withEntries(next, [creator(schema, next, manager, zero)]);
  const change = compareValues(schema, bare(live ?? zero), bare(next), true);
  const touched = strip(union(change.added, change.modified), manager);
  if (isEmptySet(touched) && isEmptySet(change.removed)) return withEntries(next, owners);
  const mine = owners.find(({ entry }) => isSame(entry, manager, 'Update'));
  const others = owners.filter((owner) => owner !== mine).map((owner) => bereft(owner, touched, change.removed));
  const set = difference(union(mine?.set ?? EMPTY, touched), change.removed);
  return withEntries(next, [...others, { entry: newEntry(manager, 'Update'), set }]);
}

/**
 * Server-side apply: merges `config` into `live`, drops what this manager applied before and no longer does, and refuses to change
 * what others own unless forced. Throws StatusError 409 in upstream's words.
 */
export function applyConfiguration(
  schema: OwnershipSchema | undefined,
  live: KubeObject | undefined,
  config: KubeObject,
  manager: FieldManager,
  options: { force?: boolean; zero?: unknown } = {},
): KubeObject {
  const owners = readOwners(live?.metadata.managedFields);
  const mine = owners.find(({ entry }) => isSame(entry, manager, 'Apply'));
  const others = owners.filter((owner) => owner !== mine);
  const wanted = strip(ownedFields(schema, config), manager);
  const merged = mergeTyped(schema, live ?? {}, withoutManagedFields(config)) as KubeObject;
  const abandoned = mine
    ? removable(
        difference(mine.set, wanted),
        union(
          wanted,
          others.reduce((all, { set }) => union(all, set), EMPTY),
        ),
      )
    : EMPTY;
  const object = removeFields(schema, merged, abandoned) as KubeObject;
  const change = compareValues(schema, bare(live ?? options.zero ?? {}), bare(object), true);
  const touched = union(change.added, change.modified);
  if (!options.force) refuseConflicts(others, touched);
  const left = others.map((owner) => bereft(owner, touched, change.removed));
  const entry = mine && deepEqual(toFieldsV1(mine.set), toFieldsV1(wanted)) ? mine.entry : newEntry(manager, 'Apply');
  return withEntries(object, [...left, { entry, set: wanted }]);
}

/** A path may go only where nobody holds anything at or below it. */
function removable(abandoned: FieldSet, held: FieldSet): FieldSet {
  const children = [...abandoned.children].map(([step, child]) => [step, removable(child, held.children.get(step) ?? EMPTY)] as const);
  return { member: abandoned.member && isEmptySet(held), children: new Map(children.filter(([, child]) => !isEmptySet(child))) };
}

function refuseConflicts(others: readonly Owner[], touched: FieldSet): void {
  const conflicts = others
    .map(({ entry, set }) => ({ manager: showManager(entry), fields: paths(intersection(set, touched)).map(formatFieldPath) }))
    .filter(({ fields }) => fields.length > 0);
  const causes = conflicts.flatMap(({ manager, fields }) =>
    fields.map((field) => ({ reason: 'FieldManagerConflict', message: `conflict with ${manager}`, field })),
  );
  const [first] = causes;
  if (!first) return;
  const sorted = conflicts.sort((a, b) => (a.manager < b.manager ? -1 : 1));
  const lines = sorted.flatMap(({ manager, fields }) => [`conflicts with ${manager}:`, ...fields.map((field) => `- ${field}`)]);
  const message =
    causes.length === 1
      ? `Apply failed with 1 conflict: ${first.message}: ${first.field}`
      : `Apply failed with ${causes.length} conflicts: ${lines.join('\n')}`;
  throw new StatusError({ code: 409, reason: 'Conflict', message, details: { causes } });
}

function showManager({ manager = '', subresource, operation, apiVersion }: ManagedFieldsEntry): string {
  const name = JSON.stringify(manager) + (subresource ? ` with subresource ${JSON.stringify(subresource)}` : '');
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

/** Who made an object owns what it says; most objects go without anybody asking what that was. */
function creator(schema: OwnershipSchema | undefined, next: KubeObject, manager: FieldManager, zero: unknown): Owner {
  const within = new Set(Object.keys(next).map((name) => `f:${name}`));
  for (const name of ['apiVersion', 'kind', ...(manager.resets ?? [])]) within.delete(`f:${name}`);
  let set: FieldSet | undefined;
  return {
    entry: newEntry(manager, 'Update'),
    within,
    get set() {
      if (set) return set;
      const { added, modified } = compareValues(schema, bare(zero), bare(next), true);
      set = strip(union(added, modified), manager);
      return set;
    },
  };
}

/** Whether an object says anything beside its metadata, as far as that shows at a glance. */
const surelyDiffers = (object: KubeObject, zero: unknown): boolean =>
  isPlainObject(zero) && (['spec', 'data', 'involvedObject', 'rules', 'roleRef'] as const).some((name) => saysMore(object[name], zero[name]));

function saysMore(value: unknown, zero: unknown): boolean {
  if (!isPlainObject(value)) return Array.isArray(value) ? value.length > 0 && zero === undefined : Boolean(value) && value !== zero;
  const below = isPlainObject(zero) ? zero : {};
  return Object.keys(value).some((name) => saysMore(value[name], below[name]));
}

/** An owner without what somebody else has set or removed. */
function bereft(owner: Owner, touched: FieldSet, removed: FieldSet): Owner {
  if (owner.within && isApart(owner.within, touched) && isApart(owner.within, removed)) return owner;
  const set = difference(difference(owner.set, touched), removed);
  return set === owner.set ? owner : { entry: owner.entry, set };
}

const isApart = (within: ReadonlySet<string>, { children }: FieldSet): boolean =>
  [...children].every(
    ([step, below]) =>
      !within.has(step) || (step === 'f:metadata' && !below.member && [...below.children.keys()].every((name) => UNMANAGED.has(name))),
  );

/** The owners behind entries that were written here. */
const behind = new WeakMap<ManagedFieldsEntry, Owner>();

const readOwners = (entries: readonly ManagedFieldsEntry[] | undefined): Owner[] =>
  (entries ?? []).map((entry) => behind.get(entry) ?? { entry, set: fromFieldsV1(entry.fieldsV1) });

const isSame = (entry: ManagedFieldsEntry, manager: FieldManager, operation: 'Apply' | 'Update'): boolean =>
  entry.manager === manager.name &&
  entry.operation === operation &&
  (entry.subresource ?? '') === (manager.subresource ?? '') &&
  (operation === 'Apply' || entry.apiVersion === manager.apiVersion);

const newEntry = ({ name, apiVersion, subresource, time }: FieldManager, operation: 'Apply' | 'Update'): ManagedFieldsEntry => ({
  apiVersion,
  fieldsType: 'FieldsV1',
  manager: name,
  operation,
  ...(subresource ? { subresource } : {}),
  time,
});

function withEntries<T extends KubeObject>(object: T, owners: readonly Owner[]): T {
  const entries = owners
    .filter((owner) => owner.within || !isEmptySet(owner.set))
    .map(written)
    .sort(compareEntries);
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata: entries.length > 0 ? { ...metadata, managedFields: entries } : metadata };
}

/** The entry as clients see it; its fieldsV1 is made when first looked at. */
function written(owner: Owner): ManagedFieldsEntry {
  if (behind.get(owner.entry) === owner) return owner.entry;
  const { apiVersion, fieldsType, manager, operation, subresource, time } = owner.entry;
  const head = { apiVersion, fieldsType, manager, operation, subresource, time };
  const entry: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(head)) if (value !== undefined) entry[name] = value;
  Object.defineProperty(entry, 'fieldsV1', { get: () => toFieldsV1(owner.set) as JsonObject, enumerable: true });
  Object.freeze(entry);
  const { within } = owner;
  const lazy = {
    entry,
    within,
    get set() {
      return owner.set;
    },
  };
  behind.set(entry, within ? lazy : { entry, set: owner.set });
  return entry;
}

const compareEntries = (a: ManagedFieldsEntry, b: ManagedFieldsEntry): number =>
  order(a.operation, b.operation) ||
  (a.operation === 'Update' ? order(a.time, b.time) : 0) ||
  order(a.manager, b.manager) ||
  order(a.apiVersion, b.apiVersion) ||
  order(a.subresource, b.subresource);
const order = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);

/** The server's own fields, which nobody manages. */
const UNMANAGED: ReadonlySet<string> = new Set([
  'f:name',
  'f:namespace',
  'f:creationTimestamp',
  'f:selfLink',
  'f:uid',
  'f:generation',
  'f:managedFields',
  'f:resourceVersion',
  'f:deletionTimestamp',
  'f:deletionGracePeriodSeconds',
]);

function strip(set: FieldSet, { resets = [] }: FieldManager): FieldSet {
  const children = new Map(set.children);
  for (const name of ['apiVersion', 'kind', ...resets]) children.delete(`f:${name}`);
  const metadata = children.get('f:metadata');
  if (metadata) {
    const managed = fieldSet(
      false,
      [...metadata.children].filter(([step]) => !UNMANAGED.has(step)),
    );
    if (isEmptySet(managed)) children.delete('f:metadata');
    else children.set('f:metadata', managed);
  }
  return withChildren(false, children);
}

function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** For comparison: managedFields do not manage themselves. */
function bare(object: unknown): unknown {
  const { metadata, ...rest } = object as KubeObject;
  if (!metadata) return rest;
  const { managedFields: _, ...others } = metadata;
  return { ...rest, metadata: others };
}
