import { ClockGroup, VirtualClock } from '../../clock/index.ts';
import type { Machine } from '../../machine/index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { openTerminal, type Terminal } from '../world/terminal.ts';
import type { Attempt, Input } from './attempt.ts';
import { createBase } from './base-host.ts';
import { type PreparedTask, prepareTask } from './prepare-task.ts';

export interface TaskState {
  readonly number: number;
  visited: boolean;
  flagged: boolean;
  spentMs: number;
}

/**
 * One attempt as it stands: the worlds, the terminal, what is flagged and noted. It changes only by inputs, so that the same inputs at
 * the same times always lead to the same state: resuming, replaying and grading again are all `feed`.
 */
export class Session {
  readonly attempt: Attempt;
  readonly time: ClockGroup;
  readonly base: Machine;
  readonly terminal: Terminal;
  readonly tasks: readonly TaskState[];
  /** Index of the task that is shown. */
  current = 0;
  notes = '';
  finished = false;
  readonly #start: number;
  readonly #catalog: Catalog;
  readonly #prepared = new Map<string, Promise<PreparedTask>>();
  #since = 0;
  #edit: ((outcome: { text: string | null; code: number }) => void) | undefined;
  /** Who shows the user's own editor; without one (replay) the recorded outcome is awaited. */
  onEdit: ((text: string, name: string) => void) | undefined;
  onPreparing: ((host: string | undefined) => void) | undefined;

  static async open(catalog: Catalog, attempt: Attempt, size: { columns: number; rows: number }, ended: string): Promise<Session> {
    const start = Date.parse(attempt.startedAt);
    const time = new ClockGroup(start);
    const clock = new VirtualClock({ start, seed: `${attempt.seed}/base` });
    await time.add(clock);
    return new Session(catalog, attempt, { start, time, clock, size, ended });
  }

  private constructor(
    catalog: Catalog,
    attempt: Attempt,
    {
      start,
      time,
      clock,
      size,
      ended,
    }: { start: number; time: ClockGroup; clock: VirtualClock; size: { columns: number; rows: number }; ended: string },
  ) {
    this.attempt = attempt;
    this.time = time;
    this.#start = start;
    this.#catalog = catalog;
    this.base = createBase(
      clock,
      attempt.tasks.map(({ host }) => host),
      (host) => this.#hostOf(host),
    );
    this.tasks = attempt.tasks.map((_, i) => ({ number: i + 1, visited: i === 0, flagged: false, spentMs: 0 }));
    this.terminal = openTerminal(this.base, 'candidate', size, ended);
  }

  /** Milliseconds of the attempt that have passed. */
  elapsed(): number {
    return this.time.now() - this.#start;
  }

  deadline(): number {
    return this.#start + this.attempt.minutes * 60_000;
  }

  remaining(): number {
    return Math.max(0, this.deadline() - this.time.now());
  }

  /** Time spent on a task so far, the running visit included. */
  spent(index: number): number {
    const running = index === this.current && !this.finished ? this.elapsed() - this.#since : 0;
    return (this.tasks[index]?.spentMs ?? 0) + running;
  }

  /** Lets time pass up to the input, then takes it. */
  async feed(input: Input): Promise<void> {
    await this.time.advanceTo(this.#start + input.t);
    this.apply(input);
    await this.time.drain();
  }

  /** Takes an input at this very instant. */
  apply(input: Input): void {
    switch (input.type) {
      case 'keys':
        this.terminal.input(input.data);
        return;
      case 'resize':
        this.terminal.resize(input.columns, input.rows);
        return;
      case 'visit':
        this.#visit(input.task);
        return;
      case 'flag': {
        const task = this.tasks[input.task];
        if (task) task.flagged = input.on;
        return;
      }
      case 'notes':
        this.notes = input.text;
        return;
      case 'edited':
        this.#edit?.({ text: input.text, code: input.code });
        this.#edit = undefined;
        return;
      case 'tick':
        return;
      case 'finish':
        this.#visit(this.current);
        this.finished = true;
        return;
    }
  }

  /** A task's world, made when it is first asked for, at the attempt's start, and brought up to now. */
  world(index: number): Promise<PreparedTask> {
    const task = this.attempt.tasks[index];
    if (!task) throw new RangeError(`there is no task ${index + 1}`);
    const known = this.#prepared.get(task.host);
    if (known) return known;
    const exercise = this.#catalog.exercise(task.exercise);
    this.onPreparing?.(task.host);
    const made = prepareTask({ exercise, seed: this.attempt.seed, hostname: task.host, ready: this.#start }).then(async (prepared) => {
      await this.time.add(prepared.world.clock);
      if (this.attempt.editor === 'own') this.#lendEditor(prepared.world.host);
      return prepared;
    });
    this.#prepared.set(task.host, made);
    const shown = made.finally(() => this.onPreparing?.(undefined));
    void this.time.hold(shown);
    return made;
  }

  /** The worlds that were ever entered. */
  entered(index: number): boolean {
    return this.#prepared.has(this.attempt.tasks[index]?.host ?? '');
  }

  #visit(index: number): void {
    const leaving = this.tasks[this.current];
    if (leaving) leaving.spentMs += this.elapsed() - this.#since;
    this.#since = this.elapsed();
    this.current = index;
    const arriving = this.tasks[index];
    if (arriving) arriving.visited = true;
  }

  async #hostOf(host: string): Promise<Machine | undefined> {
    const index = this.attempt.tasks.findIndex((task) => task.host === host);
    return index < 0 ? undefined : (await this.world(index)).world.host;
  }

  /** The user's own editor, on a copy of the file: its outcome is one more input. */
  #lendEditor(host: Machine): void {
    host.facilities.set('editor', (text: string, name: string) => {
      const outcome = new Promise<{ text: string | null; code: number }>((resolve) => {
        this.#edit = resolve;
      });
      this.onEdit?.(text, name);
      return outcome;
    });
  }
}
