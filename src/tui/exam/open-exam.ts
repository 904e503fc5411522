import type { Catalog, Locale } from '../../trainer/catalog/catalog.ts';
import type { Attempts } from '../../trainer/history/attempts.ts';
import type { Attempt } from '../../trainer/session/attempt.ts';
import { LiveSession } from '../../trainer/session/live-session.ts';
import { ExamScreen } from '../screens/exam-screen.tsx';
import { ExamController } from './exam-controller.ts';
import type { View } from './layout.ts';

export interface OpenExamOptions {
  readonly catalog: Catalog;
  readonly attempts: Attempts;
  readonly attempt: Attempt;
  readonly locale: Locale;
  readonly view: View;
  /** Shown when a login ends. */
  readonly ended: string;
}

/** Everything an exam needs, the simulated world included: loaded when the first exam is opened, so that the home screen is there at once. */
export async function openExam({ catalog, attempts, attempt, locale, view, ended }: OpenExamOptions) {
  const live = await LiveSession.open(catalog, attempts, attempt, { columns: 80, rows: 24 }, ended);
  return { exam: new ExamController(live, catalog, locale, view), Screen: ExamScreen };
}
