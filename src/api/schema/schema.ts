import type { JSONSchemaProps } from './generated/types.ts';

export type SchemaKind =
  | 'object'
  | 'map'
  | 'list'
  | 'string'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'quantity'
  | 'int-or-string'
  | 'time'
  | 'micro-time'
  | 'bytes'
  | 'any';

/** What is known of one value, whether from the built-in definitions or from a CRD's openAPIV3Schema. Trees may be recursive: members are made on demand. */
export interface Schema {
  readonly kind: SchemaKind;
  /** The OpenAPI definition's name, for a built-in structure. */
  readonly definition?: string;
  /** `DeploymentSpec`: the Go structure, as decoding errors name it. */
  readonly structName?: string;
  /** `int32`, `v1.RestartPolicy`, `[]v1.Container`: the Go type, as decoding errors name it. */
  readonly goType: string;
  /** Of an object: its fields in alphabetical order. */
  readonly fields?: ReadonlyMap<string, Schema>;
  readonly required?: readonly string[];
  /** Of a list: one item; of a map (or an object with additionalProperties): one value. */
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  /** `atomic` things are replaced whole by server-side apply. */
  readonly atomic?: boolean;
  readonly listType?: 'atomic' | 'set' | 'map';
  readonly listMapKeys?: readonly string[];
  /** Strategic merge patch: `merge`, `replace`, `retainKeys`. */
  readonly patchStrategies?: readonly string[];
  readonly patchMergeKey?: string;
  /** Unknown fields below are kept. */
  readonly preserveUnknownFields?: boolean;
  /** The value is itself an object with apiVersion, kind and metadata. */
  readonly embeddedResource?: boolean;
  /** How Go writes the fields out: dropped when zero, or always present. */
  readonly omittedWhenZero?: ReadonlySet<string>;
  readonly alwaysPresent?: ReadonlySet<string>;
  /** A CRD's own words, for validation beyond structure. */
  readonly validation?: JSONSchemaProps;
  readonly description?: string;
}
