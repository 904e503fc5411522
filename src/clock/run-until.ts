import type { Instant } from './clock.ts';

/** Time that can be moved forward instant by instant. */
export interface Steppable {
  now(): Instant;
  drain(): Promise<void>;
  step(limit: Instant): Promise<boolean>;
}

/**
 * Runs time ahead until `promise` settles, at most `limit` virtual milliseconds; then, or when nothing is left that
 * could settle it, `undefined` is returned in its stead.
 */
export async function runUntil<T>(time: Steppable, promise: Promise<T>, limit: number): Promise<{ value: T } | undefined> {
  const end = time.now() + limit;
  let outcome: { value: T } | { error: unknown } | undefined;
  promise.then(
    (value) => {
      outcome = { value };
    },
    (error: unknown) => {
      outcome = { error };
    },
  );
  await time.drain();
  while (!outcome && (await time.step(end)));
  if (outcome && 'error' in outcome) throw outcome.error;
  return outcome;
}
