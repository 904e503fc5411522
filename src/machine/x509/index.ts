export {
  type Certificate,
  certificatePem,
  createCa,
  isSignedBy,
  issueCertificate,
  parseCertificate,
  parseCertificateDer,
  type Signer,
} from './certificate.ts';
export { isExtendedUsage } from './extensions.ts';
export {
  type Curve,
  ecKey,
  ed25519Key,
  type KeyPair,
  parsePrivateKey,
  privateKeyPem,
  publicKeyDer,
  rsaKey,
} from './keys.ts';
export {
  attribute,
  commonName,
  type DistinguishedName,
  formatRfc2253,
  identityName,
  organizations,
} from './names.ts';
export { findPem, readPem, toPem } from './pem.ts';
export { createSigningRequest, parseSigningRequest, type SigningRequest, signingRequestPem } from './signing-request.ts';
export { type VerifyOptions, verifyCertificate } from './verify.ts';
