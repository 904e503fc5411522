import { taskLines } from '../../report/index.ts';
import { texts } from '../../text/index.ts';
import type { Catalog, Locale } from '../../trainer/catalog/catalog.ts';
import type { Result } from '../../trainer/history/result.ts';
import type { LiveSession } from '../../trainer/session/live-session.ts';
import { type TaskText, taskText } from '../../trainer/session/task-text.ts';
import { Notifier } from '../notifier.ts';
import { ScreenBuffer } from '../terminal/screen-buffer.ts';
import type { View } from './layout.ts';

export type Overlay = 'none' | 'help' | 'map' | 'notes' | 'finish' | 'grading' | 'hint' | 'solution' | 'check';

const ALERTS = [30, 15, 5];

/** What an exam screen shows and does: a session, the terminal's screen, and which overlay lies over them. */
export class ExamController extends Notifier {
  readonly live: LiveSession;
  readonly catalog: Catalog;
  readonly locale: Locale;
  readonly screen: ScreenBuffer;
  overlay: Overlay = 'none';
  view: View;
  /** Lines the task's text is scrolled down. */
  taskScroll = 0;
  /** Lines the overlay is scrolled down. */
  overlayScroll = 0;
  /** Chosen line of the task map. */
  chosen = 0;
  /** Ctrl-\ was pressed and its second key is awaited. */
  leading = false;
  hintsShown = 0;
  checkLines: readonly string[] = [];
  progress: { done: number; count: number } | undefined;
  preparing: string | undefined;
  onFinished: ((result: Result) => void) | undefined;
  /** Leaves the exam as it stands, to be resumed. */
  onLeave: (() => void) | undefined;
  #size = { columns: 0, rows: 0 };
  #texts = new Map<number, TaskText>();

  constructor(live: LiveSession, catalog: Catalog, locale: Locale, view: View) {
    super();
    this.live = live;
    this.catalog = catalog;
    this.locale = locale;
    this.view = view;
    this.screen = new ScreenBuffer(80, 24);
    live.session.onPreparing = (host) => {
      this.preparing = host;
      this.notify();
    };
    live.session.terminal.onOutput((text) => void this.screen.write(text).then(() => this.notify()));
  }

  get session() {
    return this.live.session;
  }

  text(index = this.session.current): TaskText {
    const known = this.#texts.get(index);
    if (known) return known;
    const task = this.session.attempt.tasks[index];
    if (!task) throw new RangeError(`there is no task ${index + 1}`);
    const text = taskText(this.catalog, this.session.attempt, task, this.locale);
    this.#texts.set(index, text);
    return text;
  }

  /** The pane for the terminal has this size now. */
  fit(columns: number, rows: number): void {
    if (this.#size.columns === columns && this.#size.rows === rows) return;
    this.#size = { columns, rows };
    this.screen.resize(columns, rows);
    void this.live.do({ type: 'resize', columns, rows });
  }

  type(data: string): void {
    this.screen.toEnd();
    void this.live.do({ type: 'keys', data });
  }

  visit(index: number): void {
    if (index < 0 || index >= this.session.tasks.length) return;
    this.taskScroll = 0;
    this.hintsShown = 0;
    void this.live.do({ type: 'visit', task: index }).then(() => this.notify());
  }

  toggleFlag(index = this.session.current): void {
    void this.live.do({ type: 'flag', task: index, on: !this.session.tasks[index]?.flagged }).then(() => this.notify());
  }

  setNotes(text: string): void {
    void this.live.do({ type: 'notes', text }).then(() => this.notify());
  }

  show(overlay: Overlay): void {
    this.overlay = this.overlay === overlay ? 'none' : overlay;
    this.overlayScroll = 0;
    if (overlay === 'map') this.chosen = this.session.current;
    this.notify();
  }

  /** The last alert that is due, in minutes left: it stays on the status line for a minute. */
  alert(): number | undefined {
    const minutes = this.session.remaining() / 60_000;
    return ALERTS.find((alert) => minutes <= alert && minutes > alert - 1 && alert < this.session.attempt.minutes);
  }

  /** Practice: what the checks of the current task would say now, found out on a copy of the attempt. */
  async check(): Promise<void> {
    this.checkLines = [];
    this.overlay = 'check';
    this.notify();
    const result = await this.live.tryTask(this.session.current);
    this.checkLines = taskLines(result, texts[this.locale], this.locale);
    this.notify();
  }

  async finish(): Promise<void> {
    if (this.overlay === 'grading') return;
    this.overlay = 'grading';
    this.progress = { done: 0, count: this.session.tasks.length };
    this.notify();
    const result = await this.live.finish((progress) => {
      this.progress = progress;
      this.notify();
    });
    this.onFinished?.(result);
  }
}
