import { deepEqual } from '../machinery/deep-equal.ts';
import { type FieldError, FieldPath, invalidValue, notSupported, required, tooLong, tooMany } from '../machinery/field-error.ts';
import { formatGoValue } from '../machinery/go-format.ts';
import { isPlainObject, type PlainObject } from '../machinery/json.ts';
import { formatProblem } from './formats.ts';
import type { JSONSchemaProps, JsonValue } from './generated/types.ts';
import { typeOfValue } from './value-types.ts';

/** Checks an object against an openAPIV3Schema, in the words of the API server. Rules in CEL are not this file's business. */
export function validateAgainstSchema(props: JSONSchemaProps, value: unknown, path = ''): FieldError[] {
  return check(props, value, path);
}

const at = (path: string): FieldPath => new FieldPath(path);
const child = (path: string, key: string): string => (path ? `${path}.${key}` : key);
const body = (path: string): string => `${path || ''} in body`.trimStart();
const wrong = (path: string, value: unknown, why: string): FieldError => invalidValue(at(path), value, `${body(path)} ${why}`);

function check(props: JSONSchemaProps, value: unknown, path: string): FieldError[] {
  if (value === null && props.nullable) return [];
  const mismatch = typeMismatch(props, value, path);
  if (mismatch) return [mismatch];
  return [
    ...enumErrors(props, value, path),
    ...(typeof value === 'string' ? stringErrors(props, value, path) : []),
    ...(typeof value === 'number' ? numberErrors(props, value, path) : []),
    ...(Array.isArray(value) ? listErrors(props, value, path) : []),
    ...(isPlainObject(value) ? objectErrors(props, value, path) : []),
    ...combinationErrors(props, value, path),
  ];
}

function typeMismatch(props: JSONSchemaProps, value: unknown, path: string): FieldError | undefined {
  const found = typeOfValue(value);
  const expected = props['x-kubernetes-int-or-string'] ? ['integer', 'string'] : props.type ? [props.type] : [];
  if (expected.length === 0 || expected.includes(found) || (found === 'integer' && expected.includes('number'))) return undefined;
  const why = `${body(path)} must be of type ${expected.join(',')}: ${JSON.stringify(found)}`;
  return { ...invalidValue(at(path), found, why), type: 'FieldValueTypeInvalid' };
}

function enumErrors({ enum: values }: JSONSchemaProps, value: unknown, path: string): FieldError[] {
  if (!values || values.some((allowed) => deepEqual(allowed, value))) return [];
  return [
    notSupported(
      at(path),
      value,
      values.map((v) => (typeof v === 'string' ? v : JSON.stringify(v))),
    ),
  ];
}

/** Only the first complaint about a string is reported. */
function stringErrors(props: JSONSchemaProps, value: string, path: string): FieldError[] {
  const length = [...value].length;
  if (props.maxLength !== undefined && length > props.maxLength) return [tooLong(at(path), props.maxLength)];
  if (props.minLength !== undefined && length < props.minLength) return [wrong(path, value, `should be at least ${props.minLength} chars long`)];
  if (props.pattern !== undefined && !new RegExp(props.pattern, 'u').test(value)) return [wrong(path, value, `should match '${props.pattern}'`)];
  const problem = props.format === undefined ? undefined : formatProblem(props.format, value);
  if (!problem) return [];
  return [{ ...wrong(path, value, `must be of type ${problem}: ${JSON.stringify(value)}`), type: 'FieldValueTypeInvalid' }];
}

function numberErrors(props: JSONSchemaProps, value: number, path: string): FieldError[] {
  const { minimum, maximum, multipleOf, exclusiveMinimum, exclusiveMaximum } = props;
  const found: FieldError[] = [];
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) found.push(wrong(path, value, `should be a multiple of ${multipleOf}`));
  if (maximum !== undefined && (value > maximum || (exclusiveMaximum && value === maximum))) {
    found.push(wrong(path, value, `should be less than ${exclusiveMaximum ? '' : 'or equal to '}${formatGoValue(maximum)}`));
  }
  if (minimum !== undefined && (value < minimum || (exclusiveMinimum && value === minimum))) {
    found.push(wrong(path, value, `should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${formatGoValue(minimum)}`));
  }
  return found;
}

function listErrors(props: JSONSchemaProps, value: readonly unknown[], path: string): FieldError[] {
  const found: FieldError[] = [];
  if (props.minItems !== undefined && value.length < props.minItems)
    found.push(wrong(path, value.length, `should have at least ${props.minItems} items`));
  if (props.maxItems !== undefined && value.length > props.maxItems) found.push(tooMany(at(path), value.length, props.maxItems));
  const unique = props.uniqueItems || props['x-kubernetes-list-type'] === 'set';
  if (unique && hasDuplicates(value)) found.push(wrong(path, value, "shouldn't contain duplicates"));
  const items = asProps(props.items);
  return items ? [...found, ...value.flatMap((item, i) => check(items, item, `${path}[${i}]`))] : found;
}

const hasDuplicates = (list: readonly unknown[]): boolean => list.some((item, i) => list.slice(0, i).some((other) => deepEqual(other, item)));

function objectErrors(props: JSONSchemaProps, value: PlainObject, path: string): FieldError[] {
  const size = Object.keys(value).length;
  const found: FieldError[] = [];
  if (props.minProperties !== undefined && size < props.minProperties)
    found.push(wrong(path, size, `should have at least ${props.minProperties} properties`));
  if (props.maxProperties !== undefined && size > props.maxProperties) found.push(tooMany(at(path), size, props.maxProperties));
  for (const name of props.required ?? []) if (value[name] === undefined) found.push(required(at(child(path, name))));
  const additional = asProps(props.additionalProperties);
  for (const [key, member] of Object.entries(value)) {
    const inner = props.properties?.[key] ?? additional;
    if (inner && member !== undefined && !(path === '' && key === 'metadata')) found.push(...check(inner, member, child(path, key)));
  }
  return found;
}

function combinationErrors(props: JSONSchemaProps, value: unknown, path: string): FieldError[] {
  const valid = (one: JSONSchemaProps) => check(one, value, path).length === 0;
  const complain = (why: string): FieldError => invalidValue(at(''), '', `${JSON.stringify(path)} ${why}`);
  const found: FieldError[] = [];
  const { anyOf, oneOf, allOf, not } = props;
  if (anyOf?.length && !anyOf.some(valid))
    found.push(...(anyOf[0] ? check(anyOf[0], value, path) : []), complain('must validate at least one schema (anyOf)'));
  if (oneOf?.length) {
    const count = oneOf.filter(valid).length;
    const what = count === 0 ? 'Found none valid' : `Found ${count} valid alternatives`;
    if (count !== 1) found.push(complain(`must validate one and only one schema (oneOf). ${what}`));
  }
  const failing = (allOf ?? []).filter((one) => !valid(one));
  if (failing.length > 0) found.push(...failing.flatMap((one) => check(one, value, path)), complain('must validate all the schemas (allOf)'));
  if (not && valid(not)) found.push(complain('must not validate the schema (not)'));
  return found;
}

const asProps = (value: JsonValue | undefined): JSONSchemaProps | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JSONSchemaProps) : undefined;
