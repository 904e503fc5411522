const UNITS: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `5`, `0.5`, `2m`, `infinity` in milliseconds, as sleep(1) and timeout(1) take them. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+|inf(?:inity)?)([smhd]?)$/i.exec(text);
  if (!match) return undefined;
  const [, amount = '', unit = ''] = match;
  const value = /^inf/i.test(amount) ? Number.POSITIVE_INFINITY : Number(amount);
  return value * (UNITS[unit] ?? 1000);
}
