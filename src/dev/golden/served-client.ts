import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { WallDriver } from '../../clock/index.ts';
import { serve } from '../../server/index.ts';
import { bareFlavour } from '../../trainer/world/flavour.ts';
import { createWorld } from '../../trainer/world/world.ts';
import { serverOf } from './embedded-client.ts';
import type { GoldenClient } from './replay.ts';

/** A real kubectl in the computer's own bash, against a fresh bare cluster that is served over HTTPS. */
export async function servedClient(kubectl: string): Promise<GoldenClient> {
  const world = createWorld({ seed: 'golden', flavour: bareFlavour, hostname: 'terminal', start: Date.now() });
  await world.cluster.settle();
  const directory = mkdtempSync(join(tmpdir(), 'kubeproctor-golden-'));
  const kubeconfigPath = join(directory, '.kube', 'config');
  mkdirSync(dirname(kubeconfigPath));
  const bin = mkdtempSync(join(tmpdir(), 'kubeproctor-bin-'));
  symlinkSync(kubectl, join(bin, 'kubectl'));
  const driver = new WallDriver(world.clock);
  const { http, ...credentials } = world.cluster.outside();
  const serving = await serve({ api: { http }, ...credentials, port: 0, kubeconfigPath, enter: (action) => driver.enter(action) });
  const env = { PATH: `${bin}:${process.env.PATH}`, HOME: directory, KUBECONFIG: kubeconfigPath, LANG: 'C.UTF-8' };
  return {
    directory,
    server: serverOf(serving.kubeconfig),
    writeFile(name, text) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), text);
    },
    pass: (seconds) => driver.skip(seconds * 1000),
    async run(command) {
      const options = { cwd: directory, env, extendEnv: false, reject: false, stripFinalNewline: false, timeout: 60_000, input: '' } as const;
      const { exitCode = -1, stdout, stderr } = await execa('bash', ['-c', command], options);
      return { exit: exitCode, stdout, stderr };
    },
    async close() {
      driver.stop();
      await serving.close();
      world.cluster.stop();
      for (const folder of [directory, bin]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
