import type { KeyObject } from 'node:crypto';
import type { KeyPair } from '../../../machine/x509/index.ts';

/** Colon-separated octets in lines of `perLine`, each line indented. */
export function octetLines(bytes: Uint8Array, indent: number, perLine = 15): string {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  const lines: string[] = [];
  for (let at = 0; at < pairs.length; at += perLine) lines.push(pairs.slice(at, at + perLine).join(':'));
  return `${lines.map((line) => ' '.repeat(indent) + line).join(':\n')}\n`;
}

export const upperOctets = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(':');

const decodeField = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');
/** A leading zero octet keeps a number positive. */
const positive = (bytes: Buffer): Buffer => ((bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
const exponentText = (bytes: Buffer): string => `${BigInt(`0x${bytes.toString('hex')}`)} (0x${BigInt(`0x${bytes.toString('hex')}`).toString(16)})`;

const CURVES: Readonly<Record<string, { bits: number; asn1: string; nist: string }>> = {
  'P-256': { bits: 256, asn1: 'prime256v1', nist: 'P-256' },
  'P-384': { bits: 384, asn1: 'secp384r1', nist: 'P-384' },
  'P-521': { bits: 521, asn1: 'secp521r1', nist: 'P-521' },
};

export const modulusOf = (key: KeyObject): Buffer => decodeField(key.export({ format: 'jwk' }).n);

export function keyBits(key: KeyObject): number {
  if (key.asymmetricKeyType === 'rsa') return key.asymmetricKeyDetails?.modulusLength ?? 0;
  return key.asymmetricKeyType === 'ec' ? (CURVES[key.export({ format: 'jwk' }).crv ?? '']?.bits ?? 0) : 256;
}

/** What stands behind "Public Key Algorithm". */
export const keyAlgorithm = (key: KeyObject): string =>
  key.asymmetricKeyType === 'rsa' ? 'rsaEncryption' : key.asymmetricKeyType === 'ec' ? 'id-ecPublicKey' : 'ED25519';

export function publicKeyText(key: KeyObject, indent: number): string {
  const pad = ' '.repeat(indent);
  const jwk = key.export({ format: 'jwk' });
  if (jwk.kty === 'RSA') {
    const modulus = octetLines(positive(decodeField(jwk.n)), indent + 4);
    return `${pad}Public-Key: (${keyBits(key)} bit)\n${pad}Modulus:\n${modulus}${pad}Exponent: ${exponentText(decodeField(jwk.e))}\n`;
  }
  if (jwk.kty === 'EC') return `${pad}Public-Key: (${keyBits(key)} bit)\n${pad}pub:\n${pointText(jwk, indent)}`;
  return `${pad}ED25519 Public-Key:\n${pad}pub:\n${octetLines(decodeField(jwk.x), indent + 4)}`;
}

type Jwk = ReturnType<KeyObject['export']> extends infer T ? Extract<T, { kty?: string | undefined }> : never;

function pointText(jwk: Jwk, indent: number): string {
  const pad = ' '.repeat(indent);
  const point = Buffer.concat([Buffer.from([4]), decodeField(jwk.x), decodeField(jwk.y)]);
  const curve = CURVES[jwk.crv ?? ''];
  return `${octetLines(point, indent + 4)}${pad}ASN1 OID: ${curve?.asn1}\n${pad}NIST CURVE: ${curve?.nist}\n`;
}

const RSA_PARTS = [
  ['privateExponent', 'd'],
  ['prime1', 'p'],
  ['prime2', 'q'],
  ['exponent1', 'dp'],
  ['exponent2', 'dq'],
  ['coefficient', 'qi'],
] as const;

export function privateKeyText({ privateKey }: KeyPair): string {
  const jwk = privateKey.export({ format: 'jwk' });
  if (jwk.kty === 'RSA') {
    const part = (title: string, value: string | undefined) => `${title}:\n${octetLines(positive(decodeField(value)), 4)}`;
    const head = `Private-Key: (${keyBits(privateKey)} bit, 2 primes)\n${part('modulus', jwk.n)}publicExponent: ${exponentText(decodeField(jwk.e))}\n`;
    return head + RSA_PARTS.map(([title, field]) => part(title, jwk[field])).join('');
  }
  const secret = `priv:\n${octetLines(decodeField(jwk.d), 4)}pub:\n`;
  if (jwk.kty === 'EC') return `Private-Key: (${keyBits(privateKey)} bit)\n${secret}${pointText(jwk, 0)}`;
  return `ED25519 Private-Key:\n${secret}${octetLines(decodeField(jwk.x), 4)}`;
}
