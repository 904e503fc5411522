import { CelDuration, CelError, CelTimestamp } from './values.ts';

const TIMESTAMP_TEXT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;
const UNITS: Readonly<Record<string, bigint>> = {
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ns: 1n,
};

export function parseTimestamp(text: string): CelTimestamp {
  const match = TIMESTAMP_TEXT.exec(text.toUpperCase());
  const ms = match ? Date.parse(`${match[1]}${match[3]}`) : Number.NaN;
  if (Number.isNaN(ms))
    throw new CelError(`parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(text)} as "2006"`);
  return new CelTimestamp(BigInt(ms) * 1_000_000n + BigInt((match?.[2] ?? '').padEnd(9, '0')));
}

export function parseCelDuration(text: string): CelDuration {
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(text);
  if (!match) throw new CelError(`time: invalid duration ${JSON.stringify(text)}`);
  const parts = [...(match[2] ?? '').matchAll(/(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g)];
  const nanos = parts.reduce((total, [, whole = '', part = '', unit = '']) => {
    const size = UNITS[unit] ?? 0n;
    const fraction = part ? (BigInt(part) * size) / 10n ** BigInt(part.length) : 0n;
    return total + BigInt(whole || '0') * size + fraction;
  }, 0n);
  return new CelDuration(match[1] === '-' ? -nanos : nanos);
}
