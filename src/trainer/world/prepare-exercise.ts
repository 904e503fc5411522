import type { Exercise } from '../catalog/catalog.ts';
import { exerciseText } from '../catalog/catalog.ts';
import { drawVariables, fill, type Variables } from '../catalog/variables.ts';
import { ContentError } from '../content-error.ts';
import { runScript } from './run-script.ts';
import type { World } from './world.ts';

const SETUP_FILE = '/root/.setup.yaml';
const HOUR = 3_600_000;

/** Brings a fresh world into the state in which a candidate finds it: setup.yaml applied, then setup.sh run as root on the task's host. */
export async function prepareExercise(world: World, exercise: Exercise, seed: number | string): Promise<Variables> {
  const vars = { ...drawVariables(exercise, seed), host: world.host.hostname };
  await world.cluster.settle();
  const manifest = exerciseText(exercise, 'setup.yaml');
  if (manifest !== undefined) {
    world.host.files.write(SETUP_FILE, fill(manifest, vars), { mode: 0o600 });
    await must(world, exercise, 'setup.yaml', `kubectl apply -f ${SETUP_FILE}`);
    world.host.files.remove(SETUP_FILE);
    await world.cluster.settle();
  }
  const script = exerciseText(exercise, 'setup.sh');
  if (script !== undefined) {
    await must(world, exercise, 'setup.sh', `set -e\n${fill(script, vars)}`);
    await world.cluster.settle();
  }
  return vars;
}

async function must(world: World, exercise: Exercise, file: string, script: string): Promise<void> {
  const ended = await world.clock.runUntil(runScript(world.host, script, { user: 'root' }), HOUR);
  if (!ended) throw new ContentError(`${exercise.folder}/${file}`, undefined, 'does not end');
  const { code, stderr } = ended.value;
  if (code !== 0) throw new ContentError(`${exercise.folder}/${file}`, undefined, `ended with exit code ${code}: ${stderr.trim()}`);
}
