import { expect, test } from 'vitest';
import { type Change, Store, StoreConflict } from '../../../src/cluster/store/index.ts';

const object = (name: string, namespace = 'a') => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });

test('a write must find the revision it expects', () => {
  const store = new Store();
  const first = store.create('maps', object('x'));
  const second = store.update('maps', { ...first, data: 1 }, { expected: first.metadata.resourceVersion });
  expect(second.metadata.resourceVersion).toBe(String(store.revision));
  expect(() => store.update('maps', first, { expected: first.metadata.resourceVersion })).toThrow(StoreConflict);
  expect(Object.isFrozen(second.metadata)).toBe(true);
});

test('lists are in key order, and one namespace can be had alone', () => {
  const store = new Store();
  for (const [name, namespace] of [
    ['b', 'a'],
    ['z', 'a-b'],
    ['a', 'a'],
  ] as const)
    store.create('maps', object(name, namespace));
  expect(store.list('maps').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(['a-b/z', 'a/a', 'a/b']);
  expect(store.list('maps', 'a').length).toBe(2);
});

test('watchers are told during the commit, and the log remembers', () => {
  const store = new Store();
  const seen: Change['type'][] = [];
  store.watch('maps', { namespace: 'a', onChange: ({ type }) => seen.push(type) });
  const made = store.create('maps', object('x'));
  store.create('maps', object('y', 'b'));
  store.delete('maps', 'a', 'x');
  expect(seen).toEqual(['ADDED', 'DELETED']);
  expect(store.changesSince('maps', Number(made.metadata.resourceVersion))?.map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
});
