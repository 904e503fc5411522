/** The few tags of DER that certificates use. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  nothing: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

export class DerError extends Error {
  override readonly name = 'DerError';
}

export function encode(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOctets(body.length), body]);
}

function lengthOctets(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => encode(TAG.sequence, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => encode(TAG.set, ...[...parts].sort(Buffer.compare));
export const octetString = (content: Uint8Array): Buffer => encode(TAG.octetString, content);
export const bitString = (content: Uint8Array, unusedBits = 0): Buffer => encode(TAG.bitString, Buffer.from([unusedBits]), content);
export const utf8String = (text: string): Buffer => encode(TAG.utf8String, Buffer.from(text));
export const printableString = (text: string): Buffer => encode(TAG.printableString, Buffer.from(text, 'latin1'));
export const nothing = (): Buffer => encode(TAG.nothing);
export const truth = (): Buffer => encode(TAG.boolean, Buffer.from([0xff]));
/** `[n]`, constructed (explicit, or an implicit sequence). */
export const context = (n: number, ...parts: readonly Uint8Array[]): Buffer => encode(0xa0 | n, ...parts);
/** `[n]`, primitive (implicit string). */
export const contextString = (n: number, content: Uint8Array): Buffer => encode(0x80 | n, content);

export function integer(value: bigint | number): Buffer {
  const big = BigInt(value);
  const hex = big.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return encode(TAG.integer, Buffer.from(Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even, 'hex'));
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encode(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** UTCTime up to 2049, GeneralizedTime after, as RFC 5280 wants. */
export function time(instant: number): Buffer {
  const digits = new Date(instant).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return Number(digits.slice(0, 4)) < 2050
    ? encode(TAG.utcTime, Buffer.from(`${digits.slice(2)}Z`))
    : encode(TAG.generalizedTime, Buffer.from(`${digits}Z`));
}

export interface DerNode {
  readonly tag: number;
  readonly content: Buffer;
  /** Tag, length and content. */
  readonly raw: Buffer;
}

/** The elements that lie side by side in `bytes`. */
export function readAll(bytes: Uint8Array): DerNode[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nodes: DerNode[] = [];
  for (let at = 0; at < buffer.length; ) {
    const node = readAt(buffer, at);
    nodes.push(node);
    at += node.raw.length;
  }
  return nodes;
}

function readAt(buffer: Buffer, at: number): DerNode {
  const tag = buffer[at];
  const first = buffer[at + 1];
  if (tag === undefined || first === undefined) throw new DerError('asn1: syntax error: data truncated');
  const count = first < 0x80 ? 0 : first & 0x7f;
  const length = count === 0 ? first : buffer.subarray(at + 2, at + 2 + count).reduce((sum, octet) => sum * 256 + octet, 0);
  const start = at + 2 + count;
  if (count > 4 || start + length > buffer.length) throw new DerError('asn1: syntax error: data truncated');
  return { tag, content: buffer.subarray(start, start + length), raw: buffer.subarray(at, start + length) };
}

/** The children of a constructed element. */
export const children = (node: DerNode): DerNode[] => readAll(node.content);

/** The n-th element; throws where there is none. */
export function nth(nodes: readonly DerNode[], n: number): DerNode {
  const node = nodes[n];
  if (!node) throw new DerError('asn1: structure error: sequence truncated');
  return node;
}

export const readInteger = (node: DerNode): bigint => (node.content.length === 0 ? 0n : BigInt(`0x${node.content.toString('hex')}`));

export function readOid(node: DerNode): string {
  const numbers: number[] = [];
  let value = 0;
  for (const octet of node.content) {
    value = value * 128 + (octet & 0x7f);
    if (octet < 0x80) {
      numbers.push(value);
      value = 0;
    }
  }
  const [head = 0, ...rest] = numbers;
  const first = Math.min(2, Math.floor(head / 40));
  return [first, head - first * 40, ...rest].join('.');
}

export function readTime(node: DerNode): number {
  const text = node.content.toString('latin1');
  const year = node.tag === TAG.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text.slice(0, 2)}` : text.slice(0, 4);
  const [month, day, hour, minute, second] = text.slice(node.tag === TAG.utcTime ? 2 : 4).match(/\d\d/g) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second ?? '00'}Z`);
}
