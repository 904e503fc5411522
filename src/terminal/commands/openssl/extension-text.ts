import { children, type DerNode, nth, readAll, readInteger, readOid, TAG } from '../../../machine/x509/der.ts';
import { decodeIp } from '../../../machine/x509/ip-octets.ts';
import { decodeName } from '../../../machine/x509/names.ts';
import { EXTENDED_USAGE_NAMES, EXTENSION_IDS, type Extension, KEY_USAGE_NAMES } from './extension-values.ts';
import { upperOctets } from './key-text.ts';
import { nameText } from './names.ts';

const TITLES: Readonly<Record<string, string>> = {
  subjectKeyIdentifier: 'X509v3 Subject Key Identifier',
  keyUsage: 'X509v3 Key Usage',
  subjectAltName: 'X509v3 Subject Alternative Name',
  basicConstraints: 'X509v3 Basic Constraints',
  authorityKeyIdentifier: 'X509v3 Authority Key Identifier',
  extendedKeyUsage: 'X509v3 Extended Key Usage',
  nsComment: 'Netscape Comment',
};
const NAMES = new Map(Object.entries(EXTENSION_IDS).map(([name, id]) => [id, name]));

/** The short name by which `-ext` picks it. */
export const shortName = (id: string): string => NAMES.get(id) ?? id;

export function extensionText(extension: Extension, indent: number): string {
  const pad = ' '.repeat(indent);
  const name = shortName(extension.id);
  return `${pad}${TITLES[name] ?? extension.id}: ${extension.critical ? 'critical' : ''}\n${pad}    ${valueText(name, extension.value)}\n`;
}

function valueText(name: string, value: Buffer): string {
  try {
    const node = nth(readAll(value), 0);
    if (name === 'subjectKeyIdentifier') return upperOctets(node.content);
    if (name === 'keyUsage') return usageText(node);
    if (name === 'extendedKeyUsage') return children(node).map(extendedUsageText).join(', ');
    if (name === 'subjectAltName') return children(node).map(generalNameText).join(', ') || '<EMPTY>\n';
    if (name === 'basicConstraints') return constraintsText(node);
    if (name === 'authorityKeyIdentifier') return authorityText(node);
    if (name === 'nsComment') return node.content.toString('latin1');
  } catch {
    return printable(value);
  }
  return printable(value);
}

const printable = (value: Buffer): string => value.toString('latin1').replace(/[^\x20-\x7e]/g, '.');

const usageText = (node: DerNode): string =>
  KEY_USAGE_NAMES.filter((_, n) => ((node.content[1 + (n >> 3)] ?? 0) & (0x80 >> (n & 7))) !== 0)
    .map(([, long]) => long)
    .join(', ');

function extendedUsageText(node: DerNode): string {
  const id = readOid(node);
  return EXTENDED_USAGE_NAMES.find(([, , known]) => known === id)?.[1] ?? id;
}

function generalNameText(node: DerNode): string {
  const text = node.content.toString('latin1');
  if (node.tag === 0x81) return `email:${text}`;
  if (node.tag === 0x82) return `DNS:${text}`;
  if (node.tag === 0x86) return `URI:${text}`;
  if (node.tag === 0x87) return `IP Address:${addressText(node.content)}`;
  if (node.tag === 0x88) return `Registered ID:${readOid(node)}`;
  return node.tag === 0xa4 ? `DirName:${nameText(decodeName(nth(children(node), 0)))}` : 'othername:<unsupported>';
}

/** IPv6 is written out in full groups without leading zeros. */
function addressText(octets: Buffer): string {
  if (octets.length !== 16) return decodeIp(octets);
  return Array.from({ length: 8 }, (_, n) =>
    octets
      .readUInt16BE(n * 2)
      .toString(16)
      .toUpperCase(),
  ).join(':');
}

function constraintsText(node: DerNode): string {
  const parts = children(node);
  const limit = parts.find((part) => part.tag === TAG.integer);
  const isCa = parts[0]?.tag === TAG.boolean && parts[0].content[0] !== 0;
  return `CA:${isCa ? 'TRUE' : 'FALSE'}${limit ? `, pathlen:${readInteger(limit)}` : ''}`;
}

function authorityText(node: DerNode): string {
  const parts = children(node);
  const keyId = parts.find((part) => part.tag === 0x80);
  const issuer = parts.find((part) => part.tag === 0xa1);
  const serial = parts.find((part) => part.tag === 0x82);
  if (keyId && !issuer && !serial) return upperOctets(keyId.content);
  const lines = [
    keyId && `keyid:${upperOctets(keyId.content)}`,
    issuer && generalNameText(nth(children(issuer), 0)),
    serial && `serial:${upperOctets(serial.content)}`,
  ];
  return lines.filter(Boolean).join('\n                ');
}
