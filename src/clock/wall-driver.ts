import type { Timeline } from './clock-group.ts';

/** Ties a virtual clock to the wall, `speed` virtual seconds to a real one. The only place where real time enters. */
export class WallDriver {
  #clock: Timeline;
  #origin: { wall: number; virtual: number };
  #handle: NodeJS.Timeout | undefined;
  #chain: Promise<void> = Promise.resolve();
  #stopped = false;
  readonly #speed: number;

  constructor(clock: Timeline, speed = 1) {
    this.#clock = clock;
    this.#speed = speed;
    this.#origin = { wall: performance.now(), virtual: clock.now() };
    this.#arm();
  }

  /** Brings the clock up to the wall, then runs `action` at that instant: the way in for a key typed by the user. What it promises may take its time. */
  enter<T>(action: () => T | Promise<T>): Promise<T> {
    const entered = this.#chain.then(async () => {
      await this.#clock.advanceTo(this.#target());
      const outcome = { value: action() };
      // A failure is the caller's to handle, who hears of it only after the drain.
      if (outcome.value instanceof Promise) outcome.value.catch(() => undefined);
      await this.#clock.drain();
      this.#arm();
      return outcome;
    });
    this.#chain = entered.then(
      () => undefined,
      () => undefined,
    );
    return entered.then(({ value }) => value);
  }

  /** Lets time jump ahead. */
  skip(ms: number): Promise<void> {
    this.#origin = { ...this.#origin, virtual: this.#origin.virtual + ms };
    return this.enter(() => undefined);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#handle);
  }

  #target(): number {
    return Math.floor(this.#origin.virtual + (performance.now() - this.#origin.wall) * this.#speed);
  }

  #arm(): void {
    clearTimeout(this.#handle);
    if (this.#stopped) return;
    const due = this.#clock.nextDue();
    const wait = due === undefined ? 1_000 : Math.min(1_000, Math.max(0, (due - this.#target()) / this.#speed));
    this.#handle = setTimeout(() => void this.enter(() => undefined), wait);
  }
}
