import type { Random } from './random.ts';

/** A moment in virtual time: milliseconds since the Unix epoch. */
export type Instant = number;

export interface Timer {
  cancel(): void;
}

export interface TimerOptions {
  /** Heartbeats, probes and resyncs: they recur for ever and do not keep `settle` waiting. */
  background?: boolean;
}

/**
 * The one source of time and chance. Nothing in api, cluster, machine or terminal asks the real computer for either.
 * All waiting inside the world is either a promise that another part of the world will settle, or one of these calls.
 */
export interface Clock {
  now(): Instant;
  /** Runs `callback` once, `ms` virtual milliseconds from now. */
  after(ms: number, callback: () => void, options?: TimerOptions): Timer;
  /** Rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  readonly random: Random;
}

export function isoTime(instant: Instant): string {
  if (instant !== latest.instant) latest = { instant, text: `${new Date(instant).toISOString().slice(0, 19)}Z` };
  return latest.text;
}

/** Time stands still while much happens. */
let latest = { instant: 0, text: '1970-01-01T00:00:00Z' };

export const isoMicroTime = (instant: Instant): string => new Date(instant).toISOString().replace('Z', '000Z');
