/** IPv4 arithmetic; an address is a whole number below 2^32. */
export function parseAddress(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

export const formatAddress = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');

export const isAddress = (text: string): boolean => parseAddress(text) !== undefined;

export const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';

export function inCidr(address: string, cidr: string): boolean {
  const [base = '', bits = '32'] = cidr.split('/');
  const a = parseAddress(address);
  const b = parseAddress(base);
  if (a === undefined || b === undefined) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(a / size) === Math.floor(b / size);
}

/** The nth address of a range: `addressAt('10.244.1.0/24', 2)` is 10.244.1.2. */
export function addressAt(cidr: string, index: number): string {
  const base = parseAddress(cidr.split('/')[0] ?? '') ?? 0;
  return formatAddress(base + index);
}

export function sizeOf(cidr: string): number {
  return 2 ** (32 - Number(cidr.split('/')[1] ?? '32'));
}
