import type { Failed, FailureShape, Outcome } from './contract.ts';

export const passed: Outcome = { ok: true };

export const failed = (shape: FailureShape, subject: string, facts: Omit<Failed, 'ok' | 'shape' | 'subject'> = {}): Outcome => ({
  ok: false,
  shape,
  subject,
  ...facts,
});

/** Passes when all do; otherwise the first failure. Lazy: later questions are not asked after a failure. */
export async function all(...questions: (Outcome | (() => Outcome | Promise<Outcome>))[]): Promise<Outcome> {
  for (const question of questions) {
    const outcome = typeof question === 'function' ? await question() : question;
    if (!outcome.ok) return outcome;
  }
  return passed;
}

/** Passes when one does; otherwise the last failure. */
export async function any(...questions: (Outcome | (() => Outcome | Promise<Outcome>))[]): Promise<Outcome> {
  let last: Outcome = passed;
  for (const question of questions) {
    last = typeof question === 'function' ? await question() : question;
    if (last.ok) return last;
  }
  return last;
}

/** Compares a finding with what was asked. */
export const equal = (subject: string, aspect: string, expected: unknown, actual: unknown, look?: string): Outcome =>
  contains(actual, expected) ? passed : failed('different', subject, { aspect, expected, actual, ...(look ? { look } : {}) });

/** Deep equality for scalars and lists; for objects, every expected member must be there and equal. Numbers equal their text. */
export function contains(actual: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && actual.length === expected.length && expected.every((item, i) => contains(actual[i], item));
  }
  if (expected !== null && typeof expected === 'object') {
    if (actual === null || typeof actual !== 'object') return false;
    return Object.entries(expected).every(([key, value]) => contains((actual as Record<string, unknown>)[key], value));
  }
  return actual === expected || (actual !== undefined && actual !== null && String(actual) === String(expected));
}
