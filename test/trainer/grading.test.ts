import { describe, expect, test } from 'vitest';
import { all, contains, failed, passed, subject, valueAt } from '../../src/trainer/grading/index.ts';

test.each([
  ['spec.replicas', 3],
  ['spec.containers[1].name', 'b'],
  ['metadata.labels["app.kubernetes.io/name"]', 'web'],
  ['spec.nothing.here', undefined],
])('the value at %s', (path, want) => {
  const object = { spec: { replicas: 3, containers: [{ name: 'a' }, { name: 'b' }] }, metadata: { labels: { 'app.kubernetes.io/name': 'web' } } };
  expect(valueAt(object, path)).toEqual(want);
});

test.each([
  [3, '3', true],
  [undefined, 'undefined', false],
  [{ a: 1, b: 2 }, { a: 1 }, true],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [[1, 2], [1, 2], true],
  [[1, 2], [2, 1], false],
])('%j contains %j: %s', (actual, expected, want) => expect(contains(actual, expected)).toBe(want));

describe('a subject', () => {
  const pod = subject(
    { kind: 'Pod', name: 'a', namespace: 'n' },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { nodeName: 'x' } },
  );
  const none = subject({ kind: 'Pod', name: 'a', namespace: 'n' }, undefined);
  const look = 'kubectl -n n get pod a -o yaml';
  test('has what it has', () => expect(pod.has('spec.nodeName', 'x')).toEqual(passed));
  test('says what it found instead', () =>
    expect(pod.has('spec.nodeName', 'y')).toEqual(failed('different', 'pod/a -n n', { aspect: 'spec.nodeName', expected: 'y', actual: 'x', look })));
  test('is missing', () => expect(none.has('spec.nodeName', 'y')).toEqual(failed('missing', 'pod/a -n n', { look })));
});

test('all stops at the first failure', async () => {
  const asked: string[] = [];
  const outcome = await all(
    () => failed('missing', 'a'),
    () => {
      asked.push('b');
      return passed;
    },
  );
  expect([outcome, asked]).toEqual([failed('missing', 'a'), []]);
});
