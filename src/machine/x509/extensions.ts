import {
  bitString,
  children,
  contextString,
  type DerNode,
  integer,
  nth,
  octetString,
  oid,
  readInteger,
  readOid,
  sequence,
  TAG,
  truth,
} from './der.ts';
import { decodeIp, encodeIp } from './ip-octets.ts';

export interface SubjectAltNames {
  readonly dns: readonly string[];
  readonly ips: readonly string[];
}

export const KEY_USAGES = [
  'digital signature',
  'content commitment',
  'key encipherment',
  'data encipherment',
  'key agreement',
  'cert sign',
  'crl sign',
  'encipher only',
  'decipher only',
] as const;
/** Named as in a CertificateSigningRequest's spec.usages. */
export type KeyUsage = (typeof KEY_USAGES)[number];

const EXTENDED: ReadonlyMap<string, string> = new Map([
  ['server auth', '1.3.6.1.5.5.7.3.1'],
  ['client auth', '1.3.6.1.5.5.7.3.2'],
  ['code signing', '1.3.6.1.5.5.7.3.3'],
  ['email protection', '1.3.6.1.5.5.7.3.4'],
  ['timestamping', '1.3.6.1.5.5.7.3.8'],
  ['ocsp signing', '1.3.6.1.5.5.7.3.9'],
]);
const EXTENDED_NAMES = new Map([...EXTENDED].map(([name, id]) => [id, name]));

export interface Extensions {
  readonly keyUsages: readonly string[];
  readonly extendedUsages: readonly string[];
  /** Undefined without basicConstraints. */
  readonly isCa?: boolean;
  readonly pathLength?: number;
  readonly subjectKeyId?: Buffer;
  readonly authorityKeyId?: Buffer;
  readonly altNames: SubjectAltNames;
}

const ID = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  altName: '2.5.29.17',
  constraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extended: '2.5.29.37',
};

/** In the order in which Go's crypto/x509 writes them. */
export function encodeExtensions(e: Extensions): Buffer {
  const list = [
    e.keyUsages.length > 0 ? extension(ID.keyUsage, usageBits(e.keyUsages), true) : undefined,
    e.extendedUsages.length > 0 ? extension(ID.extended, sequence(...e.extendedUsages.map((u) => oid(EXTENDED.get(u) ?? u)))) : undefined,
    e.isCa === undefined ? undefined : extension(ID.constraints, constraints(e.isCa, e.pathLength), true),
    e.subjectKeyId ? extension(ID.subjectKeyId, octetString(e.subjectKeyId)) : undefined,
    e.authorityKeyId ? extension(ID.authorityKeyId, sequence(contextString(0, e.authorityKeyId))) : undefined,
    e.altNames.dns.length + e.altNames.ips.length > 0 ? extension(ID.altName, altNames(e.altNames)) : undefined,
  ];
  return sequence(...list.filter((one) => one !== undefined));
}

const extension = (id: string, value: Buffer, critical = false): Buffer => sequence(oid(id), ...(critical ? [truth()] : []), octetString(value));
const constraints = (isCa: boolean, pathLength?: number): Buffer =>
  sequence(...(isCa ? [truth()] : []), ...(pathLength === undefined ? [] : [integer(pathLength)]));

const altNames = ({ dns, ips }: SubjectAltNames): Buffer =>
  sequence(...dns.map((name) => contextString(2, Buffer.from(name))), ...ips.map((ip) => contextString(7, encodeIp(ip))));

function usageBits(usages: readonly string[]): Buffer {
  const positions = usages.map((usage) => KEY_USAGES.indexOf(usage as KeyUsage)).filter((n) => n >= 0);
  const bytes = Buffer.alloc(positions.some((n) => n > 7) ? 2 : 1);
  for (const n of positions) bytes[n >> 3] = (bytes[n >> 3] ?? 0) | (0x80 >> (n & 7));
  const last = bytes.at(-1) ?? 0;
  return bitString(bytes, last === 0 ? 0 : Math.log2(last & -last));
}

export const isExtendedUsage = (usage: string): boolean => EXTENDED.has(usage);

/** Reads a SEQUENCE OF Extension. */
export function decodeExtensions(node: DerNode): Extensions {
  const values = new Map(children(node).map((one) => [readOid(nth(children(one), 0)), children(one).at(-1)?.content ?? Buffer.alloc(0)]));
  const inside = (id: string): DerNode | undefined => {
    const value = values.get(id);
    return value ? nth(readOne(value), 0) : undefined;
  };
  const [usage, extended, basic, subject, authority] = [ID.keyUsage, ID.extended, ID.constraints, ID.subjectKeyId, ID.authorityKeyId].map(inside);
  const limit = basic && children(basic).find((part) => part.tag === TAG.integer);
  const issuerKey = authority && children(authority).find((part) => part.tag === 0x80);
  return {
    keyUsages: usage ? KEY_USAGES.filter((_, n) => ((usage.content[1 + (n >> 3)] ?? 0) & (0x80 >> (n & 7))) !== 0) : [],
    extendedUsages: extended ? children(extended).map((one) => EXTENDED_NAMES.get(readOid(one)) ?? readOid(one)) : [],
    ...(basic ? { isCa: children(basic)[0]?.content[0] === 0xff && children(basic)[0]?.tag === TAG.boolean } : {}),
    ...(limit ? { pathLength: Number(readInteger(limit)) } : {}),
    ...(subject ? { subjectKeyId: subject.content } : {}),
    ...(issuerKey ? { authorityKeyId: issuerKey.content } : {}),
    altNames: decodeAltNames(inside(ID.altName)),
  };
}

const readOne = (value: Buffer): DerNode[] => children({ tag: TAG.sequence, content: value, raw: value });

function decodeAltNames(node: DerNode | undefined): SubjectAltNames {
  const parts = node ? children(node) : [];
  return {
    dns: parts.filter((p) => p.tag === 0x82).map((p) => p.content.toString('latin1')),
    ips: parts.filter((p) => p.tag === 0x87).map((p) => decodeIp(p.content)),
  };
}
