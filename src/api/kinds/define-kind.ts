import type { Clock } from '../../clock/index.ts';
import type { FieldError } from '../machinery/field-error.ts';
import type { KubeObject, ObjectMeta } from '../machinery/object.ts';

/** What every kind's type has: the generated interfaces satisfy it, and so does KubeObject. */
export interface TypedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/**
 * What is special about one resource, over what schema/ already knows of it from the facts (names, verbs, columns' headers, fields,
 * enums, patch keys). Every member is optional; a kind that declares nothing is still stored, listed, watched and patched.
 * Functions are pure: they build new objects and never change their arguments.
 */
export interface KindDefinition<T extends TypedObject = KubeObject> {
  readonly group: string;
  readonly version: string;
  /** Plural, as in URLs. */
  readonly resource: string;
  /** Fills in what upstream's defaulting fills in, after the schema's own defaults. */
  defaults?(object: T): T;
  /** Before validation: drops or resets what this caller may not set (status on create, spec on /status), carries over what an update may not lose, bumps nothing itself. */
  prepareForCreate?(object: T, context: StrategyContext): T;
  prepareForUpdate?(object: T, old: T, context: StrategyContext): T;
  validate?(object: T, context: ValidationContext): FieldError[];
  /** All that an update must satisfy; `validate` has not been run for it, so call it where upstream does. */
  validateUpdate?(object: T, old: T, context: ValidationContext): FieldError[];
  /** By subresource name: rules for `status`, `scale`, `ephemeralcontainers`, `resize`, `binding` … where they differ from the above. */
  readonly subresources?: Readonly<Record<string, SubresourceRules<T>>>;
  /** Parts that a write to this subresource cannot change and therefore never owns, where the usual spec or status is not it. */
  resetFields?(subresource: string): readonly string[];
  /** Warnings to send with an accepted create or update. */
  warnings?(object: T, old: T | undefined): string[];
  /** Cells of the server's table in the order of the columns that resources.json lists (priority > 0 included); Age cells via context.age. */
  row?(object: T, context: RowContext): (string | number | boolean)[];
  /** Fields, beside metadata.name and metadata.namespace, that field selectors may use. */
  readonly selectableFields?: Readonly<Record<string, (object: T) => string>>;
  /** Set where a change must raise metadata.generation: true (the default for kinds with spec) compares spec. */
  readonly generation?: boolean | ((object: T, old: T) => boolean);
  /** Seconds a plain DELETE waits before the object goes (pods: spec.terminationGracePeriodSeconds); undefined = at once. */
  gracePeriod?(object: T): number | undefined;
  readonly scale?: { replicas: string; statusReplicas: string; selector(object: T): string };
  /** Where the pod template lives, for kinds that have one: `['spec', 'template']`. */
  readonly podTemplate?: readonly string[];
  readonly nameRule?: 'dns-subdomain' | 'dns-label' | 'dns-1035-label' | 'path-segment';
}

export interface StrategyContext {
  readonly clock: Clock;
  readonly subresource: string;
}

export interface ValidationContext {
  readonly subresource: string;
  readonly now: number;
}

export interface RowContext {
  /** "5m3s" since an RFC 3339 time; `<unknown>` without one. */
  age(time: string | undefined): string;
  readonly now: number;
}

export interface SubresourceRules<T extends TypedObject> {
  prepareForUpdate?(object: T, old: T, context: StrategyContext): T;
  validateUpdate?(object: T, old: T, context: ValidationContext): FieldError[];
}

/** Declares a kind; the index collects the declarations. */
export const defineKind = <T extends TypedObject>(definition: KindDefinition<T>): KindDefinition => definition as unknown as KindDefinition;
