import type { Blueprint, Catalog } from '../catalog/catalog.ts';
import type { CheckReport, Result, TaskResult } from '../history/result.ts';
import type { Session } from '../session/session.ts';
import { gradeTask } from './grade-task.ts';
import { scoreTasks } from './score.ts';

export interface GradingProgress {
  readonly done: number;
  readonly count: number;
}

/** Grades every task of a finished session on its own cluster. Tasks whose host was never entered are not reached. */
export async function gradeAttempt(
  catalog: Catalog,
  session: Session,
  onProgress: (progress: GradingProgress) => void = () => undefined,
): Promise<Result> {
  const { attempt } = session;
  const tasks: TaskResult[] = [];
  for (const index of attempt.tasks.keys()) {
    onProgress({ done: index, count: attempt.tasks.length });
    tasks.push(await gradeSessionTask(catalog, session, index));
  }
  const blueprint = catalog.blueprint(attempt.exam);
  const scored = scoreTasks(attempt.kind === 'exam' ? blueprint : onlyDomains(blueprint, tasks), tasks, attempt.passMark);
  const usedMs = Math.min(session.elapsed(), attempt.minutes * 60_000);
  return {
    version: 1,
    attempt,
    finishedAt: new Date(session.time.now()).toISOString(),
    usedMs,
    timedOut: session.remaining() === 0,
    ...scored,
    tasks,
  };
}

/** Grades one task of a session where it stands. */
export async function gradeSessionTask(catalog: Catalog, session: Session, index: number): Promise<TaskResult> {
  const task = session.attempt.tasks[index];
  const state = session.tasks[index];
  if (!task || !state) throw new RangeError(`there is no task ${index + 1}`);
  const exercise = catalog.exercise(task.exercise);
  const facts = {
    number: index + 1,
    exercise: exercise.id,
    title: exercise.title,
    domain: task.domain,
    host: task.host,
    weight: task.weight,
    targetMinutes: exercise.minutes,
    spentMs: session.spent(index),
    visited: state.visited,
    flagged: state.flagged,
  };
  if (!session.entered(index)) {
    return { ...facts, share: 0, checks: exercise.checks.map(({ id, title, weight }) => ({ id, title, weight })) };
  }
  const { checks, earned, possible } = await gradeTask(await session.world(index));
  const reports: CheckReport[] = exercise.checks.map(({ id, title, weight }, i) => {
    const outcome = checks[i]?.outcome;
    return { id, title, weight, ...(outcome ? { outcome } : {}) };
  });
  return { ...facts, share: possible === 0 ? 0 : earned / possible, checks: reports };
}

const onlyDomains = (blueprint: Blueprint, tasks: readonly TaskResult[]): Blueprint => ({
  ...blueprint,
  domains: blueprint.domains.filter(({ id }) => tasks.some(({ domain }) => domain === id)),
});
