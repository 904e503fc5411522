import type { Pace } from './pod-host.ts';

/** As on a quick machine with a good line. */
export const REAL_PACE: Pace = {
  sandbox: 600,
  start: 200,
  pull: (bytes) => (bytes === 0 ? 450 : 700 + Math.round(bytes / 45_000)),
  abrupt: false,
};

/** Everything at once. */
export const BOOT_PACE: Pace = { sandbox: 0, start: 0, pull: () => 0, abrupt: true };
