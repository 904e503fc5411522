import { isPlainObject, type PlainObject, setMember } from '../machinery/json.ts';
import type { KubeObject } from '../machinery/object.ts';
import { canonicalQuantity, QuantityError } from '../machinery/quantity.ts';
import { badRequest, type StatusError } from '../machinery/status-error.ts';
import { illegalBase64 } from './base64.ts';
import { joinPath, type PathStep } from './json-text.ts';
import type { Schema } from './schema.ts';
import { timeError } from './times.ts';
import { withGoZeroes, zeroOf } from './zero-values.ts';

/** A value does not fit its field; the words are those of Go's decoders. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

export interface Decoded {
  readonly object: KubeObject;
  /** `unknown field "spec.foo"`, `duplicate field "spec.bar"`: what strict decoding would refuse, in order of appearance. */
  readonly strictErrors: readonly string[];
}

/**
 * Decodes a parsed body into an object of `schema` as the API server does: types are checked, unknown fields dropped and noted,
 * quantities and times made canonical, zero values dropped or filled in as Go's encoding leaves them. Throws DecodeError.
 */
export function decode(schema: Schema, body: unknown, duplicates: readonly string[] = []): Decoded {
  const walk = new Walk();
  const object = walk.value(schema, body);
  if (!isPlainObject(object)) throw new DecodeError(`json: cannot unmarshal ${goKind(body)} into Go value of type ${schema.goType}`);
  const strictErrors = [
    ...duplicates.map((path) => `duplicate field ${JSON.stringify(path)}`),
    ...walk.unknown.map((p) => `unknown field ${JSON.stringify(p)}`),
  ];
  return { object: object as KubeObject, strictErrors: [...new Set(strictErrors)] };
}

export const strictMessage = (errors: readonly string[]): string => `strict decoding error: ${errors.join(', ')}`;

/** `Deployment in version "v1" cannot be handled as a Deployment: …`. */
export const cannotBeHandled = (kind: string, groupVersion: string, why: string): StatusError =>
  badRequest(`${kind} in version ${JSON.stringify(groupVersion)} cannot be handled as a ${kind}: ${why}`);

export const goKind = (value: unknown): string => {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' ? 'object' : typeof value === 'boolean' ? 'bool' : typeof value;
};

/** Frozen values that decoding leaves as they are: what once came from the store need not be read again. */
const canonical = new WeakMap<object, Schema>();

function hasSameMembers(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

class Walk {
  readonly unknown: string[] = [];
  readonly #path: PathStep[] = [];
  /** Go names the fields of structures on the way, but neither indices nor the keys of maps. */
  readonly #fields: string[] = [];
  #struct = '';

  value(schema: Schema, value: unknown): unknown {
    if (value === null || value === undefined) return undefined;
    switch (schema.kind) {
      case 'object':
      case 'map':
      case 'list':
        return this.#whole(schema, value);
      case 'any':
        return value;
      default:
        return this.#scalar(schema, value);
    }
  }

  #whole(schema: Schema, value: unknown): unknown {
    const frozen = Object.isFrozen(value);
    if (frozen && canonical.get(value as object) === schema) return value;
    const decoded = this.#parts(schema, value);
    if (!frozen || !hasSameMembers(decoded as PlainObject, value as PlainObject)) return decoded;
    canonical.set(value as object, schema);
    return value;
  }

  #parts(schema: Schema, value: unknown): unknown {
    if (schema.kind === 'object') return this.#object(schema, value);
    return schema.kind === 'map' ? this.#map(schema, value) : this.#list(schema, value);
  }

  #object(schema: Schema, value: unknown): PlainObject {
    if (!isPlainObject(value)) return this.#mismatch(schema, goKind(value));
    const outer = this.#struct;
    const result: PlainObject = {};
    for (const name of Object.keys(value)) {
      this.#path.push(name);
      this.#fields.push(name);
      this.#struct = schema.structName ?? outer;
      const decoded = this.#member(schema, name, value[name]);
      if (decoded !== undefined) setMember(result, name, decoded);
      this.#path.pop();
      this.#fields.pop();
    }
    this.#struct = outer;
    return withGoZeroes(schema, result);
  }

  #member(schema: Schema, name: string, value: unknown): unknown {
    const field = schema.fields?.get(name);
    if (field) return field.nullable && value === null ? null : this.value(field, value);
    if (schema.items) return this.value(schema.items, value);
    if (schema.preserveUnknownFields) return value;
    if (schema.embeddedResource && (name === 'apiVersion' || name === 'kind' || name === 'metadata')) return value;
    if (value !== undefined) this.unknown.push(joinPath(this.#path));
    return undefined;
  }

  #map(schema: Schema, value: unknown): PlainObject {
    if (!isPlainObject(value)) return this.#mismatch(schema, goKind(value));
    const item = schema.items;
    if (!item) return value;
    const result: PlainObject = {};
    for (const [key, member] of Object.entries(value)) {
      this.#path.push(key);
      const decoded = member === null ? zeroOf(item) : this.value(item, member);
      this.#path.pop();
      setMember(result, key, decoded);
    }
    return result;
  }

  #list(schema: Schema, value: unknown): unknown[] {
    if (!Array.isArray(value)) return this.#mismatch(schema, goKind(value));
    const item = schema.items;
    if (!item) return value;
    return value.map((member, i) => {
      this.#path.push(i);
      const decoded = member === null ? (item.nullable ? null : zeroOf(item)) : this.value(item, member);
      this.#path.pop();
      return decoded;
    });
  }

  #scalar(schema: Schema, value: unknown): unknown {
    switch (schema.kind) {
      case 'string':
        return typeof value === 'string' ? value : this.#mismatch(schema, goKind(value));
      case 'boolean':
        return typeof value === 'boolean' ? value : this.#mismatch(schema, goKind(value));
      case 'integer':
        return this.#integer(schema, value);
      case 'number':
        return typeof value === 'number' ? value : this.#mismatch(schema, goKind(value));
      case 'quantity':
        return quantity(value);
      case 'int-or-string':
        return this.#intOrString(value);
      case 'bytes':
        return this.#bytes(schema, value);
      default:
        return this.#time(schema, value);
    }
  }

  #integer(schema: Schema, value: unknown): number {
    if (typeof value !== 'number') return this.#mismatch(schema, goKind(value));
    const limit = schema.goType === 'int32' ? 2 ** 31 : 2 ** 63;
    if (!Number.isInteger(value) || value >= limit || value < -limit) return this.#mismatch(schema, `number ${value}`);
    return value;
  }

  #intOrString(value: unknown): unknown {
    if (typeof value === 'string' || (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31)) return value;
    const shown = typeof value === 'number' ? `number ${value}` : goKind(value);
    throw new DecodeError(`json: cannot unmarshal ${shown} into Go value of type int32`);
  }

  #bytes(schema: Schema, value: unknown): string {
    if (typeof value !== 'string') return this.#mismatch(schema, goKind(value));
    const at = illegalBase64(value);
    if (at !== undefined) throw new DecodeError(`illegal base64 data at input byte ${at}`);
    return value.replace(/[\r\n]/g, '');
  }

  #time(schema: Schema, value: unknown): string {
    if (typeof value !== 'string') throw new DecodeError(`json: cannot unmarshal ${goKind(value)} into Go value of type string`);
    const error = timeError(value, schema.kind === 'micro-time');
    if (error) throw new DecodeError(error);
    return value;
  }

  #mismatch(schema: Schema, shown: string): never {
    const field = this.#fields.join('.');
    const where = field === '' ? `value of type ${schema.goType}` : `struct field ${this.#struct}.${field} of type ${schema.goType}`;
    throw new DecodeError(`json: cannot unmarshal ${shown} into Go ${where}`);
  }
}

function quantity(value: unknown): string {
  try {
    return canonicalQuantity(typeof value === 'string' ? value : JSON.stringify(value));
  } catch (error) {
    if (error instanceof QuantityError) throw new DecodeError(error.message);
    throw error;
  }
}
