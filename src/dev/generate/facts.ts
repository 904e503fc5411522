/** The shape of src/api/schema/facts/fields.json: what a running API server's OpenAPI document says of each definition. */
export interface FieldFacts {
  kubernetes: string;
  definitions: Record<string, Definition>;
}

export interface Definition {
  /** `[group, version, kind]` triples; absent for embedded types. */
  gvk?: [string, string, string][];
  required?: string[];
  fields?: Record<string, FieldType>;
  /** A definition that is not an object, such as Quantity. */
  type?: string;
}

/** `string`, `integer:int32`, `boolean`, `[x]` list of x, `{x}` map of x, or a definition's name. */
export type FieldType = string | { type: string };

export const typeOf = (field: FieldType): string => (typeof field === 'string' ? field : field.type);
