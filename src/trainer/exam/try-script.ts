import type { Exercise } from '../catalog/catalog.ts';
import { fill } from '../catalog/variables.ts';
import { ContentError } from '../content-error.ts';
import type { TaskResult } from '../history/result.ts';
import { type PreparedTask, prepareTask } from '../session/prepare-task.ts';
import { runScript, type ScriptResult } from '../world/run-script.ts';
import { gradeTask } from './grade-task.ts';

const START = Date.parse('2026-11-21T09:00:00Z');
const TWO_HOURS = 7_200_000;

/** An exercise's world, as every trial of it begins. */
export const prepareTrial = (exercise: Exercise, seed: number): Promise<PreparedTask> =>
  prepareTask({ exercise, seed, hostname: 'cka0001', ready: START });

/** Prepares an exercise, runs a script as the candidate on the task's host, and grades what became of it. */
export async function tryScript(
  exercise: Exercise,
  text: string,
  seed: number,
): Promise<{ task: TaskResult; script: ScriptResult; prepared: PreparedTask }> {
  const prepared = await prepareTrial(exercise, seed);
  const { world, vars } = prepared;
  const ended = await world.clock.runUntil(runScript(world.host, fill(text, vars), { user: 'candidate' }), TWO_HOURS);
  if (!ended) throw new ContentError(exercise.folder, undefined, 'the script did not end within two hours');
  return { task: await gradeTrial(prepared, world.clock.now() - START), script: ended.value, prepared };
}

/** What the checks find in a trial's world now. */
export async function gradeTrial(prepared: PreparedTask, spentMs = 0): Promise<TaskResult> {
  const { exercise, world } = prepared;
  const { checks, earned, possible } = await gradeTask(prepared);
  return {
    number: 1,
    exercise: exercise.id,
    title: exercise.title,
    domain: Object.values(exercise.exams)[0] ?? '',
    host: world.host.hostname,
    weight: possible,
    targetMinutes: exercise.minutes,
    spentMs,
    visited: true,
    flagged: false,
    share: earned / possible,
    checks: exercise.checks.map(({ id, title, weight }, i) => ({ id, title, weight, ...(checks[i] ? { outcome: checks[i].outcome } : {}) })),
  };
}
