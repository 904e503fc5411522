import { expect, test } from 'vitest';
import type { JSONSchemaProps } from '../../../src/api/schema/generated/types.ts';
import { ruleErrors } from '../../../src/api/schema/validation-rules.ts';

const integer = { type: 'integer' };

function schema(rules: JSONSchemaProps['x-kubernetes-validations']): JSONSchemaProps {
  const spec: JSONSchemaProps = {
    type: 'object',
    properties: {
      min: integer,
      max: integer,
      'a-b': { type: 'string' },
      ratio: { type: 'number' },
      items: {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['name'],
        items: {
          type: 'object',
          properties: {
            name: { type: 'string' },
            size: { ...integer, 'x-kubernetes-validations': [{ rule: 'self >= oldSelf', message: 'must not shrink' }] },
          },
        },
      },
    },
    'x-kubernetes-validations': rules ?? [],
  };
  return { type: 'object', properties: { spec } };
}

const lines = (rules: JSONSchemaProps['x-kubernetes-validations'], spec: object, old?: object): string[] =>
  ruleErrors(schema(rules), { spec }, old && { spec: old }).map(({ field, message }) => `${field}: ${message}`);

const cases: readonly (readonly [string, string[], string[]])[] = [
  ['holds', lines([{ rule: 'self.min <= self.max' }], { min: 1, max: 2 }), []],
  ['says the rule', lines([{ rule: 'self.min <= self.max' }], { min: 3, max: 2 }), ['spec: Invalid value: failed rule: self.min <= self.max']],
  [
    'words its message',
    lines([{ rule: 'self.min <= self.max', messageExpression: "'%d is above %d'.format([self.min, self.max])" }], { min: 3, max: 2 }),
    ['spec: Invalid value: 3 is above 2'],
  ],
  [
    'points at a field, with a reason',
    lines([{ rule: 'false', fieldPath: '.max', reason: 'FieldValueForbidden', message: 'no' }], { max: 2 }),
    ['spec.max: Forbidden: no'],
  ],
  ['missing fields', lines([{ rule: 'self.min > 0' }], {}), ['spec: Invalid value: "object": no such key: min evaluating rule: self.min > 0']],
  ['escaped names and doubles', lines([{ rule: "self.a__dash__b == 'x' && self.ratio > 0.5" }], { 'a-b': 'x', ratio: 1 }), []],
  ['transitions wait for an old value', lines([{ rule: 'self.min == oldSelf.min' }], { min: 1 }), []],
  [
    'transitions',
    lines([{ rule: 'self.min == oldSelf.min' }], { min: 1 }, { min: 2 }),
    ['spec: Invalid value: failed rule: self.min == oldSelf.min'],
  ],
  ['optional old self', lines([{ rule: 'oldSelf.hasValue()', optionalOldSelf: true, message: 'never new' }], {}), ['spec: Invalid value: never new']],
  [
    'lists correlate by key',
    lines(
      undefined,
      {
        items: [
          { name: 'b', size: 1 },
          { name: 'a', size: 5 },
        ],
      },
      {
        items: [
          { name: 'a', size: 4 },
          { name: 'b', size: 2 },
        ],
      },
    ),
    ['spec.items[0].size: Invalid value: 1: must not shrink'],
  ],
  ['what did not change is left alone', lines([{ rule: 'false' }], { min: 1 }, { min: 1 }), []],
];

test.each(cases)('%s', (_name, found, want) => {
  expect(found).toEqual(want);
});
