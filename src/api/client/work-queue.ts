import type { Clock, Timer } from '../../clock/index.ts';
import { isStatusError } from '../machinery/status-error.ts';

export interface WorkQueueOptions {
  readonly clock: Clock;
  readonly work: (key: string) => Promise<void>;
  /** Told of every error that leads to a retry. */
  readonly onError?: (key: string, error: unknown) => void;
  readonly concurrency?: number;
  readonly backOff?: BackOff;
}

export interface BackOff {
  readonly baseMs: number;
  readonly maxMs: number;
}

const DEFAULT_BACK_OFF: BackOff = { baseMs: 5, maxMs: 1_000_000 };
/** A key that comes back more often than this without time passing has to let time pass. */
const MAX_PER_INSTANT = 20;
const PAUSE_MS = 50;

interface Turn {
  instant: number;
  count: number;
}

/** A queue of keys, each worked on by one worker at a time; a key added while it is worked on is worked on once more. */
export class WorkQueue {
  #options: WorkQueueOptions;
  #ready = new Set<string>();
  #running = new Set<string>();
  #again = new Set<string>();
  #later = new Map<string, { timer: Timer; due: number }>();
  #failures = new Map<string, number>();
  #turns = new Map<string, Turn>();
  #scheduled = false;
  #stopped = false;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
  }

  add(key: string): void {
    if (this.#stopped) return;
    if (this.#running.has(key)) {
      this.#again.add(key);
      return;
    }
    this.#ready.add(key);
    this.#schedule();
  }

  /** The earliest of several wishes for the same key counts. */
  addAfter(key: string, ms: number, { background = false } = {}): void {
    if (this.#stopped) return;
    if (ms <= 0) {
      this.add(key);
      return;
    }
    const { clock } = this.#options;
    const due = clock.now() + ms;
    const waiting = this.#later.get(key);
    if (waiting && waiting.due <= due && waiting.due > clock.now()) return;
    waiting?.timer.cancel();
    const run = () => {
      this.#later.delete(key);
      this.add(key);
    };
    this.#later.set(key, { timer: clock.after(ms, run, { background }), due });
  }

  addRateLimited(key: string): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    const { baseMs, maxMs } = this.#options.backOff ?? DEFAULT_BACK_OFF;
    this.addAfter(key, Math.min(maxMs, baseMs * 2 ** Math.min(failures, 40)));
  }

  stop(): void {
    this.#stopped = true;
    for (const { timer } of this.#later.values()) timer.cancel();
    this.#later.clear();
    this.#ready.clear();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    const limit = this.#options.concurrency ?? 1;
    for (const key of this.#ready) {
      if (this.#running.size >= limit) return;
      this.#ready.delete(key);
      if (this.#isSpinning(key)) this.addAfter(key, PAUSE_MS);
      else void this.#process(key);
    }
  }

  #isSpinning(key: string): boolean {
    const now = this.#options.clock.now();
    const turn = this.#turns.get(key);
    if (turn?.instant !== now) {
      if (this.#turns.size > 1_000) this.#turns.clear();
      this.#turns.set(key, { instant: now, count: 1 });
      return false;
    }
    turn.count++;
    return turn.count > MAX_PER_INSTANT;
  }

  async #process(key: string): Promise<void> {
    this.#running.add(key);
    try {
      await this.#options.work(key);
      this.#failures.delete(key);
    } catch (error) {
      if (isStatusError(error, 'Conflict')) this.#again.add(key);
      else {
        this.#options.onError?.(key, error);
        this.addRateLimited(key);
      }
    }
    this.#running.delete(key);
    if (this.#again.delete(key)) this.add(key);
    if (this.#ready.size > 0) this.#schedule();
  }
}
