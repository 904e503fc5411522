import { expect, test } from 'vitest';
import { applyJsonPatch } from '../../../src/api/machinery/json-patch.ts';
import { applyMergePatch, createMergePatch, createThreeWayJsonMergePatch } from '../../../src/api/machinery/merge-patch.ts';
import { createThreeWayMergePatch, createTwoWayMergePatch } from '../../../src/api/machinery/strategic-diff.ts';
import { applyStrategicMergePatch } from '../../../src/api/machinery/strategic-merge-patch.ts';
import { kindSchema } from '../../../src/api/schema/definitions.ts';

const pod = kindSchema('', 'v1', 'Pod');
const spec = (...containers: unknown[]) => ({ spec: { containers } });
const [a, b] = [
  { name: 'a', image: 'x' },
  { name: 'b', image: 'y' },
];

test.each<[string, Record<string, unknown>, unknown]>([
  ['items merge by name, new ones come first', spec({ name: 'c', image: 'z' }), spec({ name: 'c', image: 'z' }, a, b)],
  ['delete', spec({ name: 'a', $patch: 'delete' }), spec(b)],
  ['replace', spec({ name: 'c' }, { $patch: 'replace' }), spec({ name: 'c' })],
  ['one field', spec({ name: 'b', image: 'q' }), spec(a, { name: 'b', image: 'q' })],
  ['order', { spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] } }, spec(b, a)],
])('strategic: %s', (_, patch, want) => {
  expect(applyStrategicMergePatch(spec(a, b), patch, pod)).toEqual(want);
});

test('a strategic patch without the merge key is refused', () => {
  expect(() => applyStrategicMergePatch(spec(a), spec({ image: 'q' }), pod)).toThrow('map: map[image:q] does not contain declared merge key: name');
});

test('diffs', () => {
  const wanted = spec(b, { name: 'c', image: 'z' });
  const patch = createTwoWayMergePatch(spec(a, b), wanted, pod);
  expect(applyStrategicMergePatch(spec(a, b), patch, pod)).toEqual(wanted);
  const injected = spec(a, b, { name: 'sidecar', image: 's' });
  const threeWay = createThreeWayMergePatch(spec(a, b), spec(a), injected, pod);
  expect(applyStrategicMergePatch(injected, threeWay, pod)).toEqual(spec(a, { name: 'sidecar', image: 's' }));
});

test('merge patches', () => {
  expect(applyMergePatch({ a: { b: 1, c: 2 } }, { a: { b: null } })).toEqual({ a: { c: 2 } });
  expect(createMergePatch({ a: 1, b: [1] }, { b: [2], c: 3 })).toEqual({ a: null, b: [2], c: 3 });
  expect(createThreeWayJsonMergePatch({ a: 1, b: 1 }, { b: 2 }, { a: 1, b: 1, c: 1 })).toEqual({ a: null, b: 2 });
});

test.each([
  [{ op: 'remove', path: '/spec/nope' }, "error in remove for path: '/spec/nope': Unable to remove nonexistent key: nope: missing value"],
  [{ op: 'add', path: '/x/y', value: 1 }, 'add operation does not apply: doc is missing path: "/x/y": missing value'],
  [{ op: 'replace', path: '/x/y/z', value: 1 }, 'replace operation does not apply: doc is missing path: /x/y/z: missing value'],
  [{ op: 'test', path: '/spec', value: 'x' }, 'testing value /spec failed: test failed'],
  [{ op: 'bogus', path: '/spec' }, 'Unexpected kind: bogus'],
])('json patch %j', (operation, want) => {
  expect(() => applyJsonPatch({ spec: { list: [1] } }, [operation])).toThrow(want);
});

test('json patches', () => {
  const operations = [
    { op: 'add', path: '/l/-', value: 3 },
    { op: 'add', path: '/l/0', value: 0 },
    { op: 'move', from: '/a~1b', path: '/c' },
  ];
  expect(applyJsonPatch({ l: [1, 2], 'a/b': 1 }, operations)).toEqual({ l: [0, 1, 2, 3], c: 1 });
});
