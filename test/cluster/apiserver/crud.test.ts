import { expect, test } from 'vitest';
import type { ApiRequest, WatchEvent } from '../../../src/api/client/transport.ts';
import { VirtualClock } from '../../../src/clock/index.ts';
import { createControlPlane } from '../../../src/cluster/control-plane.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
const plane = () => {
  const clock = new VirtualClock({ start, seed: 1 });
  const { admin, transport } = createControlPlane({ clock });
  return { clock, call: admin(), as: transport };
};

const configMap = (name: string, data: Record<string, string> = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
const maps = '/api/v1/namespaces/default/configmaps';
const text = (request: ApiRequest) => `${request.method} ${request.path}`;

test('an object is created, read, replaced, listed and deleted', async () => {
  const { call } = plane();
  const send = async (request: ApiRequest) => {
    const { status, body } = await call(request);
    return [text(request), status, body] as const;
  };
  const [, created, object] = await send({ method: 'POST', path: maps, body: configMap('a', { x: '1' }) });
  expect(created).toBe(201);
  const stored = object as { metadata: { resourceVersion: string } };
  const stale = await send({ method: 'PUT', path: `${maps}/a`, body: { ...configMap('a'), metadata: { name: 'a', resourceVersion: '1' } } });
  expect(stale).toMatchObject([
    `PUT ${maps}/a`,
    409,
    {
      message:
        'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
    },
  ]);
  const same = await send({ method: 'PUT', path: `${maps}/a`, body: stored });
  expect(same[2]).toEqual(stored);
  expect((await send({ method: 'POST', path: maps, body: configMap('a') }))[2]).toMatchObject({ message: 'configmaps "a" already exists' });
  expect((await send({ method: 'GET', path: maps }))[2]).toMatchObject({ kind: 'ConfigMapList', items: [{ data: { x: '1' } }] });
  expect((await send({ method: 'DELETE', path: `${maps}/a` }))[2]).toMatchObject({
    kind: 'Status',
    status: 'Success',
    details: { name: 'a', kind: 'configmaps' },
  });
  expect((await send({ method: 'GET', path: `${maps}/a` }))[2]).toMatchObject({ message: 'configmaps "a" not found', code: 404 });
});

test('a watch tells what was there, and then each change during its commit', async () => {
  const { call } = plane();
  await call({ method: 'POST', path: maps, body: configMap('a') });
  const { watch } = await call({ method: 'GET', path: maps, query: { watch: 'true' } });
  const seen: string[] = [];
  watch?.listen(
    ({ type, object }: WatchEvent) => seen.push(`${type} ${object.metadata.name}`),
    () => seen.push('end'),
  );
  await call({ method: 'POST', path: maps, body: configMap('b') });
  await call({ method: 'DELETE', path: `${maps}/a` });
  watch?.stop();
  expect(seen).toEqual(['ADDED a', 'ADDED b', 'DELETED a', 'end']);
});

test('what a user may not do is refused in upstream’s words', async () => {
  const { as } = plane();
  const jane = as({ name: 'jane', groups: [] });
  const { body } = await jane({ method: 'GET', path: '/api/v1/namespaces/y/pods' });
  expect(body).toMatchObject({
    message: 'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "y"',
    code: 403,
  });
});
