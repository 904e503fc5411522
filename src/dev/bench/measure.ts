export interface Measure {
  readonly what: string;
  readonly unit: 'ms CPU' | 'ms' | 'MB';
  readonly values: readonly number[];
}

/** CPU milliseconds, user and system, that `work` takes. */
export async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Runs `work` a few times after one warm-up. */
export async function repeat(times: number, work: () => Promise<number>): Promise<number[]> {
  await work();
  const values: number[] = [];
  for (let i = 0; i < times; i++) values.push(await work());
  return values;
}
