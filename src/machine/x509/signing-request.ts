import type { KeyObject } from 'node:crypto';
import { bitString, children, context, type DerNode, integer, nth, oid, readAll, readOid, sequence, set } from './der.ts';
import { decodeExtensions, type Extensions, encodeExtensions, type SubjectAltNames } from './extensions.ts';
import { type KeyPair, publicKeyDer, publicKeyFromDer, signatureAlgorithm, signBytes, verifyBytes } from './keys.ts';
import { type DistinguishedName, decodeName, encodeName } from './names.ts';
import { readPem, toPem } from './pem.ts';

/** A PKCS#10 request, as `openssl req -new` writes it. */
export interface SigningRequest {
  readonly subject: DistinguishedName;
  readonly publicKey: KeyObject;
  readonly altNames: SubjectAltNames;
  readonly keyUsages: readonly string[];
  readonly extendedUsages: readonly string[];
  readonly signatureAlgorithm: string;
  readonly signature: Buffer;
  readonly der: Buffer;
  /** Whether it was signed with the key it names. */
  readonly valid: boolean;
}

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';

export function createSigningRequest(subject: DistinguishedName, key: KeyPair, wanted: Partial<Extensions> = {}): SigningRequest {
  const extensions: Extensions = { keyUsages: [], extendedUsages: [], altNames: { dns: [], ips: [] }, ...wanted };
  const encoded = encodeExtensions(extensions);
  const asks = nth(readAll(encoded), 0).content.length > 0;
  const signed = sequence(
    integer(0),
    encodeName(subject),
    publicKeyDer(key.publicKey),
    context(0, ...(asks ? [sequence(oid(EXTENSION_REQUEST), set(encoded))] : [])),
  );
  const algorithm = signatureAlgorithm(key.privateKey);
  return parseDer(sequence(signed, algorithm, bitString(signBytes(key.privateKey, signed))));
}

export const signingRequestPem = (request: SigningRequest): string => toPem('CERTIFICATE REQUEST', request.der);

/** Undefined when the text holds no sound request. */
export function parseSigningRequest(pem: string): SigningRequest | undefined {
  const block = readPem(pem).find(({ label }) => label === 'CERTIFICATE REQUEST' || label === 'NEW CERTIFICATE REQUEST');
  if (!block) return undefined;
  try {
    return parseDer(block.der);
  } catch {
    return undefined;
  }
}

function parseDer(der: Buffer): SigningRequest {
  const [signed, algorithm, signature] = [0, 1, 2].map((n) => nth(children(nth(readAll(der), 0)), n)) as [DerNode, DerNode, DerNode];
  const [, subject, spki, attributes] = children(signed);
  if (!subject || !spki) throw new RangeError('asn1: structure error: sequence truncated');
  const publicKey = publicKeyFromDer(spki.raw);
  const id = readOid(nth(children(algorithm), 0));
  const bytes = signature.content.subarray(1);
  const { altNames, keyUsages, extendedUsages } = requestedExtensions(attributes);
  return {
    subject: decodeName(subject),
    publicKey,
    altNames,
    keyUsages,
    extendedUsages,
    signatureAlgorithm: id,
    signature: bytes,
    der,
    valid: verifyBytes(publicKey, id, signed.raw, bytes),
  };
}

function requestedExtensions(attributes: DerNode | undefined): Extensions {
  const request = attributes && children(attributes).find((one) => readOid(nth(children(one), 0)) === EXTENSION_REQUEST);
  if (!request) return { keyUsages: [], extendedUsages: [], altNames: { dns: [], ips: [] } };
  return decodeExtensions(nth(children(nth(children(request), 1)), 0));
}
