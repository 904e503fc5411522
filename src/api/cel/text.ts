import { formatIp } from '../machinery/addresses.ts';
import { goNumber } from '../machinery/json.ts';
import { formatQuantity } from '../machinery/quantity.ts';
import { isQuantityValue } from './equality.ts';
import { type CelCidr, CelDuration, type CelIp, CelOpaque, CelTimestamp, CelTypeValue, CelUint, type CelValue } from './values.ts';

/** What `string(value)` gives; undefined for values that have no text. */
export function textOf(value: CelValue): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? goNumber(value) : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (value === null) return 'null';
  if (value instanceof CelUint) return String(value.value);
  if (value instanceof CelTypeValue) return value.name;
  if (value instanceof CelTimestamp) return timestampText(value);
  if (value instanceof CelDuration) return durationText(value);
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return value instanceof CelOpaque ? opaqueText(value) : undefined;
}

function opaqueText(value: CelOpaque): string | undefined {
  if (isQuantityValue(value)) return formatQuantity(value.content);
  if (value.typeName === 'net.IP') return formatIp((value as CelIp).content);
  if (value.typeName !== 'net.CIDR') return undefined;
  const { address, prefix } = (value as CelCidr).content;
  return `${formatIp(address)}/${prefix}`;
}

const NANO = 1_000_000_000n;

function fraction(nanos: bigint): string {
  const digits = nanos.toString().padStart(9, '0').replace(/0+$/, '');
  return digits ? `.${digits}` : '';
}

export function timestampText({ nanos }: CelTimestamp): string {
  const part = ((nanos % NANO) + NANO) % NANO;
  const date = new Date(Number((nanos - part) / 1_000_000n));
  return `${date.toISOString().slice(0, 19)}${fraction(part)}Z`;
}

export function durationText({ nanos }: CelDuration): string {
  const size = nanos < 0n ? -nanos : nanos;
  return `${nanos < 0n ? '-' : ''}${size / NANO}${fraction(size % NANO)}s`;
}
