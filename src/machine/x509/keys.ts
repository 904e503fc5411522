import { createECDH, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { integer, nothing, octetString, oid, sequence } from './der.ts';
import { readPem, toPem } from './pem.ts';
import { generateRsa } from './rsa.ts';

/** A private key and what belongs to it; made from given bytes, never from the computer's own chance. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Where key bytes come from: Random fits. */
export interface ByteSource {
  bytes(length: number): Uint8Array;
}

const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export const ed25519Key = (source: ByteSource): KeyPair => fromDer(Buffer.concat([ED25519_PKCS8, source.bytes(32)]), 'pkcs8');

const CURVES = {
  prime256v1: { oid: '1.2.840.10045.3.1.7', size: 32 },
  secp384r1: { oid: '1.3.132.0.34', size: 48 },
} as const;
export type Curve = keyof typeof CURVES;

export function ecKey(source: ByteSource, curve: Curve = 'prime256v1'): KeyPair {
  const { oid: id, size } = CURVES[curve];
  const scalar = Buffer.from(source.bytes(size));
  scalar[0] = (scalar[0] ?? 0) & 0x7f;
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(scalar);
  const point = ecdh.getPublicKey();
  const sec1 = sequence(
    integer(1),
    octetString(scalar),
    Buffer.concat([Buffer.from([0xa1]), lengthOf(point.length + 3), Buffer.from([0x03, point.length + 1, 0]), point]),
  );
  return fromDer(sequence(integer(0), sequence(oid('1.2.840.10045.2.1'), oid(id)), octetString(sec1)), 'pkcs8');
}

const lengthOf = (length: number): Buffer => (length < 0x80 ? Buffer.from([length]) : Buffer.from([0x81, length]));

export function rsaKey(source: ByteSource, bits = 2048): KeyPair {
  return fromDer(generateRsa(source, bits), 'pkcs1');
}

function fromDer(der: Buffer, type: 'pkcs8' | 'pkcs1'): KeyPair {
  const privateKey = createPrivateKey({ key: der, format: 'der', type });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** Reads any private key PEM (PKCS#8, PKCS#1, SEC1); undefined when there is none or it is encrypted. */
export function parsePrivateKey(pem: string): KeyPair | undefined {
  const block = readPem(pem).find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (!block) return undefined;
  try {
    const privateKey = createPrivateKey(toPem(block.label, block.der));
    return { privateKey, publicKey: createPublicKey(privateKey) };
  } catch {
    return undefined;
  }
}

/** PKCS#8, as openssl writes new keys; `traditional` gives `RSA PRIVATE KEY` or `EC PRIVATE KEY`. */
export function privateKeyPem({ privateKey }: KeyPair, traditional = false): string {
  const kind = privateKey.asymmetricKeyType;
  const type = traditional && kind === 'rsa' ? 'pkcs1' : traditional && kind === 'ec' ? 'sec1' : 'pkcs8';
  return privateKey.export({ format: 'pem', type }).toString();
}

export const publicKeyDer = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });
export const publicKeyFromDer = (spki: Uint8Array): KeyObject => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });

const SIGNATURES = {
  ed25519: { id: '1.3.101.112', name: 'ED25519', parameters: false, digest: null },
  rsa: { id: '1.2.840.113549.1.1.11', name: 'sha256WithRSAEncryption', parameters: true, digest: 'sha256' },
  ec: { id: '1.2.840.10045.4.3.2', name: 'ecdsa-with-SHA256', parameters: false, digest: 'sha256' },
} as const;

const OTHER_DIGESTS: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
]);

function signatureOf(key: KeyObject): (typeof SIGNATURES)[keyof typeof SIGNATURES] {
  const type = key.asymmetricKeyType;
  if (type === 'rsa' || type === 'ec' || type === 'ed25519') return SIGNATURES[type];
  throw new RangeError(`kubeproctor does not simulate ${type} keys`);
}

export type Digest = 'sha256' | 'sha384' | 'sha512';

const WITH_DIGEST: Readonly<Record<string, string>> = {
  'rsa sha384': '1.2.840.113549.1.1.12',
  'rsa sha512': '1.2.840.113549.1.1.13',
  'ec sha384': '1.2.840.10045.4.3.3',
  'ec sha512': '1.2.840.10045.4.3.4',
};

export function signatureAlgorithm(key: KeyObject, digest: Digest = 'sha256'): Buffer {
  const { id, parameters } = signatureOf(key);
  const algorithm = oid(WITH_DIGEST[`${key.asymmetricKeyType} ${digest}`] ?? id);
  return parameters ? sequence(algorithm, nothing()) : sequence(algorithm);
}

export const signBytes = (key: KeyObject, bytes: Uint8Array, digest: Digest = 'sha256'): Buffer =>
  sign(signatureOf(key).digest === null ? null : digest, bytes, key);

export function verifyBytes(key: KeyObject, algorithm: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const known = Object.values(SIGNATURES).find(({ id }) => id === algorithm);
  const digest = known ? known.digest : OTHER_DIGESTS.get(algorithm);
  return digest !== undefined && verify(digest, bytes, key, signature);
}

/** The name openssl prints for a signature algorithm's OID. */
export function signatureName(algorithm: string): string {
  const digest = OTHER_DIGESTS.get(algorithm);
  if (digest) return algorithm.startsWith('1.2.840.113549') ? `${digest}WithRSAEncryption` : `ecdsa-with-${digest.toUpperCase()}`;
  return Object.values(SIGNATURES).find(({ id }) => id === algorithm)?.name ?? algorithm;
}
