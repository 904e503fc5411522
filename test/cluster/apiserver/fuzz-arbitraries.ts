import fc from 'fast-check';
import type { PlainObject } from '../../../src/api/machinery/json.ts';
import type { Schema } from '../../../src/api/schema/schema.ts';

type Values = fc.Arbitrary<unknown>;

const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', 'a', 'name', '$patch', '$retainKeys', 'é', 'a.b/c', '-'];
const SCALARS = [
  ...[null, true, false, 0, -1, 1, 1.5, -0, 1e21, 2 ** 31, 2 ** 53, 2 ** 63, -(2 ** 63), 1e308, 5e-324],
  ...[
    '',
    ' ',
    '0',
    '-1',
    'a',
    'A',
    'a b',
    '1e9999999',
    '1Ki',
    '.5',
    '%zz',
    '\u0000',
    '\ud800',
    '𝒳é字',
    '__proto__',
    'constructor',
    '2026-01-01T00:00:00Z',
  ],
  ...['/', '../..', '10.0.0.300', '::1', 'true', 'null', '*', '* * * * *', '{"a":1}', 'x'.repeat(300)],
];
const HUGE = [
  'x'.repeat(300_000),
  nested(2000, (inner) => [inner]),
  nested(2000, (inner) => ({ a: inner })),
  Array.from({ length: 5000 }, () => null),
];

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = null;
  for (let i = 0; i < depth; i++) value = wrap(value);
  return value;
}

/** Own members even where the name is `__proto__`, as JSON.parse makes them. */
export function fromEntries(entries: readonly (readonly [string, unknown])[]): PlainObject {
  return Object.fromEntries(entries);
}

export const hostile: Values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: fc.constantFrom<unknown>(...SCALARS), weight: 6 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 8 }), weight: 1 },
    { arbitrary: fc.constantFrom<unknown>([], {}), weight: 2 },
    { arbitrary: fc.array(tie('value'), { maxLength: 3 }), weight: 1 },
    { arbitrary: fc.array(fc.tuple(fc.constantFrom(...KEYS), tie('value')), { maxLength: 3 }).map(fromEntries), weight: 2 },
  ),
})).value;

export const huge: Values = fc.constantFrom(...HUGE);

/** Values of a schema: `junk` is how many of a hundred are something else instead. */
export class SchemaValues {
  readonly #junk: number;
  readonly #known = new Map<Schema, Map<number, Values>>();

  constructor(junk: number) {
    this.#junk = junk;
  }

  of(schema: Schema, depth: number): Values {
    const byDepth = this.#known.get(schema) ?? new Map<number, Values>();
    this.#known.set(schema, byDepth);
    const known = byDepth.get(depth);
    if (known) return known;
    const plain = this.#plain(schema, depth);
    const made = this.#junk === 0 ? plain : fc.oneof({ arbitrary: plain, weight: 100 - this.#junk }, { arbitrary: hostile, weight: this.#junk });
    byDepth.set(depth, made);
    return made;
  }

  #plain(schema: Schema, depth: number): Values {
    const { items } = schema;
    switch (schema.kind) {
      case 'object':
        return depth <= 0 ? fc.constant({}) : this.object(schema, depth);
      case 'map':
        if (!items || depth <= 0) return fc.constant({});
        return fc
          .array(
            fc.tuple(
              keyOf(items),
              fc.constant(0).chain(() => this.of(items, depth - 1)),
            ),
            { maxLength: 2 },
          )
          .map(fromEntries);
      case 'list':
        if (!items || depth <= 0) return fc.constant([]);
        return fc.array(
          fc.constant(0).chain(() => this.of(items, depth - 1)),
          { maxLength: 2 },
        );
      default:
        return scalar(schema);
    }
  }

  /** A few of an object's fields, and all that it requires. */
  object(schema: Schema, depth: number): fc.Arbitrary<PlainObject> {
    const fields = [...(schema.fields ?? [])].filter(([name]) => name !== 'status');
    const required = new Set(schema.required);
    return fc
      .tuple(fc.subarray(fields, { maxLength: Math.min(3, fields.length) }), fc.constant(fields.filter(([name]) => required.has(name))))
      .chain(([some, needed]) =>
        fc.tuple(...[...new Map([...needed, ...some])].map(([name, field]) => fc.tuple(fc.constant(name), this.of(field, depth - 1)))),
      )
      .map(fromEntries);
  }
}

const keyOf = (items: Schema): fc.Arbitrary<string> =>
  items.kind === 'quantity'
    ? fc.constantFrom('cpu', 'memory', 'storage', 'pods')
    : fc.constantFrom('a', 'app', 'example.com/b', 'x.y', '__proto__', 'constructor');

function scalar({ kind, enum: choices }: Schema): Values {
  switch (kind) {
    case 'string':
      return choices
        ? fc.constantFrom(...choices)
        : fc.constantFrom('a', 'b', 'web', 'example.com', '/tmp', '10.1.2.3', 'TCP', 'é "x"\n', '<&>', '0');
    case 'integer':
      return fc.constantFrom(0, 1, 2, 80, 443, 8080, 600, -1);
    case 'number':
      return fc.constantFrom(0, 1.5, -2);
    case 'boolean':
      return fc.boolean();
    case 'quantity':
      return fc.constantFrom('1', '500m', '0.5', '1Gi', '1.5Gi', '1e3', '1024Ki', '0', 2, '100M', '1E', '0.1m');
    case 'int-or-string':
      return fc.constantFrom(1, 80, '25%', 'http');
    case 'time':
      return fc.constantFrom('2026-01-01T00:00:00Z', '2025-12-31T23:00:00Z');
    case 'micro-time':
      return fc.constantFrom('2026-01-01T00:00:00.000000Z');
    case 'bytes':
      return fc.constantFrom('YQ==', '', 'AAEC');
    default:
      return fc.constantFrom<unknown>({}, { a: 1 }, { a: { b: ['x', null] } });
  }
}
