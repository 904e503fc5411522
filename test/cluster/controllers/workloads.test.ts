import { describe, expect, test } from 'vitest';
import { Deployments, Jobs, Namespaces, Pods, ReplicaSets, StatefulSets } from '../../../src/api/kinds/resource-types.ts';
import type { KubeObject } from '../../../src/api/machinery/object.ts';
import { smallWorld } from './small-world.ts';

const template = (image: string) => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image }] } });
const selector = { matchLabels: { app: 'web' } };
const deployment: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: { replicas: 4, selector, template: template('nginx:1.25') },
};

const jobOf = (name: string, spec: object, command: string[]): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace: 'default' },
  spec: { ...spec, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'busybox', command }] } } },
});

describe('deployment', () => {
  test('rolls to a new template within its bounds and keeps the old set', async () => {
    const world = await smallWorld();
    await world.create(deployment);
    await world.settle();
    await world.api.patch(Deployments, 'default', 'web', 'merge', { spec: { template: template('nginx:1.26') } });
    await world.settle();
    const { status } = await world.api.get(Deployments, 'default', 'web');
    const sets = await world.items(ReplicaSets);
    expect([status?.updatedReplicas, status?.availableReplicas, status?.replicas]).toEqual([4, 4, 4]);
    expect(status?.conditions?.map((c) => `${c.type}=${c.status} ${c.reason}`)).toEqual([
      'Available=True MinimumReplicasAvailable',
      'Progressing=True NewReplicaSetAvailable',
    ]);
    const revisions = sets.map((set) => `${set.metadata.annotations?.['deployment.kubernetes.io/revision']}:${set.spec?.replicas}`).sort();
    expect(revisions).toEqual(['1:0', '2:4']);
    expect(world.log).toEqual([]);
  });

  test('goes with all that it owns', async () => {
    const world = await smallWorld();
    await world.create(deployment);
    await world.settle();
    await world.api.delete(Deployments, 'default', 'web', { propagationPolicy: 'Foreground' });
    await world.settle();
    expect([(await world.items(Deployments)).length, (await world.items(ReplicaSets)).length, (await world.items(Pods)).length]).toEqual([0, 0, 0]);
  });
});

test('a namespace goes with its contents', async () => {
  const world = await smallWorld();
  await world.api.create(Namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
  await world.create({ ...deployment, metadata: { name: 'web', namespace: 'shop' } });
  await world.settle();
  await world.api.delete(Namespaces, '', 'shop');
  await world.settle();
  const names = (await world.items(Namespaces)).map(({ metadata }) => metadata.name);
  expect(names).toEqual(['default', 'kube-node-lease', 'kube-public', 'kube-system']);
});

test.each([
  ['runs to its completions', { completions: 3, parallelism: 2 }, ['echo'], 'Complete CompletionsReached', 3, undefined],
  ['fails at its limit', { backoffLimit: 0 }, ['exit 1'], 'Failed BackoffLimitExceeded', undefined, 1],
])('a job %s', async (_name, spec, command, ending, succeeded, failed) => {
  const world = await smallWorld();
  await world.create(jobOf('work', spec, command));
  await world.settle();
  const { status } = await world.api.get(Jobs, 'default', 'work');
  const last = status?.conditions?.at(-1);
  expect([`${last?.type} ${last?.reason}`, status?.succeeded, status?.failed]).toEqual([ending, succeeded, failed]);
});

test('a stateful set starts in order', async () => {
  const world = await smallWorld();
  const metadata = { name: 'db', namespace: 'default' };
  await world.create({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: { replicas: 3, serviceName: 'db', selector, template: template('redis:7') },
  });
  await world.settle();
  expect((await world.api.get(StatefulSets, 'default', 'db')).status?.readyReplicas).toBe(3);
  expect(await world.events('db')).toEqual([
    'Normal SuccessfulCreate Create Pod db-0 in StatefulSet db successful',
    'Normal SuccessfulCreate Create Pod db-1 in StatefulSet db successful',
    'Normal SuccessfulCreate Create Pod db-2 in StatefulSet db successful',
  ]);
});
