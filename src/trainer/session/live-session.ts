import { WallDriver } from '../../clock/index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type GradingProgress, gradeAttempt, gradeSessionTask } from '../exam/grade-attempt.ts';
import type { Attempts } from '../history/attempts.ts';
import type { Result, TaskResult } from '../history/result.ts';
import type { Attempt, Input } from './attempt.ts';
import { JournalFile } from './journal.ts';
import { Session } from './session.ts';

type WithoutTime<T> = T extends unknown ? Omit<T, 't'> : never;
export type Action = WithoutTime<Input>;

/** How often the passing of time itself is written down, so that a crash loses no more of the clock than this. */
const TICK = 5_000;

/** A session driven by the wall clock, every input of which is on disk before it takes effect. */
export class LiveSession {
  readonly session: Session;
  readonly #attempts: Attempts;
  readonly #catalog: Catalog;
  readonly #journal: JournalFile;
  readonly #driver: WallDriver;
  readonly #ticker: NodeJS.Timeout;

  /**
   * Begins an attempt, or goes on with one whose journal is there already. As in the exam, being away does not stop the time of a
   * strict attempt; practice goes on where it was left.
   */
  static async open(
    catalog: Catalog,
    attempts: Attempts,
    attempt: Attempt,
    size: { columns: number; rows: number },
    ended: string,
  ): Promise<LiveSession> {
    const resumed = attempts.ids().includes(attempt.id);
    if (!resumed) attempts.begin(attempt);
    const session = await Session.open(catalog, attempt, size, ended);
    if (resumed) {
      for (const input of attempts.journal(attempt.id)) await session.feed(input);
      if (attempt.profile === 'strict') await session.time.advanceTo(Math.min(Date.now(), session.deadline()));
    }
    return new LiveSession(catalog, attempts, session);
  }

  private constructor(catalog: Catalog, attempts: Attempts, session: Session) {
    this.#catalog = catalog;
    this.#attempts = attempts;
    this.session = session;
    this.#journal = new JournalFile(attempts.journalPath(session.attempt.id));
    this.#driver = new WallDriver(session.time);
    this.#ticker = setInterval(() => void this.do({ type: 'tick' }), TICK);
  }

  /** Writes an input down, then lets it take effect. */
  do(action: Action): Promise<void> {
    return this.#driver.enter(() => {
      if (this.session.finished) return;
      const input = { t: this.session.elapsed(), ...action } as Input;
      this.#journal.append(input);
      this.session.apply(input);
    });
  }

  /** Grades one task as it stands, on a copy that is made by replay, so that the attempt goes on undisturbed. */
  async tryTask(index: number): Promise<TaskResult> {
    const { attempt } = this.session;
    const copy = await Session.open(this.#catalog, attempt, { columns: 80, rows: 24 }, '');
    for (const input of this.#attempts.journal(attempt.id)) await copy.feed(input);
    return gradeSessionTask(this.#catalog, copy, index);
  }

  /** Ends the attempt, grades it, and keeps the result. */
  async finish(onProgress?: (progress: GradingProgress) => void): Promise<Result> {
    await this.do({ type: 'finish' });
    this.close();
    const result = await gradeAttempt(this.#catalog, this.session, onProgress);
    this.#attempts.finish(this.session.attempt.id, result);
    return result;
  }

  /** Stops time and closes the journal; the attempt can be resumed. */
  close(): void {
    clearInterval(this.#ticker);
    this.#driver.stop();
    this.#journal.close();
  }
}
