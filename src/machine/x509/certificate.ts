import { createHash, type KeyObject } from 'node:crypto';
import { bitString, children, context, type DerNode, integer, nth, readAll, readInteger, readOid, readTime, sequence, time } from './der.ts';
import { decodeExtensions, type Extensions, encodeExtensions, type SubjectAltNames } from './extensions.ts';
import { type KeyPair, publicKeyDer, publicKeyFromDer, signatureAlgorithm, signBytes, verifyBytes } from './keys.ts';
import { type DistinguishedName, decodeName, encodeName } from './names.ts';
import { findPem, toPem } from './pem.ts';

export interface Certificate extends Extensions {
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly serial: bigint;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: KeyObject;
  /** OID of the signature's algorithm. */
  readonly signatureAlgorithm: string;
  readonly signature: Buffer;
  /** The part that is signed. */
  readonly signed: Buffer;
  readonly der: Buffer;
}

export interface CertificateRequest {
  readonly subject: DistinguishedName;
  readonly publicKey: KeyObject;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly serial: bigint;
  readonly keyUsages?: readonly string[];
  readonly extendedUsages?: readonly string[];
  readonly altNames?: SubjectAltNames;
  readonly isCa?: boolean;
}

/** Who signs: a CA's certificate and its private key. */
export interface Signer {
  readonly certificate: Certificate;
  readonly key: KeyPair;
}

const NO_NAMES: SubjectAltNames = { dns: [], ips: [] };

/** A certificate signed by `signer`. */
export function issueCertificate(request: CertificateRequest, signer: Signer): Certificate {
  return build(request, signer.certificate.subject, signer.key, signer.certificate.subjectKeyId);
}

/** A self-signed CA, as kubeadm makes it. */
export function createCa(options: { commonName: string; key: KeyPair; notBefore: number; notAfter: number; serial?: bigint }): Signer {
  const { commonName, key, notBefore, notAfter, serial = 0n } = options;
  const subject: DistinguishedName = [['CN', commonName]];
  const altNames = { dns: [commonName], ips: [] };
  const keyUsages = ['digital signature', 'key encipherment', 'cert sign'];
  const request = { subject, publicKey: key.publicKey, notBefore, notAfter, serial, keyUsages, altNames, isCa: true };
  return { certificate: build(request, subject, key, undefined), key };
}

function build(request: CertificateRequest, issuer: DistinguishedName, key: KeyPair, authorityKeyId: Buffer | undefined): Certificate {
  const spki = publicKeyDer(request.publicKey);
  const isCa = request.isCa ?? false;
  const extensions: Extensions = {
    keyUsages: request.keyUsages ?? [],
    extendedUsages: request.extendedUsages ?? [],
    isCa,
    ...(isCa ? { subjectKeyId: keyId(spki) } : {}),
    ...(authorityKeyId ? { authorityKeyId } : {}),
    altNames: request.altNames ?? NO_NAMES,
  };
  const algorithm = signatureAlgorithm(key.privateKey);
  const signed = sequence(
    context(0, integer(2)),
    integer(request.serial),
    algorithm,
    encodeName(issuer),
    sequence(time(request.notBefore), time(request.notAfter)),
    encodeName(request.subject),
    spki,
    context(3, encodeExtensions(extensions)),
  );
  return parseCertificateDer(sequence(signed, algorithm, bitString(signBytes(key.privateKey, signed))), request.publicKey);
}

/** SHA-1 of the public key's bits, as RFC 5280 suggests and Go does. */
const keyId = (spki: Buffer): Buffer =>
  createHash('sha1')
    .update(nth(children(nth(readAll(spki), 0)), 1).content.subarray(1))
    .digest();

/** `publicKey` spares reading it where it is known. */
export function parseCertificateDer(der: Buffer, publicKey?: KeyObject): Certificate {
  const [signed, algorithm, signature] = [0, 1, 2].map((n) => nth(children(nth(readAll(der), 0)), n)) as [DerNode, DerNode, DerNode];
  const parts = children(signed);
  const fields = parts[0]?.tag === 0xa0 ? parts.slice(1) : parts;
  const validity = children(nth(fields, 3));
  const extensions = fields.find((field) => field.tag === 0xa3);
  return {
    ...(extensions ? decodeExtensions(nth(children(extensions), 0)) : { keyUsages: [], extendedUsages: [], altNames: NO_NAMES }),
    serial: readInteger(nth(fields, 0)),
    issuer: decodeName(nth(fields, 2)),
    notBefore: readTime(nth(validity, 0)),
    notAfter: readTime(nth(validity, 1)),
    subject: decodeName(nth(fields, 4)),
    publicKey: publicKey ?? publicKeyFromDer(nth(fields, 5).raw),
    signatureAlgorithm: readOid(nth(children(algorithm), 0)),
    signature: signature.content.subarray(1),
    signed: signed.raw,
    der,
  };
}

const LATEST = 256;
const parsed = new Map<string, Certificate>();

/** The first certificate of a PEM text; undefined when there is none or it is broken. The same text gives the same certificate. */
export function parseCertificate(pem: string): Certificate | undefined {
  const known = parsed.get(pem);
  if (known) return known;
  const certificate = readCertificate(pem);
  if (parsed.size >= LATEST) parsed.clear();
  if (certificate) parsed.set(pem, certificate);
  return certificate;
}

function readCertificate(pem: string): Certificate | undefined {
  const block = findPem(pem, 'CERTIFICATE');
  if (!block) return undefined;
  try {
    return parseCertificateDer(block.der);
  } catch {
    return undefined;
  }
}

export const certificatePem = (certificate: Certificate): string => toPem('CERTIFICATE', certificate.der);

const signatures = new WeakMap<Certificate, WeakMap<Certificate, boolean>>();

export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  const byIssuer = signatures.get(certificate) ?? new WeakMap<Certificate, boolean>();
  signatures.set(certificate, byIssuer);
  const signed = byIssuer.get(issuer) ?? isSignatureGood(certificate, issuer);
  byIssuer.set(issuer, signed);
  return signed;
}

const isSignatureGood = (certificate: Certificate, issuer: Certificate): boolean =>
  encodeName(certificate.issuer).equals(encodeName(issuer.subject)) &&
  verifyBytes(issuer.publicKey, certificate.signatureAlgorithm, certificate.signed, certificate.signature);
