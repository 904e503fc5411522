import type { Instant } from './clock.ts';

export interface TimerEntry {
  readonly due: Instant;
  readonly order: number;
  readonly background: boolean;
  readonly callback: () => void;
  cancelled: boolean;
}

/** Two binary heaps, foreground and background, of timers ordered by instant and then by the order in which they were set. */
export class TimerQueue {
  #order = 0;
  #foreground: TimerEntry[] = [];
  #background: TimerEntry[] = [];

  add(due: Instant, callback: () => void, background: boolean): TimerEntry {
    const entry: TimerEntry = { due, order: this.#order++, background, callback, cancelled: false };
    push(background ? this.#background : this.#foreground, entry);
    return entry;
  }

  cancel(entry: TimerEntry): void {
    entry.cancelled = true;
  }

  nextDue(foregroundOnly: boolean): Instant | undefined {
    const foreground = peek(this.#foreground)?.due;
    if (foregroundOnly) return foreground;
    const background = peek(this.#background)?.due;
    if (foreground === undefined || background === undefined) return foreground ?? background;
    return Math.min(foreground, background);
  }

  /** Takes the first entry due no later than `now`. */
  takeDue(now: Instant): TimerEntry | undefined {
    const a = peek(this.#foreground);
    const b = peek(this.#background);
    const first = !a || (b && before(b, a)) ? b : a;
    if (!first || first.due > now) return undefined;
    pop(first.background ? this.#background : this.#foreground);
    return first;
  }
}

const before = (a: TimerEntry, b: TimerEntry) => a.due < b.due || (a.due === b.due && a.order < b.order);

function peek(heap: TimerEntry[]): TimerEntry | undefined {
  while (heap[0]?.cancelled) pop(heap);
  return heap[0];
}

function push(heap: TimerEntry[], entry: TimerEntry): void {
  let i = heap.push(entry) - 1;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = heap[parent] as TimerEntry;
    if (!before(entry, above)) break;
    heap[i] = above;
    i = parent;
  }
  heap[i] = entry;
}

function pop(heap: TimerEntry[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as TimerEntry, heap[child] as TimerEntry)) child++;
    if (!before(heap[child] as TimerEntry, last)) break;
    heap[i] = heap[child] as TimerEntry;
    i = child;
  }
  heap[i] = last;
}
