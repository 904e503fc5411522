import type { Cidr, IpAddress } from '../machinery/addresses.ts';
import type { Quantity } from '../machinery/quantity.ts';

/** Evaluation failed; the text is what upstream says. */
export class CelError extends Error {}

export const NO_OVERLOAD = 'no such overload';

export class CelUint {
  readonly value: bigint;
  constructor(value: bigint) {
    this.value = value;
  }
}

/** Nanoseconds since 1970. */
export class CelTimestamp {
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

export class CelDuration {
  readonly nanos: bigint;
  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

/** A type as a value: what `type(x)` gives. */
export class CelTypeValue {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export class CelOptional {
  readonly value: CelValue | undefined;
  constructor(value?: CelValue) {
    this.value = value;
  }
}

/** A value of a library's own type. */
export class CelOpaque<T = unknown> {
  readonly typeName: string;
  readonly content: T;
  /** What selecting a field gives. */
  readonly field: ((name: string) => CelValue | undefined) | undefined;
  constructor(typeName: string, content: T, field?: (name: string) => CelValue | undefined) {
    this.typeName = typeName;
    this.content = content;
    this.field = field;
  }
}

export type CelQuantity = CelOpaque<Quantity>;
export type CelIp = CelOpaque<IpAddress>;
export type CelCidr = CelOpaque<Cidr>;

export type CelValue =
  | bigint
  | number
  | string
  | boolean
  | null
  | Uint8Array
  | CelUint
  | CelTimestamp
  | CelDuration
  | CelTypeValue
  | CelOptional
  | CelOpaque
  | CelMap
  | readonly CelValue[];

/** Keys of different numeric types are one key when they are equal. */
export class CelMap {
  readonly #entries: Map<string, readonly [CelValue, CelValue]>;
  /** Of an object made by a constructor: its type. */
  readonly typeName: string | undefined;

  constructor(entries: Iterable<readonly [CelValue, CelValue]> = [], typeName?: string) {
    this.#entries = new Map([...entries].map((entry) => [keyText(entry[0]), entry]));
    this.typeName = typeName;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: CelValue): CelValue | undefined {
    return this.#entries.get(keyText(key))?.[1];
  }

  has(key: CelValue): boolean {
    return this.#entries.has(keyText(key));
  }

  keys(): CelValue[] {
    return this.entries().map(([key]) => key);
  }

  entries(): (readonly [CelValue, CelValue])[] {
    return [...this.#entries.values()];
  }
}

function keyText(key: CelValue): string {
  if (typeof key === 'string') return `s${key}`;
  if (typeof key === 'bigint' || typeof key === 'number') return `n${key}`;
  if (key instanceof CelUint) return `n${key.value}`;
  if (typeof key === 'boolean') return `b${key}`;
  throw new CelError(`unsupported key type: ${typeNameOf(key)}`);
}

export const isList = (value: CelValue): value is readonly CelValue[] => Array.isArray(value);

export function typeNameOf(value: CelValue): string {
  if (value === null) return 'null_type';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'double';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof CelUint) return 'uint';
  if (value instanceof CelTimestamp) return 'google.protobuf.Timestamp';
  if (value instanceof CelDuration) return 'google.protobuf.Duration';
  if (value instanceof CelTypeValue) return 'type';
  if (value instanceof CelOptional) return 'optional_type';
  if (value instanceof CelOpaque) return value.typeName;
  if (value instanceof CelMap) return value.typeName ?? 'map';
  return 'list';
}
