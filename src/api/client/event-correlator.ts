import { type Clock, isoMicroTime } from '../../clock/index.ts';
import type { Event as CoreEvent } from '../schema/generated/types.ts';

type Event = { readonly [K in keyof CoreEvent]: CoreEvent[K] };

const MAX_SIMILAR = 10;
const SIMILAR_WINDOW_MS = 600_000;
const BURST = 25;
const REFILL_MS = 300_000;
const CACHE_SIZE = 4_096;
/** Series are refreshed no oftener than this. */
const SERIES_REFRESH_MS = 360_000;

interface Similar {
  messages: Set<string>;
  last: number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Turns repeats of an event into a count, a flood of similar events into one, and a flood from one object into silence. */
export class EventCorrelator {
  #clock: Clock;
  #form: 'count' | 'series';
  #seen = new Map<string, Event>();
  #similar = new Map<string, Similar>();
  #buckets = new Map<string, Bucket>();

  constructor(clock: Clock, form: 'count' | 'series') {
    this.#clock = clock;
    this.#form = form;
  }

  /** What to write for this event, or nothing. */
  correlate(event: Event): Event | undefined {
    return this.#form === 'series' ? this.#inSeries(event) : this.#counted(event);
  }

  forget(event: Event): void {
    this.#seen.delete(exactKey(event));
  }

  #counted(event: Event): Event | undefined {
    const { message, key } = this.#aggregate(event);
    const seen = this.#seen.get(key);
    const next: Event = seen
      ? { ...event, message, metadata: seen.metadata, firstTimestamp: seen.firstTimestamp ?? '', count: (seen.count ?? 1) + 1 }
      : { ...event, message };
    remember(this.#seen, key, next);
    return this.#allows(event) ? next : undefined;
  }

  #aggregate(event: Event): { message: string; key: string } {
    const group = groupKey(event);
    const exact = `${group}${event.message ?? ''}`;
    const now = this.#clock.now();
    const known = this.#similar.get(group);
    const similar = known && now - known.last <= SIMILAR_WINDOW_MS ? known : { messages: new Set<string>(), last: now };
    similar.messages.add(event.message ?? '');
    similar.last = now;
    remember(this.#similar, group, similar);
    if (similar.messages.size < MAX_SIMILAR) return { message: event.message ?? '', key: exact };
    similar.messages.delete([...similar.messages][0] ?? '');
    return { message: `(combined from similar events): ${event.message ?? ''}`, key: group };
  }

  #allows({ source, involvedObject }: Event): boolean {
    const key = JSON.stringify([source, involvedObject.kind, involvedObject.namespace, involvedObject.name, involvedObject.uid]);
    const now = this.#clock.now();
    const bucket = this.#buckets.get(key) ?? { tokens: BURST, filledAt: now };
    bucket.tokens = Math.min(BURST, bucket.tokens + (now - bucket.filledAt) / REFILL_MS);
    bucket.filledAt = now;
    remember(this.#buckets, key, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  #inSeries(event: Event): Event | undefined {
    const key = exactKey(event);
    const seen = this.#seen.get(key);
    if (!seen) {
      remember(this.#seen, key, event);
      return event;
    }
    const now = this.#clock.now();
    const series = { count: (seen.series?.count ?? 1) + 1, lastObservedTime: isoMicroTime(now) };
    const writtenAt = Date.parse(seen.series?.lastObservedTime ?? '');
    const due = !seen.series || now - writtenAt >= SERIES_REFRESH_MS;
    remember(this.#seen, key, {
      ...seen,
      series: due || !seen.series ? series : { ...series, lastObservedTime: seen.series.lastObservedTime ?? '' },
    });
    return due ? { ...seen, series } : undefined;
  }
}

const groupKey = (event: Event) => JSON.stringify([event.source, ...objectParts(event), event.type, event.reason, event.reportingComponent]);
const exactKey = (event: Event) => `${groupKey(event)}${event.message ?? ''}`;

const objectParts = ({ involvedObject: { kind, namespace, name, uid, apiVersion, fieldPath } }: Event) => [
  kind,
  namespace,
  name,
  uid,
  apiVersion,
  fieldPath,
];

function remember<T>(cache: Map<string, T>, key: string, value: T): void {
  cache.delete(key);
  cache.set(key, value);
  if (cache.size > CACHE_SIZE) {
    const [oldest] = cache.keys();
    if (oldest !== undefined) cache.delete(oldest);
  }
}
