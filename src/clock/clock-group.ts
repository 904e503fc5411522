import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instant } from './clock.ts';
import { runUntil } from './run-until.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What a driver moves: one clock, or several that keep step. */
export interface Timeline {
  now(): Instant;
  nextDue(options?: { foreground?: boolean }): Instant | undefined;
  advanceTo(instant: Instant): Promise<void>;
  drain(): Promise<void>;
}

/** Several virtual clocks that show the same instant; whichever has something due first runs first. */
export class ClockGroup implements Timeline {
  #clocks: VirtualClock[] = [];
  #now: Instant;
  #held = new Set<Promise<unknown>>();

  constructor(start: Instant) {
    this.#now = start;
  }

  /** Takes a clock in; it is first brought up to the group's instant. */
  async add(clock: VirtualClock): Promise<void> {
    await clock.advanceTo(this.#now);
    this.#clocks.push(clock);
  }

  now(): Instant {
    return this.#now;
  }

  nextDue(options: { foreground?: boolean } = {}): Instant | undefined {
    const dues = this.#clocks.map((clock) => clock.nextDue(options)).filter((due) => due !== undefined);
    return dues.length > 0 ? Math.min(...dues) : undefined;
  }

  /** Time stands still until `work` is done: for what takes real time and none of the world's, such as building another part of it. */
  hold<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = work.catch(() => undefined).finally(() => this.#held.delete(settled));
    this.#held.add(settled);
    return work;
  }

  async drain(): Promise<void> {
    await nextTurn();
    while (this.#held.size > 0) {
      await Promise.all(this.#held);
      await nextTurn();
    }
  }

  async advanceTo(instant: Instant): Promise<void> {
    await this.drain();
    while (await this.step(instant));
    this.#moveTo(Math.max(this.#now, instant));
  }

  /** Runs the next instant at which any clock has something due, if it is no later than `limit`. */
  async step(limit: Instant = Number.POSITIVE_INFINITY): Promise<boolean> {
    const due = this.nextDue();
    if (due === undefined || due > limit) return false;
    this.#moveTo(Math.max(this.#now, due));
    for (const clock of this.#clocks) await clock.step(this.#now);
    if (this.#held.size > 0) await this.drain();
    return true;
  }

  /** See runUntil. */
  runUntil<T>(promise: Promise<T>, limit: number = Number.POSITIVE_INFINITY): Promise<{ value: T } | undefined> {
    return runUntil(this, promise, limit);
  }

  #moveTo(instant: Instant): void {
    this.#now = instant;
    for (const clock of this.#clocks) clock.moveTo(instant);
  }
}
