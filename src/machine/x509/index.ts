export {
  type Certificate,
  type CertificateRequest,
  certificatePem,
  createCa,
  isSignedBy,
  issueCertificate,
  parseCertificate,
  parseCertificateDer,
  type Signer,
  selfSign,
} from './certificate.ts';
export { type Extensions, isExtendedUsage, KEY_USAGES, type KeyUsage, type SubjectAltNames } from './extensions.ts';
export {
  type ByteSource,
  type Curve,
  ecKey,
  ed25519Key,
  type KeyPair,
  parsePrivateKey,
  privateKeyPem,
  publicKeyDer,
  rsaKey,
  sameKey,
  signatureName,
} from './keys.ts';
export {
  attribute,
  commonName,
  type DistinguishedName,
  formatName,
  formatRfc2253,
  identityName,
  organizations,
  parseSubject,
} from './names.ts';
export { findPem, type PemBlock, readPem, toPem } from './pem.ts';
export { createSigningRequest, parseSigningRequest, type SigningRequest, signingRequestPem } from './signing-request.ts';
export { type VerifyOptions, verifyCertificate } from './verify.ts';
