import { Random } from '../../clock/index.ts';
import type { Blueprint, ExamId, Exercise } from '../catalog/catalog.ts';

export interface DrawnTask {
  readonly exercise: string;
  readonly domain: string;
  /** Per cent of the whole exam. */
  readonly weight: number;
}

/**
 * Draws an exam: as many tasks per domain as its weight asks for (largest remainders, at least one while tasks last), in an order that
 * mixes the domains; within a domain the score is shared by the minutes a task needs. The same seed draws the same exam.
 */
export function drawExam(blueprint: Blueprint, exercises: readonly Exercise[], seed: number, count = blueprint.tasks): DrawnTask[] {
  const random = new Random(`${seed}/draw/${blueprint.exam}`);
  const pools = new Map(blueprint.domains.map(({ id }) => [id, random.shuffle(exercises.filter((e) => e.exams[blueprint.exam] === id))]));
  const shares = shareTasks(blueprint, pools, count);
  const drawn = blueprint.domains.flatMap(({ id }) =>
    (pools.get(id) ?? []).slice(0, shares.get(id) ?? 0).map((exercise) => ({ exercise, domain: id })),
  );
  const weights = weigh(blueprint, drawn);
  return random.shuffle(drawn.map(({ exercise, domain }, i) => ({ exercise: exercise.id, domain, weight: weights[i] ?? 0 })));
}

function shareTasks(blueprint: Blueprint, pools: ReadonlyMap<string, readonly Exercise[]>, count: number): Map<string, number> {
  const shares = new Map(blueprint.domains.map(({ id }) => [id, 0]));
  const room = (id: string) => (pools.get(id)?.length ?? 0) - (shares.get(id) ?? 0);
  for (let given = 0; given < count; given++) {
    const owed = blueprint.domains
      .filter(({ id }) => room(id) > 0)
      .sort((a, b) => debt(b, shares, count) - debt(a, shares, count) || b.weight - a.weight);
    const [next] = owed;
    if (!next) break;
    shares.set(next.id, (shares.get(next.id) ?? 0) + 1);
  }
  return shares;
}

const debt = ({ id, weight }: { id: string; weight: number }, shares: ReadonlyMap<string, number>, count: number) =>
  (weight * count) / 100 - (shares.get(id) ?? 0);

/** Whole per cents that add up to 100, by the domains' weights and within a domain by minutes. */
function weigh(blueprint: Blueprint, drawn: readonly { exercise: Exercise; domain: string }[]): number[] {
  const present = blueprint.domains.filter(({ id }) => drawn.some(({ domain }) => domain === id));
  const total = present.reduce((sum, { weight }) => sum + weight, 0);
  const exact = drawn.map(({ exercise, domain }) => {
    const share = ((present.find(({ id }) => id === domain)?.weight ?? 0) * 100) / total;
    const minutes = drawn.filter((d) => d.domain === domain).reduce((sum, d) => sum + d.exercise.minutes, 0);
    return (share * exercise.minutes) / minutes;
  });
  const whole = exact.map(Math.floor);
  const missing = Math.round(exact.reduce((a, b) => a + b, 0)) - whole.reduce((a, b) => a + b, 0);
  const byRemainder = exact.map((value, i) => ({ i, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of byRemainder.slice(0, missing)) whole[i] = (whole[i] ?? 0) + 1;
  return whole;
}

/** The name of a task's host, as the exam names them: `cka0417`. */
export const hostName = (exam: ExamId, seed: number, index: number): string =>
  `${exam}${String(1000 + new Random(`${seed}/host/${index}`).int(9000))}`;
