import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WallDriver } from '../../src/clock/index.ts';
import { type Serving, serve } from '../../src/server/index.ts';
import { kubeadmFlavour } from '../../src/trainer/world/flavour.ts';
import { createWorld } from '../../src/trainer/world/world.ts';

export interface ServedWorld {
  readonly serving: Serving;
  readonly directory: string;
  readonly kubeconfigPath: string;
  close(): Promise<void>;
}

/** A kubeadm cluster behind HTTPS, its time tied to the wall. */
export async function servedWorld(): Promise<ServedWorld> {
  const world = createWorld({ seed: 'wire', flavour: kubeadmFlavour, hostname: 'terminal', start: Date.now() });
  await world.cluster.settle();
  const directory = mkdtempSync(join(tmpdir(), 'kubeproctor-wire-'));
  const kubeconfigPath = join(directory, 'config');
  const driver = new WallDriver(world.clock);
  const { http, ...credentials } = world.cluster.outside();
  const serving = await serve({ api: { http }, ...credentials, port: 0, kubeconfigPath, enter: (action) => driver.enter(action) });
  return {
    serving,
    directory,
    kubeconfigPath,
    async close() {
      driver.stop();
      await serving.close();
      world.cluster.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
