import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, Instant, Timer, TimerOptions } from './clock.ts';
import { Random } from './random.ts';
import { runUntil } from './run-until.ts';
import { TimerQueue } from './timer-queue.ts';

export interface VirtualClockOptions {
  start: Instant;
  seed: number | string;
}

/**
 * Time that moves only when told to. Between two instants everything that can happen has happened: promises are drained
 * before the next timer runs, and timers run in order of their instants, first set first run.
 */
export class VirtualClock implements Clock {
  readonly random: Random;
  #now: Instant;
  #queue = new TimerQueue();

  constructor({ start, seed }: VirtualClockOptions) {
    this.#now = start;
    this.random = new Random(seed);
  }

  now(): Instant {
    return this.#now;
  }

  after(ms: number, callback: () => void, options: TimerOptions = {}): Timer {
    const entry = this.#queue.add(this.#now + Math.max(0, ms), callback, options.background ?? false);
    return { cancel: () => this.#queue.cancel(entry) };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        timer.cancel();
        reject(signal?.reason);
      };
      const timer = this.after(ms, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** When the next timer is due; `foreground` leaves heartbeats and probes out. */
  nextDue({ foreground = false } = {}): Instant | undefined {
    return this.#queue.nextDue(foreground);
  }

  /** Resolves once every promise that can settle without the passing of time has settled. */
  async drain(): Promise<void> {
    await nextTurn();
  }

  /** Lets `ms` pass: runs all that falls due, in order, and stands at exactly now + ms afterwards. */
  async advance(ms: number): Promise<void> {
    await this.advanceTo(this.#now + ms);
  }

  async advanceTo(instant: Instant): Promise<void> {
    await this.drain();
    while (await this.step(instant));
    this.#now = Math.max(this.#now, instant);
  }

  /** Shows a later instant without running anything: nothing may be due before it. */
  moveTo(instant: Instant): void {
    this.#now = Math.max(this.#now, instant);
  }

  /** Runs the next instant's timers if one is due no later than `limit`; false when nothing is. */
  async step(limit: Instant = Number.POSITIVE_INFINITY): Promise<boolean> {
    const due = this.#queue.nextDue(false);
    if (due === undefined || due > limit) return false;
    this.#now = Math.max(this.#now, due);
    for (let entry = this.#queue.takeDue(this.#now); entry; entry = this.#queue.takeDue(this.#now)) entry.callback();
    await this.drain();
    return true;
  }

  /** See runUntil. */
  runUntil<T>(promise: Promise<T>, limit: number = Number.POSITIVE_INFINITY): Promise<{ value: T } | undefined> {
    return runUntil(this, promise, limit);
  }

  /**
   * Runs until no foreground timer is due within `quiet` milliseconds, but for no longer than `limit`.
   * True when the world came to rest.
   */
  async settle({ quiet = 5_000, limit = 300_000 }: { quiet?: number; limit?: number } = {}): Promise<boolean> {
    const end = this.#now + limit;
    await this.drain();
    for (;;) {
      const due = this.#queue.nextDue(true);
      if (due === undefined || due > this.#now + quiet) return true;
      if (due > end) return false;
      await this.step(end);
    }
  }
}
