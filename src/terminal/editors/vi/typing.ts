import type { Key } from '../keys.ts';
import type { Vi } from './state.ts';

/** A dialogue with the keyboard: yields for the next key. */
export type Dialogue<T = void> = Generator<undefined, T, Key>;

/** The next key: from what is being repeated, else from the keyboard. */
export function* nextKey(vi: Vi): Dialogue<Key> {
  const queued = vi.queue.shift();
  const key = queued ?? (yield);
  vi.record.push(key);
  if (queued === undefined) vi.macro?.keys.push(key);
  return key;
}
