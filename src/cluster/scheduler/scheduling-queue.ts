import type { Clock, Timer } from '../../clock/index.ts';
import type { Pod } from '../controllers/objects.ts';
import { type Happening, priorityOf } from './plugin.ts';

const FIRST_BACK_OFF_MS = 1_000;
const LAST_BACK_OFF_MS = 10_000;
const LEFTOVER_MS = 300_000;

interface Entry {
  pod: Pod;
  attempts: number;
  order: number;
  /** When the back-off of its last attempt ends. */
  readyAt: number;
  /** Happenings that may help; undefined while it is queued. */
  waitsFor: ReadonlySet<Happening> | undefined;
  timer: Timer | undefined;
}

/** Pods that want a node: at once by priority and age, after a back-off, or when something happens that may help them. */
export class SchedulingQueue {
  #clock: Clock;
  #wake: () => void;
  #entries = new Map<string, Entry>();
  #active = new Set<string>();
  #order = 0;
  #parked = new Map<string, Entry>();
  /** What happened during the attempt under way, so that it is not missed. */
  #happened = new Set<Happening>();

  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  add(pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    const known = this.#entries.get(uid);
    if (known) {
      known.pod = pod;
      return;
    }
    this.#entries.set(uid, { pod, attempts: 0, order: this.#order++, readyAt: 0, waitsFor: undefined, timer: undefined });
    this.#activate(uid);
  }

  /** The pod's own change may have been what was missing. */
  update(pod: Pod, mayHelp: boolean): void {
    const entry = this.#entries.get(pod.metadata.uid ?? '');
    if (!entry) {
      this.add(pod);
      return;
    }
    entry.pod = pod;
    if (mayHelp && entry.waitsFor) this.#requeue(pod.metadata.uid ?? '', entry);
  }

  remove(pod: Pod): void {
    const uid = pod.metadata.uid ?? '';
    this.#entries.get(uid)?.timer?.cancel();
    this.#entries.delete(uid);
    this.#parked.delete(uid);
    this.#active.delete(uid);
  }

  /** The most important pod that is ready to be tried; it stays known until `remove` or `park`. */
  take(): Pod | undefined {
    let first: string | undefined;
    for (const uid of this.#active) if (first === undefined || this.#before(uid, first)) first = uid;
    if (first === undefined) return undefined;
    this.#active.delete(first);
    const entry = this.#entries.get(first);
    if (!entry) return undefined;
    entry.attempts++;
    this.#happened.clear();
    return entry.pod;
  }

  /** After a failed attempt: waits for what may help, or, for an error, for its back-off alone. */
  park(pod: Pod, waitsFor: ReadonlySet<Happening> | 'back-off'): void {
    const uid = pod.metadata.uid ?? '';
    const entry = this.#entries.get(uid);
    if (!entry) return;
    const backOff = Math.min(LAST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** Math.min(10, entry.attempts - 1));
    entry.readyAt = this.#clock.now() + backOff;
    if (waitsFor === 'back-off' || [...this.#happened].some((what) => waitsFor.has(what))) {
      this.#requeue(uid, entry);
      return;
    }
    entry.waitsFor = waitsFor;
    this.#parked.set(uid, entry);
    entry.timer?.cancel();
    entry.timer = this.#clock.after(LEFTOVER_MS, () => this.#requeue(uid, entry), { background: true });
  }

  happened(what: Happening): void {
    this.#happened.add(what);
    for (const [uid, entry] of [...this.#parked]) if (entry.waitsFor?.has(what)) this.#requeue(uid, entry);
  }

  stop(): void {
    for (const { timer } of this.#entries.values()) timer?.cancel();
    this.#entries.clear();
    this.#active.clear();
  }

  #requeue(uid: string, entry: Entry): void {
    entry.waitsFor = undefined;
    this.#parked.delete(uid);
    entry.timer?.cancel();
    const wait = entry.readyAt - this.#clock.now();
    if (wait <= 0) this.#activate(uid);
    else entry.timer = this.#clock.after(wait, () => this.#activate(uid));
  }

  #activate(uid: string): void {
    if (!this.#entries.has(uid)) return;
    this.#active.add(uid);
    this.#wake();
  }

  #before(a: string, b: string): boolean {
    const [x, y] = [this.#entries.get(a), this.#entries.get(b)];
    if (!x || !y) return Boolean(x);
    const difference = priorityOf(y.pod) - priorityOf(x.pod);
    return difference !== 0 ? difference < 0 : x.order < y.order;
  }
}
