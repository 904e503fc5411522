import { expect, test } from 'vitest';
import type { ApiRequest } from '../../../src/api/client/transport.ts';
import { VirtualClock } from '../../../src/clock/index.ts';
import { createControlPlane } from '../../../src/cluster/control-plane.ts';

const clock = () => new VirtualClock({ start: Date.parse('2026-01-01T00:00:00Z'), seed: 1 });
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'backups.lab.io' },
  spec: {
    group: 'lab.io',
    scope: 'Namespaced',
    names: { plural: 'backups', singular: 'backup', kind: 'Backup', shortNames: ['bk'] },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: [{ name: 'Keep', type: 'integer', jsonPath: '.spec.keep' }],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                required: ['target'],
                properties: { keep: { type: 'integer', default: 7, maximum: 30 }, target: { type: 'string' } },
              },
            },
          },
        },
      },
    ],
  },
};
const backups = '/apis/lab.io/v1/namespaces/default/backups';
const backup = (name: string, spec: object) => ({ apiVersion: 'lab.io/v1', kind: 'Backup', metadata: { name }, spec });

test('a definition is served at once, prunes, defaults, validates, prints, and goes with its objects', async () => {
  const { admin, store } = createControlPlane({ clock: clock() });
  const call = admin();
  const body = async (request: ApiRequest) => (await call(request)).body;
  await call({ method: 'POST', path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', body: definition });
  await Promise.resolve();
  expect(await body({ method: 'POST', path: backups, body: backup('a', { target: 'x', colour: 'blue' }) })).toMatchObject({
    spec: { keep: 7, target: 'x' },
  });
  expect(await body({ method: 'POST', path: backups, body: backup('b', { keep: 31 }) })).toMatchObject({
    message:
      'Backup.lab.io "b" is invalid: [spec.target: Required value, spec.keep: Invalid value: 31: spec.keep in body should be less than or equal to 30]',
  });
  const table = await body({ method: 'GET', path: backups, headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' } });
  expect(table).toMatchObject({ kind: 'Table', columnDefinitions: [{ name: 'Name' }, { name: 'Keep' }], rows: [{ cells: ['a', 7] }] });
  await call({ method: 'DELETE', path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/backups.lab.io' });
  await Promise.resolve();
  expect(store.list('lab.io/backups')).toEqual([]);
  expect((await call({ method: 'GET', path: backups })).status).toBe(404);
});
