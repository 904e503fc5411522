import type { Timeline } from './clock-group.ts';

/** Ties a virtual clock to the wall: one real second is one virtual second. The only place where real time enters. */
export class WallDriver {
  #clock: Timeline;
  #origin: { wall: number; virtual: number };
  #handle: NodeJS.Timeout | undefined;
  #chain: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(clock: Timeline) {
    this.#clock = clock;
    this.#origin = { wall: performance.now(), virtual: clock.now() };
    this.#arm();
  }

  /** Brings the clock up to the wall, then runs `action` at that instant: the way in for a key typed by the user. */
  enter<T>(action: () => T): Promise<T> {
    const result = this.#chain.then(async () => {
      await this.#clock.advanceTo(this.#target());
      const value = action();
      await this.#clock.drain();
      this.#arm();
      return value;
    });
    this.#chain = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#handle);
  }

  #target(): number {
    return Math.floor(this.#origin.virtual + performance.now() - this.#origin.wall);
  }

  #arm(): void {
    clearTimeout(this.#handle);
    if (this.#stopped) return;
    const due = this.#clock.nextDue();
    const wait = due === undefined ? 1_000 : Math.min(1_000, Math.max(0, due - this.#target()));
    this.#handle = setTimeout(() => void this.enter(() => undefined), wait);
  }
}
