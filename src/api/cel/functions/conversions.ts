import { textOf } from '../text.ts';
import { parseCelDuration, parseTimestamp } from '../time-values.ts';
import { CelDuration, CelError, CelTimestamp, CelTypeValue, type CelUint, type CelValue, typeNameOf } from '../values.ts';
import { defineFunctions } from './define-functions.ts';
import { int, uint } from './operators.ts';

const NANO = 1_000_000_000n;
const text = (value: CelValue): string => textOf(value) ?? '';

export const conversions = defineFunctions({
  'int(int): int': (value: bigint) => value,
  'int(uint): int': ({ value }: CelUint) => int(value),
  'int(double): int': (value: number) => whole(value, 'integer overflow', int),
  'int(string): int': (value: string) => int(digits(value, 'int')),
  'int(timestamp): int': ({ nanos }: CelTimestamp) => nanos / NANO,
  'int(duration): int': ({ nanos }: CelDuration) => nanos,
  'uint(uint): uint': (value: CelUint) => value,
  'uint(int): uint': (value: bigint) => uint(value),
  'uint(double): uint': (value: number) => whole(value, 'unsigned integer overflow', uint),
  'uint(string): uint': (value: string) => uint(digits(value, 'uint')),
  'double(double): double': (value: number) => value,
  'double(int): double': (value: bigint) => Number(value),
  'double(uint): double': ({ value }: CelUint) => Number(value),
  'double(string): double': toDouble,
  'string(string): string': text,
  'string(int): string': text,
  'string(uint): string': text,
  'string(double): string': text,
  'string(bool): string': text,
  'string(bytes): string': (value: Uint8Array) => decodeUtf8(value),
  'string(timestamp): string': text,
  'string(duration): string': text,
  'string(net.IP): string': text,
  'string(net.CIDR): string': text,
  'bytes(bytes): bytes': (value: Uint8Array) => value,
  'bytes(string): bytes': (value: string) => new TextEncoder().encode(value),
  'bool(bool): bool': (value: boolean) => value,
  'bool(string): bool': toBool,
  'timestamp(timestamp): timestamp': (value: CelTimestamp) => value,
  'timestamp(string): timestamp': (value: string) => parseTimestamp(value),
  'timestamp(int): timestamp': (value: bigint) => new CelTimestamp(value * NANO),
  'duration(duration): duration': (value: CelDuration) => value,
  'duration(string): duration': (value: string) => parseCelDuration(value),
  'duration(int): duration': (value: bigint) => new CelDuration(value),
  'dyn(A): dyn': (value: CelValue) => value,
  'type(A): type(A)': (value: CelValue) => new CelTypeValue(typeNameOf(value)),
  'base64.encode(bytes): string': (value: Uint8Array) => btoa(String.fromCharCode(...value)),
  'base64.decode(string): bytes': (value: string) => fromBase64(value),
});

function whole<T>(value: number, problem: string, make: (value: bigint) => T): T {
  if (!Number.isFinite(value)) throw new CelError(problem);
  return make(BigInt(Math.trunc(value)));
}

function digits(value: string, type: string): bigint {
  if (!/^[+-]?\d+$/.test(value)) throw new CelError(`type conversion error from 'string' to '${type}'`);
  return BigInt(value.replace(/^\+/, ''));
}

function toDouble(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || (Number.isNaN(number) && value !== 'NaN')) throw new CelError("type conversion error from 'string' to 'double'");
  return number;
}

function toBool(value: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value)) return false;
  throw new CelError("type conversion error from 'string' to 'bool'");
}

function decodeUtf8(value: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(value);
  } catch {
    throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  }
}

function fromBase64(value: string): Uint8Array {
  try {
    return Uint8Array.from(atob(value), (char) => char.charCodeAt(0));
  } catch {
    throw new CelError(`illegal base64 data at input byte ${/[^A-Za-z0-9+/=]/.exec(value)?.index ?? value.length}`);
  }
}
