import { bareFlavour } from '../../trainer/world/flavour.ts';
import { runScript } from '../../trainer/world/run-script.ts';
import { createWorld } from '../../trainer/world/world.ts';
import type { GoldenClient, StepOutput } from './replay.ts';

const START = Date.parse('2026-11-21T09:00:00Z');
/** What a real command takes, during which controllers go on with their work. */
const BETWEEN_COMMANDS = 300;
const PATIENCE = 3_600_000;

/** Our own kubectl in our own shell, on a fresh bare cluster. */
export async function embeddedClient(): Promise<GoldenClient> {
  const world = createWorld({ seed: 'golden', flavour: bareFlavour, hostname: 'terminal', start: START });
  await world.cluster.settle();
  const home = '/home/candidate';
  const kubeconfig = `${home}/.kube/config`;
  return {
    directory: home,
    server: serverOf(world.host.files.readText(kubeconfig)),
    writeFile: (name, text) => {
      const path = `${home}/${name}`;
      world.host.files.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true, owner: { uid: 1000, gid: 1000 } });
      world.host.files.write(path, text, { owner: { uid: 1000, gid: 1000 } });
    },
    pass: (seconds) => world.clock.advance(seconds * 1000),
    async run(command): Promise<StepOutput> {
      await world.clock.advance(BETWEEN_COMMANDS);
      const ended = await world.clock.runUntil(runScript(world.host, command, { user: 'candidate', env: { KUBECONFIG: kubeconfig } }), PATIENCE);
      return ended?.value
        ? { exit: ended.value.code, stdout: ended.value.stdout, stderr: ended.value.stderr }
        : { exit: -1, stdout: '', stderr: 'did not end\n' };
    },
    close: async () => world.cluster.stop(),
  };
}

export const serverOf = (kubeconfig: string): string => /server: https?:\/\/(\S+)/.exec(kubeconfig)?.[1] ?? '';
