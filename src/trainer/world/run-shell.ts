import { WallDriver } from '../../clock/index.ts';
import type { Sink } from '../../machine/index.ts';
import type { Exercise } from '../catalog/catalog.ts';
import { bareFlavour, flavourOf, kubeadmFlavour } from './flavour.ts';
import { prepareExercise } from './prepare-exercise.ts';
import { runScript } from './run-script.ts';
import { openTerminal } from './terminal.ts';
import { createWorld, type World } from './world.ts';

export interface ShellOptions {
  readonly seed: number;
  readonly flavour: 'kubeadm' | 'bare';
  /** `fast`: time runs ahead whenever the commands wait. */
  readonly time: 'real' | 'fast';
  readonly exercise?: Exercise;
  /** Without one, the computer's own keyboard and screen are the terminal. */
  readonly script?: string;
}

/** Opens a world of its own and lets somebody, or a script, work in it. Resolves to the exit code of the last command. */
export async function runShell(options: ShellOptions): Promise<number> {
  const world = await openWorld(options);
  if (options.script === undefined) return interact(world);
  const running = runScript(world.host, options.script, { user: 'candidate', stdout: realSink(process.stdout), stderr: realSink(process.stderr) });
  if (options.time === 'real')
    return inRealTime(
      world,
      running.then(({ code }) => code),
    );
  const ended = await world.clock.runUntil(running);
  if (!ended) {
    process.stderr.write('kubeproctor: the commands wait for something that will never happen\n');
    return 124;
  }
  return ended.value.code;
}

/** How long a cluster has been up when somebody first looks at it. */
const UPTIME = 20 * 60_000;

/** A world that has come to rest, with an exercise's state in it if one is asked for. */
export async function openWorld({ seed, flavour, exercise }: Pick<ShellOptions, 'seed' | 'flavour' | 'exercise'>): Promise<World> {
  const shape = exercise ? flavourOf(exercise) : flavour === 'bare' ? bareFlavour : kubeadmFlavour;
  const now = Date.now();
  const world = createWorld({
    seed: exercise ? `${seed}/${exercise.id}` : seed,
    flavour: shape,
    hostname: 'terminal',
    start: now - UPTIME,
  });
  if (exercise) await prepareExercise(world, exercise, seed);
  else await world.cluster.settle();
  await world.clock.advanceTo(now);
  return world;
}

async function inRealTime(world: World, code: Promise<number>): Promise<number> {
  const driver = new WallDriver(world.clock);
  try {
    return await code;
  } finally {
    driver.stop();
  }
}

async function interact(world: World): Promise<number> {
  const { stdin, stdout } = process;
  const driver = new WallDriver(world.clock);
  const terminal = openTerminal(world.host, 'candidate', { columns: stdout.columns, rows: stdout.rows }, '');
  terminal.onOutput((text) => stdout.write(text));
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', (data) => void driver.enter(() => terminal.input(String(data))));
  stdout.on('resize', () => void driver.enter(() => terminal.resize(stdout.columns, stdout.rows)));
  const code = await terminal.closed;
  driver.stop();
  stdin.setRawMode(false);
  stdin.pause();
  return code;
}

const realSink = (stream: NodeJS.WriteStream): Sink => ({
  write: async (data) => {
    stream.write(data);
  },
  end: () => undefined,
});
