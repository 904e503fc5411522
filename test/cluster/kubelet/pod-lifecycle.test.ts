import { describe, expect, it } from 'vitest';
import { createApiClient } from '../../../src/api/client/create-api-client.ts';
import { Events, Pods } from '../../../src/api/kinds/resource-types.ts';
import type { Container, PodSpec } from '../../../src/api/schema/generated/types.ts';
import { VirtualClock } from '../../../src/clock/index.ts';
import { createCluster } from '../../../src/cluster/cluster.ts';
import { BARE } from '../../../src/cluster/flavours.ts';
import type { Program } from '../../../src/machine/index.ts';

const program = (name: string, run: Program['run']): [string, Program] => [name, { name, run }];
const programs = new Map([
  program('sleep', async (p) => p.sleep(Number(p.argv[1]) * 1000).then(() => 0)),
  program('true', () => 0),
  program('false', () => 1),
  program('echo', async (p) => p.print(`${p.argv.slice(1).join(' ')}\n`).then(() => 0)),
]);

async function worldWith(container: Partial<Container>, spec: Partial<PodSpec> = {}) {
  const clock = new VirtualClock({ start: Date.UTC(2026, 10, 20), seed: 7 });
  const cluster = createCluster({ clock, seed: 7, flavour: BARE, programs });
  await cluster.settle({ quiet: 2_000 });
  const api = createApiClient(cluster.admin());
  const containers = [{ name: 'c', image: 'busybox:1.36', ...container }];
  await api.create(Pods, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default' },
    spec: { automountServiceAccountToken: false, ...spec, containers },
  });
  await clock.advance(8_000);
  const status = async () => (await api.get(Pods, 'default', 'p')).status;
  const events = async () =>
    (await api.list(Events, 'default')).items.filter((e) => e.involvedObject.name === 'p').map((e) => `${e.type} ${e.reason} ${e.message}`);
  return { clock, cluster, status, events };
}

describe('the life of a pod', () => {
  it('runs', async () => {
    const { status } = await worldWith({ command: ['sleep', '3600'] });
    const now = await status();
    expect([now?.phase, now?.containerStatuses?.[0]?.ready, now?.podIP !== undefined]).toEqual(['Running', true, true]);
  });

  it.each([
    ['true', 'Succeeded', 'Completed', 0],
    ['false', 'Failed', 'Error', 1],
  ])('ends: %s', async (command, phase, reason, code) => {
    const { status } = await worldWith({ command: [command] }, { restartPolicy: 'Never' });
    const now = await status();
    const ended = now?.containerStatuses?.[0]?.state?.terminated;
    expect([now?.phase, ended?.reason, ended?.exitCode]).toEqual([phase, reason, code]);
  });

  it('backs off when it crashes', async () => {
    const { status, clock } = await worldWith({ command: ['false'] });
    const waiting = (await status())?.containerStatuses?.[0];
    expect([waiting?.restartCount, waiting?.state?.waiting?.reason]).toEqual([1, 'CrashLoopBackOff']);
    expect(waiting?.state?.waiting?.message).toMatch(/^back-off 10s restarting failed container=c pod=p_default\(/);
    await clock.advance(10_000);
    expect((await status())?.containerStatuses?.[0]?.restartCount).toBe(2);
  });

  it('says which ConfigMap it misses', async () => {
    const { status } = await worldWith({ command: ['sleep', '9'], envFrom: [{ configMapRef: { name: 'nope' } }] });
    expect((await status())?.containerStatuses?.[0]?.state).toEqual({
      waiting: { reason: 'CreateContainerConfigError', message: 'configmap "nope" not found' },
    });
  });

  it('waits for a volume that cannot be mounted', async () => {
    const { status, events } = await worldWith({ command: ['sleep', '9'] }, { volumes: [{ name: 'v', secret: { secretName: 'nope' } }] });
    expect((await status())?.containerStatuses?.[0]?.state).toEqual({ waiting: { reason: 'ContainerCreating' } });
    expect(await events()).toContain('Warning FailedMount MountVolume.SetUp failed for volume "v" : secret "nope" not found');
  });

  it('names the command that is not in the image', async () => {
    const { status } = await worldWith({ command: ['frob'] }, { restartPolicy: 'Never' });
    const ended = (await status())?.containerStatuses?.[0]?.state?.terminated;
    expect([ended?.reason, ended?.exitCode]).toEqual(['StartError', 128]);
    expect(ended?.message).toMatch(/exec: "frob": executable file not found in \$PATH$/);
  });

  it('runs init containers first', async () => {
    const { status } = await worldWith(
      { command: ['sleep', '9'] },
      { initContainers: [{ name: 'i', image: 'busybox:1.36', command: ['false'] }], restartPolicy: 'Never' },
    );
    const now = await status();
    expect([now?.phase, now?.initContainerStatuses?.[0]?.state?.terminated?.exitCode]).toEqual(['Failed', 1]);
  });
});
