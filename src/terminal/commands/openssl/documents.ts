import type { KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';
import {
  bitString,
  children,
  context,
  type DerNode,
  integer,
  nth,
  oid,
  readAll,
  readInteger,
  readOid,
  sequence,
  set,
  time,
} from '../../../machine/x509/der.ts';
import { type Digest, type KeyPair, publicKeyDer, signatureAlgorithm, signatureName, signBytes, verifyBytes } from '../../../machine/x509/keys.ts';
import { type DistinguishedName, decodeName, encodeName } from '../../../machine/x509/names.ts';
import { extensionText } from './extension-text.ts';
import { decodeExtensionList, type Extension, encodeExtension } from './extension-values.ts';
import { keyAlgorithm, octetLines, publicKeyText } from './key-text.ts';
import { nameText } from './names.ts';

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';

/** The parts that certificates and requests share. */
interface Signed {
  readonly der: Buffer;
  readonly subject: DistinguishedName;
  /** The subject as it is encoded. */
  readonly rawSubject: Buffer;
  readonly spki: Buffer;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Extension[];
  readonly algorithm: string;
  readonly signed: Buffer;
  readonly signature: Buffer;
}

export interface RequestDocument extends Signed {
  readonly valid: boolean;
}

export interface CertificateDocument extends Signed {
  readonly version: number;
  readonly serial: bigint;
  readonly issuer: DistinguishedName;
  readonly notBefore: DerNode;
  readonly notAfter: DerNode;
}

const readKey = (spki: Buffer): KeyObject => createPublicKey({ key: spki, format: 'der', type: 'spki' });

function frame(der: Buffer): { body: DerNode; algorithm: string; signature: Buffer } {
  const parts = children(nth(readAll(der), 0));
  return { body: nth(parts, 0), algorithm: readOid(nth(children(nth(parts, 1)), 0)), signature: nth(parts, 2).content.subarray(1) };
}

/** Throws where the bytes are no request. */
export function readRequest(der: Buffer): RequestDocument {
  const { body, algorithm, signature } = frame(der);
  const fields = children(body);
  const spki = nth(fields, 2).raw;
  const publicKey = readKey(spki);
  const attributes = fields[3] ? children(fields[3]) : [];
  const wanted = attributes.find((one) => readOid(nth(children(one), 0)) === EXTENSION_REQUEST);
  const subject = nth(fields, 1);
  return {
    der,
    subject: decodeName(subject),
    rawSubject: subject.raw,
    spki,
    publicKey,
    extensions: wanted ? decodeExtensionList(nth(children(nth(children(wanted), 1)), 0)) : [],
    algorithm,
    signed: body.raw,
    signature,
    valid: verifyBytes(publicKey, algorithm, body.raw, signature),
  };
}

/** Throws where the bytes are no certificate. */
export function readCertificate(der: Buffer): CertificateDocument {
  const { body, algorithm, signature } = frame(der);
  const all = children(body);
  const explicit = all[0]?.tag === 0xa0;
  const fields = explicit ? all.slice(1) : all;
  const [validity, subject, spki] = [children(nth(fields, 3)), nth(fields, 4), nth(fields, 5).raw];
  const list = fields.find((field) => field.tag === 0xa3);
  return {
    der,
    version: explicit && all[0] ? Number(readInteger(nth(children(all[0]), 0))) : 0,
    serial: readInteger(nth(fields, 0)),
    issuer: decodeName(nth(fields, 2)),
    notBefore: nth(validity, 0),
    notAfter: nth(validity, 1),
    subject: decodeName(subject),
    rawSubject: subject.raw,
    spki,
    publicKey: readKey(spki),
    extensions: list ? decodeExtensionList(nth(children(list), 0)) : [],
    algorithm,
    signed: body.raw,
    signature,
  };
}

const sign = (body: Buffer, { privateKey }: KeyPair, digest: Digest): Buffer =>
  sequence(body, signatureAlgorithm(privateKey, digest), bitString(signBytes(privateKey, body, digest)));

export function makeRequest(subject: DistinguishedName, key: KeyPair, extensions: readonly Extension[], digest: Digest): Buffer {
  const wanted = extensions.length > 0 ? [sequence(oid(EXTENSION_REQUEST), set(sequence(...extensions.map(encodeExtension))))] : [];
  return sign(sequence(integer(0), encodeName(subject, 'utf8'), publicKeyDer(key.publicKey), context(0, ...wanted)), key, digest);
}

export interface CertificateOrder {
  readonly serial: bigint;
  readonly rawIssuer: Buffer;
  readonly rawSubject: Buffer;
  readonly spki: Buffer;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly extensions: readonly Extension[];
}

/** Version 3 with extensions, else version 1. */
export function makeCertificate(order: CertificateOrder, key: KeyPair, digest: Digest): Buffer {
  const { extensions } = order;
  const body = sequence(
    ...(extensions.length > 0 ? [context(0, integer(2))] : []),
    integer(order.serial),
    signatureAlgorithm(key.privateKey, digest),
    order.rawIssuer,
    sequence(time(order.notBefore), time(order.notAfter)),
    order.rawSubject,
    order.spki,
    ...(extensions.length > 0 ? [context(3, sequence(...extensions.map(encodeExtension)))] : []),
  );
  return sign(body, key, digest);
}

export const rawName = (name: DistinguishedName): Buffer => encodeName(name, 'utf8');

const keyBlock = ({ publicKey }: Signed): string =>
  `        Subject Public Key Info:\n            Public Key Algorithm: ${keyAlgorithm(publicKey)}\n${publicKeyText(publicKey, 16)}`;

const signatureBlock = ({ algorithm, signature }: Signed): string =>
  `    Signature Algorithm: ${signatureName(algorithm)}\n    Signature Value:\n${octetLines(signature, 8, 18)}`;

export function requestText(request: RequestDocument, nameOption?: string): string {
  const asked = request.extensions.map((one) => extensionText(one, 16)).join('');
  const attributes = `        Attributes:\n${asked === '' ? '            (none)\n' : ''}            Requested Extensions:\n${asked}`;
  const head = `Certificate Request:\n    Data:\n        Version: 1 (0x0)\n        Subject: ${nameText(request.subject, nameOption)}\n`;
  return head + keyBlock(request) + attributes + signatureBlock(request);
}

export function certificateText(certificate: CertificateDocument, nameOption?: string): string {
  const { version, extensions } = certificate;
  const listed = extensions.length > 0 ? `        X509v3 extensions:\n${extensions.map((one) => extensionText(one, 12)).join('')}` : '';
  return (
    `Certificate:\n    Data:\n        Version: ${version + 1} (0x${version.toString(16)})\n        Serial Number:${serialText(certificate.serial)}\n` +
    `        Signature Algorithm: ${signatureName(certificate.algorithm)}\n        Issuer: ${nameText(certificate.issuer, nameOption)}\n` +
    `        Validity\n            Not Before: ${dateText(certificate.notBefore)}\n            Not After : ${dateText(certificate.notAfter)}\n` +
    `        Subject: ${nameText(certificate.subject, nameOption)}\n` +
    keyBlock(certificate) +
    listed +
    signatureBlock(certificate)
  );
}

const hexOf = (serial: bigint): string => {
  const hex = serial.toString(16);
  return hex.padStart(hex.length + (hex.length % 2), '0');
};

/** A small number in full, a large one as octets on a line of its own. */
const serialText = (serial: bigint): string =>
  serial < 1n << 63n ? ` ${serial} (0x${serial.toString(16)})` : `\n            ${(hexOf(serial).match(/../g) ?? []).join(':')}`;

export const serialHex = (serial: bigint): string => hexOf(serial).toUpperCase();

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `Nov  1 00:42:06 2026 GMT` of a UTCTime or GeneralizedTime. */
export function dateText(node: DerNode): string {
  const digits = node.content.toString('latin1');
  const full = node.tag === 0x17 ? `${Number(digits.slice(0, 2)) < 50 ? '20' : '19'}${digits}` : digits;
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?/.exec(full) ?? [];
  return `${MONTHS[Number(month) - 1]} ${String(Number(day)).padStart(2)} ${hour}:${minute}:${second ?? '00'} ${year} GMT`;
}
