import { expect, test } from 'vitest';
import { encodeOpenApi, wantsOpenApiProtobuf } from '../../src/server/protobuf/openapi-document.ts';
import { readFields, textOf } from '../../src/server/protobuf/wire.ts';

/** Follows field numbers into nested messages and lists the texts at the end. */
function textsAt(bytes: Uint8Array, [number, ...deeper]: readonly number[]): string[] {
  const found = [...readFields(bytes)].filter((field) => field.number === number);
  return found.flatMap(({ value }) => (deeper.length === 0 ? [textOf(value)] : value instanceof Uint8Array ? textsAt(value, deeper) : []));
}

const document = encodeOpenApi({
  swagger: '2.0',
  info: { title: 'Kubernetes', version: 'v1.36.2' },
  paths: { '/api/v1/pods': { patch: { parameters: [{ name: 'dryRun', in: 'query', type: 'string' }], 'x-kubernetes-action': 'patch' } } },
  definitions: {
    Pod: {
      type: 'object',
      required: ['spec'],
      properties: { list: { type: 'array', items: { $ref: '#/definitions/Item' }, 'x-kubernetes-patch-merge-key': 'name' } },
      'x-kubernetes-group-version-kind': [{ group: '', kind: 'Pod', version: 'v1' }],
    },
  },
});

test.each([
  ['the version of the format', [1], ['2.0']],
  ['the version of the server', [2, 2], ['v1.36.2']],
  ['paths', [8, 2, 1], ['/api/v1/pods']],
  ['what may be asked of a patch', [8, 2, 2, 8, 8, 1, 2, 3, 4], ['dryRun']],
  ['names of definitions', [9, 1, 1], ['Pod']],
  ['types', [9, 1, 2, 22, 1], ['object']],
  ['required fields', [9, 1, 2, 19], ['spec']],
  ['references of items', [9, 1, 2, 25, 1, 2, 23, 1, 1], ['#/definitions/Item']],
  ['names of extensions of a property', [9, 1, 2, 25, 1, 2, 31, 1], ['x-kubernetes-patch-merge-key']],
  ['values of extensions, as YAML', [9, 1, 2, 31, 2, 2], ['[{"group":"","kind":"Pod","version":"v1"}]\n']],
])('writes %s', (_name, path, want) => {
  expect(textsAt(document, path)).toEqual(want);
});

test.each([
  ['application/com.github.proto-openapi.spec.v2@v1.0+protobuf', true],
  ['application/com.github.proto-openapi.spec.v2.v1.0+protobuf, application/json', true],
  ['application/json', false],
  ['*/*', false],
])('takes %s for protobuf: %s', (accept, want) => {
  expect(wantsOpenApiProtobuf(accept)).toBe(want);
});
