/** The kubelet's growing pauses: 10 s, 20 s, … 5 min; forgotten after a time of good conduct. */
export class Backoff {
  readonly #first: number;
  readonly #max: number;
  #next: number;
  #last = Number.NEGATIVE_INFINITY;

  constructor(first = 10_000, max = 300_000) {
    this.#first = first;
    this.#max = max;
    this.#next = first;
  }

  /** The pause now due. */
  next(now: number): number {
    if (now - this.#last > 2 * this.#max) this.#next = this.#first;
    const pause = this.#next;
    this.#next = Math.min(this.#max, pause * 2);
    this.#last = now + pause;
    return pause;
  }

  reset(): void {
    this.#next = this.#first;
  }
}

/** Go's time.Duration for whole seconds: `10s`, `1m20s`, `5m0s`. */
export function goSeconds(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}m${seconds % 60}s` : `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds % 60}s`;
}

/** Go's time.Duration truncated to milliseconds: `843ms`, `1.203s`, `1m2.5s`. */
export function goMillis(ms: number): string {
  const whole = Math.trunc(ms);
  if (whole === 0) return '0s';
  if (whole < 1000) return `${whole}ms`;
  const minutes = Math.floor(whole / 60_000);
  const seconds = (whole % 60_000) / 1000;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
