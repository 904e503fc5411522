import type { Clock, Random } from '../../clock/index.ts';
import {
  certificatePem,
  createCa,
  ecKey,
  identityName,
  issueCertificate,
  type KeyPair,
  privateKeyPem,
  rsaKey,
  type Signer,
} from '../../machine/x509/index.ts';

const YEAR = 365 * 24 * 3600_000;

/** A certificate and its private key, as PEM. */
export interface Credential {
  readonly certificate: string;
  readonly key: string;
}

/** The cluster's certificate authority and the key behind service account tokens. Keys are made when first needed. */
export interface Authority {
  readonly ca: Signer;
  /** PEM. */
  readonly caCertificate: string;
  readonly tokenKey: KeyPair;
  /** For a user: common name and organisations. */
  clientCredential(user: string, groups: readonly string[]): Credential;
  serverCredential(commonName: string, names: { readonly dns: readonly string[]; readonly ips: readonly string[] }): Credential;
}

export function createAuthority(clock: Clock): Authority {
  const random = clock.random.fork('certificate authority');
  const start = clock.now();
  const ca = createCa({ commonName: 'kubernetes', key: ecKey(random), notBefore: start - 300_000, notAfter: start + 10 * YEAR });
  const tokens = lazy(() => rsaKey(clock.random.fork('service account tokens'), 1024));
  const issue = (
    subject: ReturnType<typeof identityName>,
    usage: string,
    altNames?: { dns: readonly string[]; ips: readonly string[] },
  ): Credential => {
    const key = ecKey(random);
    const certificate = issueCertificate(
      {
        subject,
        publicKey: key.publicKey,
        notBefore: start - 300_000,
        notAfter: start + YEAR,
        serial: serialOf(random),
        keyUsages: ['digital signature', 'key encipherment'],
        extendedUsages: [usage],
        ...(altNames ? { altNames } : {}),
      },
      ca,
    );
    return { certificate: certificatePem(certificate), key: privateKeyPem(key) };
  };
  return {
    ca,
    caCertificate: certificatePem(ca.certificate),
    get tokenKey() {
      return tokens();
    },
    clientCredential: (user, groups) => issue(identityName(user, groups), 'client auth'),
    serverCredential: (commonName, names) => issue([['CN', commonName]], 'server auth', names),
  };
}

const serialOf = (random: Random): bigint => BigInt(`0x${random.hex(15)}`) + 1n;

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
