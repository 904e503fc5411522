import { existsSync } from 'node:fs';
import { ContentError } from '../content-error.ts';
import type { Grader } from '../grading/index.ts';

/** Loads the grader of an exercise: compiled beside the bundle, or the source in a checkout. */
export async function loadGrader(id: string): Promise<Grader> {
  const places = [new URL(`./graders/${id}.js`, import.meta.url), new URL(`../../../graders/${id}.ts`, import.meta.url)];
  const found = places.find((url) => existsSync(url));
  if (!found) throw new ContentError(`graders/${id}.ts`, undefined, 'is missing: every exercise has its grader at the same path');
  const { default: grader } = (await import(found.href)) as { default?: Grader };
  if (!grader?.checks) throw new ContentError(`graders/${id}.ts`, undefined, 'must export default grader({ … })');
  return grader;
}
