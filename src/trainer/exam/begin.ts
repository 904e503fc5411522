import type { Catalog, ExamId, Locale } from '../catalog/catalog.ts';
import type { Attempt, Profile } from '../session/attempt.ts';
import { drawExam, hostName } from './draw.ts';

export interface BeginOptions {
  readonly exam: ExamId;
  readonly seed: number;
  readonly tasks?: number;
  readonly minutes?: number;
  readonly profile: Profile;
  readonly locale: Locale;
  readonly editor: 'own' | 'built-in';
  readonly now: Date;
}

/** Decides a mock exam: its tasks, their hosts, its length. A shorter exam gets its share of the minutes unless told otherwise. */
export function beginExam(catalog: Catalog, options: BeginOptions): Attempt {
  const blueprint = catalog.blueprint(options.exam);
  const count = options.tasks ?? blueprint.tasks;
  const drawn = drawExam(blueprint, catalog.forExam(options.exam), options.seed, count);
  const minutes = options.minutes ?? Math.max(10, Math.round((blueprint.minutes * drawn.length) / blueprint.tasks));
  return {
    version: 1,
    id: attemptId(options.now, options.exam, options.seed),
    kind: 'exam',
    exam: options.exam,
    seed: options.seed,
    profile: options.profile,
    locale: options.locale,
    startedAt: options.now.toISOString(),
    minutes,
    passMark: blueprint.passMark,
    editor: options.editor,
    tasks: drawn.map((task, i) => ({ ...task, host: hostName(options.exam, options.seed, i) })),
  };
}

/** One exercise on its own, as a drill or to try it out. */
export function beginDrill(catalog: Catalog, exercise: string, options: Omit<BeginOptions, 'exam' | 'tasks'>): Attempt {
  const found = catalog.exercise(exercise);
  const exam: ExamId = found.exams.cka ? 'cka' : 'ckad';
  return {
    version: 1,
    id: attemptId(options.now, found.id.replace('/', '-'), options.seed),
    kind: 'drill',
    exam,
    seed: options.seed,
    profile: options.profile,
    locale: options.locale,
    startedAt: options.now.toISOString(),
    minutes: options.minutes ?? found.minutes * 3,
    passMark: 100,
    editor: options.editor,
    tasks: [{ exercise: found.id, domain: found.exams[exam] ?? '', weight: 100, host: hostName(exam, options.seed, 0) }],
  };
}

function attemptId(now: Date, what: string, seed: number): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${stamp}-${what}-${seed}`;
}

/** A seed when none was given: any will do, since it is written into the attempt. */
export const freshSeed = (): number => Math.floor(Math.random() * 1_000_000);
