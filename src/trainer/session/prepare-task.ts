import type { Instant } from '../../clock/index.ts';
import type { Exercise } from '../catalog/catalog.ts';
import type { Variables } from '../catalog/variables.ts';
import { flavourOf } from '../world/flavour.ts';
import { prepareExercise } from '../world/prepare-exercise.ts';
import { createWorld, type World } from '../world/world.ts';

export interface PreparedTask {
  readonly exercise: Exercise;
  readonly world: World;
  readonly vars: Variables;
}

/** Long enough for any setup; the world is that old when the candidate first sees it. */
const PAST = 20 * 60_000;

/** Builds a task's world so that it is ready, and at rest, at the instant `ready`. */
export async function prepareTask({
  exercise,
  seed,
  hostname,
  ready,
}: {
  exercise: Exercise;
  seed: number;
  hostname: string;
  ready: Instant;
}): Promise<PreparedTask> {
  const world = createWorld({ seed: `${seed}/${exercise.id}`, flavour: flavourOf(exercise), hostname, start: ready - PAST });
  const vars = await prepareExercise(world, exercise, seed);
  await world.clock.advanceTo(ready);
  return { exercise, world, vars };
}
