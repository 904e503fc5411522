import { isIPv4 } from 'node:net';

export function encodeIp(text: string): Buffer {
  if (isIPv4(text)) return Buffer.from(text.split('.').map(Number));
  const [head = '', tail] = text.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const [left, right] = [groups(head), groups(tail)];
  const all = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

export function decodeIp(octets: Buffer): string {
  if (octets.length === 4) return [...octets].join('.');
  const groups = (octets.toString('hex').match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, ''));
  const runs = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map((m) => m[0]).sort((a, b) => b.length - a.length);
  const longest = runs[0];
  if (!longest) return groups.join(':');
  const joined = groups.join(':');
  const at = joined.indexOf(longest);
  return `${joined.slice(0, at)}::${joined.slice(at + longest.length).replace(/^:/, '')}`;
}
