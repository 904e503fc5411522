import type { ClusterView, Grader, Outcome } from './contract.ts';

export interface WeightedCheck {
  readonly id: string;
  readonly weight: number;
}

export interface CheckResult {
  readonly id: string;
  readonly weight: number;
  readonly outcome: Outcome;
}

export interface Grade {
  readonly checks: readonly CheckResult[];
  readonly earned: number;
  readonly possible: number;
}

/** Asks every check in the order of the exercise; `ask` lets the world's time run while one waits for its answer. */
export async function grade(
  checks: readonly WeightedCheck[],
  grader: Grader,
  view: ClusterView,
  ask: <T>(answer: Promise<T>) => Promise<T>,
): Promise<Grade> {
  const results: CheckResult[] = [];
  for (const { id, weight } of checks) {
    const check = grader.checks[id];
    if (!check) throw new Error(`the grader has no check named ${id}`);
    results.push({ id, weight, outcome: await ask(Promise.resolve(check(view))) });
  }
  const sum = (list: readonly CheckResult[]) => list.reduce((total, { weight }) => total + weight, 0);
  return { checks: results, earned: sum(results.filter(({ outcome }) => outcome.ok)), possible: sum(results) };
}
