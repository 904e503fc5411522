import type { Exercise } from '../catalog/catalog.ts';
import { loadGrader } from '../catalog/load-grader.ts';
import type { Variables } from '../catalog/variables.ts';
import { type Grade, grade } from '../grading/index.ts';
import { viewWorld } from '../world/cluster-view.ts';
import type { World } from '../world/world.ts';

/** Waits until the cluster is at rest, then asks the exercise's checks. The longest answer is waited for ten virtual minutes. */
export async function gradeTask({ exercise, world, vars }: { exercise: Exercise; world: World; vars: Variables }): Promise<Grade> {
  await world.cluster.settle();
  const grader = await loadGrader(exercise.id);
  const view = await within(world, viewWorld(world, vars));
  return grade(exercise.checks, grader, view, (answer) => within(world, answer));
}

async function within<T>(world: World, answer: Promise<T>): Promise<T> {
  const settled = await world.clock.runUntil(answer, 600_000);
  if (!settled) throw new Error('a check never came to an answer');
  return settled.value;
}
