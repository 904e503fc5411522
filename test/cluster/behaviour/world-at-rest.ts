import type { Flavour } from '../../../src/cluster/cluster-contract.ts';
import { kubeadmFlavour } from '../../../src/trainer/world/flavour.ts';
import { runScript } from '../../../src/trainer/world/run-script.ts';
import { createWorld, type World } from '../../../src/trainer/world/world.ts';

export interface Workbench extends World {
  /** Runs shell text on the candidate's host, time running ahead; what it wrote, errors included. */
  run(script: string): Promise<string>;
}

/** A cluster of three nodes as kubeadm leaves them, come to rest. */
export async function worldAtRest(flavour: Partial<Flavour> = {}): Promise<Workbench> {
  const world = createWorld({ seed: 1, flavour: { ...kubeadmFlavour, ...flavour }, hostname: 'terminal', start: Date.UTC(2026, 10, 20) });
  await world.cluster.settle();
  const run = async (script: string) => {
    const ended = await world.clock.runUntil(runScript(world.host, script, { user: 'candidate' }));
    return ended ? ended.value.stdout + ended.value.stderr : 'never ended';
  };
  return { ...world, run };
}
