import { type Text, texts } from '../text/index.ts';
import type { Catalog, ExamId, Locale } from '../trainer/catalog/catalog.ts';
import { beginDrill, beginExam, freshSeed } from '../trainer/exam/begin.ts';
import { Attempts } from '../trainer/history/attempts.ts';
import type { Result } from '../trainer/history/result.ts';
import { defaultSettings, readSettings, type Settings, writeSettings } from '../trainer/history/settings.ts';
import type { Attempt } from '../trainer/session/attempt.ts';
import { taskText } from '../trainer/session/task-text.ts';
import type { ExamController } from './exam/exam-controller.ts';
import { Notifier } from './notifier.ts';
import type { ExamScreen } from './screens/exam-screen.tsx';

export type Page = 'first-run' | 'home' | 'drills' | 'history' | 'settings' | 'exam' | 'result';

/** What the screens are about: which page, whose settings, which exam is under way. */
export class Application extends Notifier {
  readonly catalog: Catalog;
  readonly attempts: Attempts;
  page: Page = 'home';
  settings: Settings;
  exam: ExamController | undefined;
  /** Loaded with the first exam. */
  ExamScreen: typeof ExamScreen | undefined;
  result: Result | undefined;
  /** Set by whoever draws: ends the program. */
  onQuit: () => void = () => undefined;
  /** Set by whoever draws: lends the screen to the user's own editor. */
  onEdit: ((exam: ExamController, text: string, name: string) => void) | undefined;
  readonly #dataFolder: string;

  constructor(catalog: Catalog, dataFolder: string) {
    super();
    this.catalog = catalog;
    this.#dataFolder = dataFolder;
    this.attempts = new Attempts(dataFolder);
    const settings = readSettings(dataFolder);
    this.settings = settings ?? defaultSettings;
    if (!settings) this.page = 'first-run';
  }

  get locale(): Locale {
    return this.settings.locale;
  }

  get words(): Text {
    return texts[this.locale];
  }

  go(page: Page): void {
    this.page = page;
    this.notify();
  }

  change(settings: Partial<Settings>): void {
    this.settings = { ...this.settings, ...settings };
    writeSettings(this.#dataFolder, this.settings);
    this.notify();
  }

  quit(): void {
    this.exam?.live.close();
    this.onQuit();
  }

  startExam(exam: ExamId, tasks?: number): Promise<void> {
    const options = { exam, seed: freshSeed(), profile: 'strict' as const, locale: this.locale, editor: this.settings.editor, now: new Date() };
    return this.enter(beginExam(this.catalog, { ...options, ...(tasks ? { tasks } : {}) }));
  }

  startDrill(exercise: string, seed = freshSeed()): Promise<void> {
    const options = { seed, profile: 'practice' as const, locale: this.locale, editor: this.settings.editor, now: new Date() };
    return this.enter(beginDrill(this.catalog, exercise, options));
  }

  /** The reference solution of a task, with the attempt's names; empty when the exercise is gone. */
  solution({ attempt }: Result, index: number): string {
    const task = attempt.tasks[index];
    return task && this.catalog.ids().includes(task.exercise) ? taskText(this.catalog, attempt, task, this.locale).solution : '';
  }

  /** Tries a task once more, as practice, with the same names and numbers. */
  async retry({ attempt }: Result, index: number): Promise<void> {
    const exercise = attempt.tasks[index]?.exercise;
    if (exercise && this.catalog.ids().includes(exercise)) await this.startDrill(exercise, attempt.seed);
  }

  resume(attempt: Attempt): Promise<void> {
    return this.enter(attempt);
  }

  /** Opens a new attempt, or one that was begun before. */
  async enter(attempt: Attempt): Promise<void> {
    const { openExam } = await import('./exam/open-exam.ts');
    const { catalog, attempts, locale } = this;
    const { exam, Screen } = await openExam({ catalog, attempts, attempt, locale, view: this.settings.layout, ended: this.words.exam.ended });
    exam.onFinished = (result) => this.showResult(result);
    exam.onLeave = () => this.leave(exam);
    exam.session.onEdit = (text, name) => this.onEdit?.(exam, text, name);
    this.ExamScreen = Screen;
    this.exam = exam;
    this.go('exam');
  }

  /** Goes home from an exam that is not finished; it can be resumed. */
  leave(exam: ExamController): void {
    exam.live.close();
    this.exam = undefined;
    this.go('home');
  }

  showResult(result: Result): void {
    this.result = result;
    this.exam = undefined;
    this.go('result');
  }

  /** Milliseconds left of an attempt that is not open, by its journal. */
  remainingOf(attempt: Attempt): number {
    const used = attempt.profile === 'strict' ? Date.now() - Date.parse(attempt.startedAt) : (this.attempts.journal(attempt.id).at(-1)?.t ?? 0);
    return Math.max(0, attempt.minutes * 60_000 - used);
  }

  /** The share each exercise earned when it was last graded. */
  lastShares(): Map<string, number> {
    const results = this.attempts.ids().map((id) => this.attempts.result(id));
    return new Map(
      results.flatMap((result) => (result?.tasks ?? []).filter(({ visited }) => visited).map(({ exercise, share }) => [exercise, share] as const)),
    );
  }
}
