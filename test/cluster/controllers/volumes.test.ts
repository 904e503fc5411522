import { expect, it } from 'vitest';
import { EndpointSlices, PersistentVolumeClaims, PersistentVolumes } from '../../../src/api/kinds/resource-types.ts';
import type { KubeObject } from '../../../src/api/machinery/object.ts';
import { smallWorld } from './small-world.ts';

const claim = (name: string, spec: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'default' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
});
const volume = (name: string, spec: object): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name },
  spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, persistentVolumeReclaimPolicy: 'Delete', ...spec },
});

it('gives a claim the default class that came later', async () => {
  const world = await smallWorld();
  await world.create(claim('early', {}));
  await world.settle();
  expect(await world.events('early')).toEqual(['Normal FailedBinding no persistent volumes available for this claim and no storage class is set']);
  await world.api.create({ group: 'storage.k8s.io', version: 'v1', resource: 'storageclasses', kind: 'StorageClass', namespaced: false }, {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'quick', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'disk.example.com',
  } as KubeObject);
  await world.settle();
  const [found] = await world.items(PersistentVolumeClaims, 'default');
  expect([found?.spec?.storageClassName, found?.metadata.annotations?.['volume.kubernetes.io/storage-provisioner']]).toEqual([
    'quick',
    'disk.example.com',
  ]);
});

it('says why a requested volume does not fit', async () => {
  const world = await smallWorld();
  await world.create(volume('rom', { accessModes: ['ReadOnlyMany'], hostPath: { path: '/mnt/rom' } }));
  await world.create(claim('wrong', { storageClassName: '', volumeName: 'rom' }));
  await world.settle();
  expect(await world.events('wrong')).toEqual(['Warning VolumeMismatch Cannot bind to requested volume "rom": incompatible accessMode']);
});

it.each([
  ['/tmp/scratch', []],
  ['/mnt/rigid', ['Failed host_path deleter only supports /tmp/.+ but received provided /mnt/rigid']],
])('reclaims a hostPath volume at %s', async (path, want) => {
  const world = await smallWorld();
  await world.create(volume('disk', { hostPath: { path } }));
  await world.create(claim('user', { storageClassName: '' }));
  await world.settle();
  await world.api.delete(PersistentVolumeClaims, 'default', 'user');
  await world.settle();
  expect((await world.items(PersistentVolumes)).map(({ status }) => `${status?.phase} ${status?.message}`)).toEqual(want);
});

it('mirrors Endpoints that were written by hand', async () => {
  const world = await smallWorld();
  const metadata = { name: 'legacy', namespace: 'default' };
  await world.create({ apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 5432 }] } });
  await world.api.create({ group: '', version: 'v1', resource: 'endpoints', kind: 'Endpoints', namespaced: true }, {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata,
    subsets: [{ addresses: [{ ip: '192.0.2.10' }], ports: [{ port: 5432 }] }],
  } as KubeObject);
  await world.settle();
  expect((await world.items(EndpointSlices, 'default')).map(({ endpoints }) => endpoints?.map(({ addresses }) => addresses))).toContainEqual([
    ['192.0.2.10'],
  ]);
});
