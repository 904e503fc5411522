import { type Catalog, exerciseText, type Locale } from '../catalog/catalog.ts';
import { drawVariables, fill, type Variables } from '../catalog/variables.ts';
import { ContentError } from '../content-error.ts';
import type { Attempt, AttemptTask } from './attempt.ts';

export interface TaskText {
  readonly title: string;
  readonly body: string;
  readonly hints: readonly string[];
  readonly solution: string;
}

/** A task as its candidate reads it, with this attempt's names and numbers. */
export function taskText(catalog: Catalog, attempt: Attempt, task: AttemptTask, locale: Locale): TaskText {
  const exercise = catalog.exercise(task.exercise);
  const vars: Variables = { ...drawVariables(exercise, attempt.seed), host: task.host };
  const read = (name: string) => fill(exerciseText(exercise, name) ?? '', vars);
  const body = read(`task.${locale}.md`);
  if (!body) throw new ContentError(`${exercise.folder}/task.${locale}.md`, undefined, 'is missing');
  return { title: fill(exercise.title[locale], vars), body, hints: splitHints(read(`hints.${locale}.md`)), solution: read('solution.sh') };
}

/** Hints are parted by a line of three dashes. */
const splitHints = (text: string): string[] =>
  text
    .split(/^---$/m)
    .map((hint) => hint.trim())
    .filter(Boolean);
