import { type FieldError, type FieldPath, forbiddenField, notSupported, required } from '../../machinery/field-error.ts';
import type { JSONSchemaProps } from '../../schema/generated/types.ts';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/** A structural schema: every value has a known type, every list says what it holds. */
export function validateSchema(schema: JSONSchemaProps, path: FieldPath): FieldError[] {
  const { type, properties = {}, items, additionalProperties } = schema;
  const isFree = schema['x-kubernetes-int-or-string'] || schema['x-kubernetes-preserve-unknown-fields'];
  const one = asSchema(items);
  const rest = asSchema(additionalProperties);
  return [
    ...(type ? (TYPES.includes(type) ? [] : [notSupported(path.child('type'), type, TYPES)]) : isFree ? [] : [typeRequired(path)]),
    ...(type === 'array' && items === undefined ? [required(path.child('items'), 'must be specified')] : []),
    ...(additionalProperties !== undefined && Object.keys(properties).length > 0
      ? [forbiddenField(path.child('additionalProperties'), 'additionalProperties and properties are mutual exclusive')]
      : []),
    ...Object.entries(properties)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, property]) => validateSchema(property, path.child('properties').key(name))),
    ...(one ? validateSchema(one, path.child('items')) : []),
    ...(rest ? validateSchema(rest, path.child('additionalProperties')) : []),
  ];
}

const typeRequired = (path: FieldPath): FieldError =>
  required(
    path.child('type'),
    /openAPIV3Schema$/.test(path.toString()) ? 'must not be empty at the root' : 'must not be empty for specified object fields',
  );

function asSchema(value: unknown): JSONSchemaProps | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JSONSchemaProps) : undefined;
}
