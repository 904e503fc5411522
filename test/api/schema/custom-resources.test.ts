import { expect, test } from 'vitest';
import { crdSchema } from '../../../src/api/schema/crd-schema.ts';
import { decodeCustom } from '../../../src/api/schema/decode-custom.ts';
import { applyDefaults } from '../../../src/api/schema/defaults.ts';
import type { JSONSchemaProps } from '../../../src/api/schema/generated/types.ts';
import { validateAgainstSchema } from '../../../src/api/schema/validate.ts';

const props: JSONSchemaProps = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['target'],
      properties: {
        target: { type: 'string', minLength: 3, pattern: '^[a-z]+$' },
        keep: { type: 'integer', maximum: 30, default: 7 },
        mode: { type: 'string', enum: ['Full', 'Delta'] },
        tags: { type: 'object', additionalProperties: { type: 'string' } },
        extra: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
  },
};

const make = (spec: Record<string, unknown>) => decodeCustom(crdSchema(props), { apiVersion: 'a/v1', kind: 'B', metadata: { name: 'b' }, spec });

test('unknown fields go, defaults come', () => {
  const { object, strictErrors } = make({ target: 'abc', colour: 'red', extra: { x: 1 } });
  expect(strictErrors).toEqual(['unknown field "spec.colour"']);
  expect(applyDefaults(crdSchema(props), object).spec).toEqual({ target: 'abc', keep: 7, extra: { x: 1 } });
});

test('findings in the API server’s words', () => {
  const { object } = make({ keep: 99, mode: 'Odd', tags: { n: 5 } });
  expect(validateAgainstSchema(props, object).map(({ field, message }) => `${field}: ${message}`)).toEqual([
    'spec.target: Required value',
    'spec.keep: Invalid value: 99: spec.keep in body should be less than or equal to 30',
    'spec.mode: Unsupported value: "Odd": supported values: "Full", "Delta"',
    'spec.tags.n: Invalid value: "integer": spec.tags.n in body must be of type string: "integer"',
  ]);
});
