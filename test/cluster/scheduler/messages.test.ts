import { expect, test } from 'vitest';
import { Pods } from '../../../src/api/kinds/resource-types.ts';
import { smallWorld } from '../controllers/small-world.ts';

const HEAD = '0/3 nodes are available:';
const NO_HELP = 'no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';
const TAINT = '1 node(s) had untolerated taint(s)';
const container = (resources: object = {}) => [{ name: 'c', image: 'nginx:1.27', resources }];

test.each([
  [
    'a label no node has',
    { nodeSelector: { disk: 'ssd' }, containers: container() },
    `${HEAD} ${TAINT}, 2 node(s) didn't match Pod's node affinity/selector. ${NO_HELP}`,
  ],
  ['more cpu than there is', { containers: container({ requests: { cpu: '100' } }) }, `${HEAD} ${TAINT}, 2 Insufficient cpu. ${NO_HELP}`],
  [
    'a claim that is not there',
    { containers: container(), volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] },
    `${HEAD} persistentvolumeclaim "data" not found. not found`,
  ],
])('a pod that wants %s says why it waits', async (_name, spec, message) => {
  const world = await smallWorld();
  await world.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'default' }, spec });
  await world.settle();
  const { status } = await world.api.get(Pods, 'default', 'p');
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  expect([scheduled?.status, scheduled?.reason, scheduled?.message]).toEqual(['False', 'Unschedulable', message]);
  expect(await world.events('p')).toEqual([`Warning FailedScheduling ${message}`]);
});
