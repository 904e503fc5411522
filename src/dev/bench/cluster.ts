import { bareFlavour, kubeadmFlavour } from '../../trainer/world/flavour.ts';
import { runScript } from '../../trainer/world/run-script.ts';
import { createWorld, type World } from '../../trainer/world/world.ts';
import { cpuOf, type Measure, repeat } from './measure.ts';

const START = Date.parse('2026-11-21T09:00:00Z');

const boot = async (flavour: typeof bareFlavour): Promise<World> => {
  const world = createWorld({ seed: 1, flavour, hostname: 'terminal', start: START });
  await world.cluster.settle();
  return world;
};

const type = async (world: World, command: string) => {
  const ended = await world.clock.runUntil(runScript(world.host, command, { user: 'candidate' }), 3_600_000);
  if (ended?.value.code !== 0) throw new Error(`${command}: ${ended?.value.stderr ?? 'did not end'}`);
};

/** Boot, memory, a command, a rollout. */
export async function benchCluster(): Promise<Measure[]> {
  const world = await boot(kubeadmFlavour);
  const measures: Measure[] = [
    { what: 'bare cluster, boot to rest', unit: 'ms CPU', values: await repeat(5, () => cpuOf(() => boot(bareFlavour))) },
    { what: 'kubeadm cluster, boot to rest', unit: 'ms CPU', values: await repeat(5, () => cpuOf(() => boot(kubeadmFlavour))) },
    { what: 'memory per kubeadm cluster', unit: 'MB', values: [await memoryOf(10)] },
    { what: '`kubectl get pods -A`', unit: 'ms CPU', values: await repeat(20, () => cpuOf(() => type(world, 'kubectl get pods -A'))) },
  ];
  return [...measures, { what: 'a Deployment of 100 replicas, create to Ready', unit: 'ms CPU', values: await repeat(3, rollout) }];
}

async function rollout(): Promise<number> {
  const world = await boot(bareFlavour);
  return cpuOf(async () => {
    await type(world, 'kubectl create deployment web --image=nginx --replicas=100');
    await type(world, 'kubectl rollout status deployment/web');
  });
}

/** Heap that `count` clusters add, per cluster; run with --expose-gc for exact figures. */
async function memoryOf(count: number): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const kept: World[] = [];
  for (let i = 0; i < count; i++) kept.push(await boot(kubeadmFlavour));
  globalThis.gc?.();
  return (process.memoryUsage().heapUsed - before) / kept.length / 1_048_576;
}
