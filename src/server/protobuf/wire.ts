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
