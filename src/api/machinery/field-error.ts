import { toGoJson } from './json.ts';

/**
 * One finding of validation. `type` is the reason of the resulting cause; `message` is the detail as upstream words it
 * without the field path ("Required value: must name a port", `Invalid value: "x": must be …`). Use the constructors.
 */
export interface FieldError {
  readonly type: FieldErrorType;
  readonly field: string;
  readonly message: string;
}

export type FieldErrorType =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'InternalError'
  | 'FieldValueTypeInvalid';

/** A path in an object, as upstream prints it: `spec.containers[0].ports[1].name`, `metadata.labels[a.b/c]`. */
export class FieldPath {
  readonly #text: string;

  constructor(text = '') {
    this.#text = text;
  }

  child(...names: string[]): FieldPath {
    return new FieldPath([this.#text, ...names].filter(Boolean).join('.'));
  }

  index(i: number): FieldPath {
    return new FieldPath(`${this.#text}[${i}]`);
  }

  key(key: string): FieldPath {
    return new FieldPath(`${this.#text}[${key}]`);
  }

  toString(): string {
    return this.#text || '<nil>';
  }
}

const make = (type: FieldErrorType, path: FieldPath, message: string): FieldError => ({ type, field: path.toString(), message });
const withDetail = (head: string, detail: string) => (detail ? `${head}: ${detail}` : head);

export const required = (path: FieldPath, detail = ''): FieldError => make('FieldValueRequired', path, withDetail('Required value', detail));
export const duplicate = (path: FieldPath, value: unknown): FieldError => make('FieldValueDuplicate', path, `Duplicate value: ${shown(value)}`);
export const notFoundValue = (path: FieldPath, value: unknown): FieldError => make('FieldValueNotFound', path, `Not found: ${shown(value)}`);
export const forbiddenField = (path: FieldPath, detail: string): FieldError => make('FieldValueForbidden', path, withDetail('Forbidden', detail));
export const invalidValue = (path: FieldPath, value: unknown, detail: string): FieldError =>
  make('FieldValueInvalid', path, withDetail(`Invalid value: ${shown(value)}`, detail));
export const tooLong = (path: FieldPath, max: number): FieldError =>
  make('FieldValueTooLong', path, `Too long: may not be more than ${max} byte${max === 1 ? '' : 's'}`);
export const tooMany = (path: FieldPath, actual: number, max: number): FieldError =>
  make('FieldValueTooMany', path, `Too many: ${actual}: must have at most ${max} item${max === 1 ? '' : 's'}`);
export const notSupported = (path: FieldPath, value: unknown, supported: readonly string[]): FieldError =>
  make('FieldValueNotSupported', path, `Unsupported value: ${shown(value)}: supported values: ${supported.map((s) => JSON.stringify(s)).join(', ')}`);

/** As field.Error.ErrorBody prints values: strings quoted, structures as JSON. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  return typeof value === 'object' ? toGoJson(value) : JSON.stringify(value);
}
