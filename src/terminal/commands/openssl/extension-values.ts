import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import {
  bitString,
  children,
  contextString,
  type DerNode,
  encode,
  integer,
  nth,
  octetString,
  oid,
  readAll,
  readOid,
  sequence,
  TAG,
  truth,
  utf8String,
} from '../../../machine/x509/der.ts';
import { encodeIp } from '../../../machine/x509/ip-octets.ts';
import type { Configuration } from './configuration.ts';

/** An extension as it lies in a certificate or a request. */
export interface Extension {
  readonly id: string;
  readonly critical: boolean;
  readonly value: Buffer;
}

/** What an extension's value may refer to. */
export interface ExtensionContext {
  readonly configuration?: Configuration | undefined;
  /** Of the subject's key, and of the issuer's. */
  readonly subjectKeyId?: Buffer | undefined;
  readonly issuerKeyId?: Buffer | undefined;
}

/** What OpenSSL's error queue says about a value. */
export class ExtensionError extends Error {
  override readonly name = 'ExtensionError';
}

export const EXTENSION_IDS: Readonly<Record<string, string>> = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  nsComment: '2.16.840.1.113730.1.13',
};

/** Short name, then the name in texts; in the order of their bits. */
export const KEY_USAGE_NAMES = [
  ['digitalSignature', 'Digital Signature'],
  ['nonRepudiation', 'Non Repudiation'],
  ['keyEncipherment', 'Key Encipherment'],
  ['dataEncipherment', 'Data Encipherment'],
  ['keyAgreement', 'Key Agreement'],
  ['keyCertSign', 'Certificate Sign'],
  ['cRLSign', 'CRL Sign'],
  ['encipherOnly', 'Encipher Only'],
  ['decipherOnly', 'Decipher Only'],
] as const;

export const EXTENDED_USAGE_NAMES = [
  ['serverAuth', 'TLS Web Server Authentication', '1.3.6.1.5.5.7.3.1'],
  ['clientAuth', 'TLS Web Client Authentication', '1.3.6.1.5.5.7.3.2'],
  ['codeSigning', 'Code Signing', '1.3.6.1.5.5.7.3.3'],
  ['emailProtection', 'E-mail Protection', '1.3.6.1.5.5.7.3.4'],
  ['timeStamping', 'Time Stamping', '1.3.6.1.5.5.7.3.8'],
  ['OCSPSigning', 'OCSP Signing', '1.3.6.1.5.5.7.3.9'],
  ['anyExtendedKeyUsage', 'Any Extended Key Usage', '2.5.29.37.0'],
] as const;

/** SHA-1 of the public key's bits. */
export const keyIdentifier = (spki: Buffer): Buffer =>
  createHash('sha1')
    .update(nth(children(nth(readAll(spki), 0)), 1).content.subarray(1))
    .digest();

/** `subjectAltName = critical, DNS:a`; undefined for one that asks to be left out. */
export function makeExtension(name: string, text: string, context: ExtensionContext): Extension | undefined {
  const id = EXTENSION_IDS[name] ?? (/^\d+(\.\d+)+$/.test(name) ? name : undefined);
  if (id === undefined) throw new ExtensionError('11000082:X509 V3 routines:do_ext_nconf:unknown extension name:../crypto/x509/v3_conf.c:88:');
  const critical = /^critical\s*,/.test(text);
  const value = makeValue(name, critical ? text.replace(/^critical\s*,\s*/, '') : text, context);
  return value && { id, critical, value };
}

const items = (text: string): string[] => text.split(',').map((item) => item.trim());

function makeValue(name: string, text: string, context: ExtensionContext): Buffer | undefined {
  if (name === 'subjectAltName') return sequence(...generalNames(text, context.configuration).map(generalName));
  if (name === 'keyUsage') return usageBits(items(text));
  if (name === 'extendedKeyUsage') return sequence(...items(text).map(extendedUsage));
  if (name === 'basicConstraints') return constraints(items(text));
  if (name === 'subjectKeyIdentifier') return text === 'none' || !context.subjectKeyId ? undefined : octetString(context.subjectKeyId);
  if (name === 'authorityKeyIdentifier') return text === 'none' || !context.issuerKeyId ? undefined : sequence(contextString(0, context.issuerKeyId));
  if (name === 'nsComment') return encode(TAG.ia5String, Buffer.from(text));
  const asn1 = /^ASN1:UTF8(?:String)?:(.*)$/.exec(text)?.[1];
  if (asn1 !== undefined) return utf8String(asn1);
  return Buffer.from(text.replace(/^DER:/, '').replaceAll(':', ''), 'hex');
}

function generalNames(text: string, configuration: Configuration | undefined): [string, string][] {
  return items(text).flatMap((item): [string, string][] => {
    if (item.startsWith('@')) {
      const section = configuration?.get(item.slice(1));
      if (!section) throw new ExtensionError('11000096:X509 V3 routines:X509V3_get_section:invalid section:../crypto/x509/v3_utl.c:362:');
      return section.map(([key, value]) => [key.replace(/\..*$/, ''), value]);
    }
    const colon = item.indexOf(':');
    if (colon < 0) throw new ExtensionError('1100007C:X509 V3 routines:v2i_GENERAL_NAME_ex:missing value:../crypto/x509/v3_san.c:607:');
    return [[item.slice(0, colon).trim(), item.slice(colon + 1).trim()]];
  });
}

function generalName([type, value]: readonly [string, string]): Buffer {
  if (type === 'DNS') return contextString(2, Buffer.from(value));
  if (type === 'email') return contextString(1, Buffer.from(value));
  if (type === 'URI') return contextString(6, Buffer.from(value));
  if (type === 'RID') return contextString(8, oid(value).subarray(2));
  if (type !== 'IP')
    throw new ExtensionError(`11000075:X509 V3 routines:v2i_GENERAL_NAME_ex:unsupported option:../crypto/x509/v3_san.c:628:name=${type}`);
  if (!isIP(value)) throw new ExtensionError(`11000076:X509 V3 routines:a2i_GENERAL_NAME:bad ip address:../crypto/x509/v3_san.c:537:value=${value}`);
  return contextString(7, encodeIp(value));
}

function usageBits(names: readonly string[]): Buffer {
  const positions = names.map((name) => KEY_USAGE_NAMES.findIndex(([short, long]) => name === short || name === long));
  const unknown = positions.indexOf(-1);
  if (unknown >= 0)
    throw new ExtensionError(
      `1100006A:X509 V3 routines:v2i_ASN1_BIT_STRING:unknown bit string argument:../crypto/x509/v3_bitst.c:94:section:<NULL>,name:${names[unknown]},value:<NULL>`,
    );
  const bytes = Buffer.alloc(positions.some((n) => n > 7) ? 2 : 1);
  for (const n of positions) bytes[n >> 3] = (bytes[n >> 3] ?? 0) | (0x80 >> (n & 7));
  const last = bytes.at(-1) ?? 0;
  return bitString(bytes, last === 0 ? 0 : Math.log2(last & -last));
}

function extendedUsage(name: string): Buffer {
  const id = EXTENDED_USAGE_NAMES.find(([short, long]) => name === short || name === long)?.[2] ?? (/^\d+(\.\d+)+$/.test(name) ? name : undefined);
  if (id === undefined)
    throw new ExtensionError(
      `1100006E:X509 V3 routines:v2i_EXTENDED_KEY_USAGE:invalid object identifier:../crypto/x509/v3_extku.c:95:section:<NULL>,name:${name},value:<NULL>`,
    );
  return oid(id);
}

function constraints(parts: readonly string[]): Buffer {
  const field = (name: string) => parts.find((part) => part.toLowerCase().startsWith(`${name}:`))?.split(':')[1];
  const length = field('pathlen');
  const isCa = /^(true|y|yes)$/i.test(field('ca') ?? '');
  return sequence(...(isCa ? [truth()] : []), ...(length === undefined ? [] : [integer(Number(length))]));
}

export const encodeExtension = ({ id, critical, value }: Extension): Buffer => sequence(oid(id), ...(critical ? [truth()] : []), octetString(value));

/** Reads a SEQUENCE OF Extension. */
export const decodeExtensionList = (list: DerNode): Extension[] =>
  children(list).map((one) => {
    const parts = children(one);
    return {
      id: readOid(nth(parts, 0)),
      critical: parts[1]?.tag === TAG.boolean && parts[1].content[0] !== 0,
      value: parts.at(-1)?.content ?? Buffer.alloc(0),
    };
  });
