/** One field as it stands in a protobuf message. */
export interface WireField {
  readonly number: number;
  readonly value: bigint | Uint8Array;
}

export function* readFields(bytes: Uint8Array): Generator<WireField> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 63n) throw new RangeError('unexpected EOF');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new RangeError('unexpected EOF');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const kind = key & 7;
    if (kind === 0) yield { number: key >> 3, value: varint() };
    else if (kind === 2) yield { number: key >> 3, value: take(Number(varint())) };
    else if (kind === 1 || kind === 5) yield { number: key >> 3, value: take(kind === 1 ? 8 : 4) };
    else throw new RangeError(`proto: illegal wireType ${kind}`);
  }
}

export const textOf = (value: WireField['value'] | undefined): string => (value instanceof Uint8Array ? Buffer.from(value).toString() : '');
export const numberOf = (value: WireField['value'] | undefined): number => (typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : 0);

const EMPTY = Buffer.alloc(0);

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
}

/** A field of bytes or of an embedded message; nothing at all when there is no value. */
export function bytesField(number: number, value: Uint8Array | undefined): Buffer {
  return value ? Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(value.length)]), value]) : EMPTY;
}

export const textField = (number: number, value: unknown): Buffer =>
  typeof value === 'string' && value !== '' ? bytesField(number, Buffer.from(value)) : EMPTY;

export const boolField = (number: number, value: unknown): Buffer => (value === true ? Buffer.from([...varint(number * 8), 1]) : EMPTY);

export const wholeField = (number: number, value: unknown): Buffer =>
  typeof value === 'number' && value > 0 ? Buffer.from([...varint(number * 8), ...varint(value)]) : EMPTY;

export function doubleField(number: number, value: unknown): Buffer {
  if (typeof value !== 'number') return EMPTY;
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([Buffer.from(varint(number * 8 + 1)), bytes]);
}
