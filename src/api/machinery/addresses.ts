import { isIPv4, isIPv6 } from 'node:net';

/** Checks of IP addresses and CIDR blocks, in upstream's words; an empty list means valid. */
export function isValidIp(value: string): string[] {
  if (!parseIp(value)) return ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];
  return [];
}

export function isValidCidr(value: string): string[] {
  if (!parseCidr(value)) return ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'];
  return [];
}

export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export interface Cidr {
  readonly address: IpAddress;
  readonly prefix: number;
}

/** Undefined for what is no address. Leading zeros in IPv4 octets are tolerated, as the API server does in its older fields. */
export function parseIp(text: string): IpAddress | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const octets = text.split('.').map(Number);
    if (octets.some((o) => o > 255)) return undefined;
    return { bits: 32, value: octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n) };
  }
  return isIPv6(text) && !text.includes('%') ? { bits: 128, value: ipv6Value(text) } : undefined;
}

function ipv6Value(text: string): bigint {
  const withoutV4 = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const hex = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${hex(a, b)}:${hex(c, d)}`;
  });
  const [head = '', tail] = withoutV4.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const all = [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

export function parseCidr(text: string): Cidr | undefined {
  const [ip = '', length = '', ...rest] = text.split('/');
  const address = parseIp(ip);
  if (!address || rest.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > address.bits) return undefined;
  return { address, prefix: Number(length) };
}

/** The block's first address. */
export function networkAddress({ address, prefix }: Cidr): IpAddress {
  const host = BigInt(address.bits - prefix);
  return { bits: address.bits, value: (address.value >> host) << host };
}

export function cidrContains(cidr: Cidr | string, ip: IpAddress | string): boolean {
  const block = typeof cidr === 'string' ? parseCidr(cidr) : cidr;
  const address = typeof ip === 'string' ? parseIp(ip) : ip;
  if (!block || !address || block.address.bits !== address.bits) return false;
  const host = BigInt(block.address.bits - block.prefix);
  return block.address.value >> host === address.value >> host;
}

/** The canonical text (RFC 5952 for IPv6). */
export function formatIp({ bits, value }: IpAddress): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(':');
  const runs = [...groups.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)]
    .map((m) => m[0])
    .sort((a, b) => b.replace(/^:/, '').length - a.replace(/^:/, '').length);
  const longest = runs[0];
  if (!longest) return groups;
  const at = groups.indexOf(longest);
  return `${groups.slice(0, at)}::${groups.slice(at + longest.length).replace(/^:/, '')}`;
}

export { isIPv4, isIPv6 };
