import { isIP } from 'node:net';
import { FileError, type Machine, type TlsServer } from '../../../machine/index.ts';
import { type Certificate, isSignedBy, parseCertificateDer, readPem, verifyCertificate } from '../../../machine/x509/index.ts';

/** Why a server's certificate is not trusted. */
export type Distrust = 'unknown-issuer' | 'self-signed' | 'self-signed-in-chain' | 'expired' | 'not-yet-valid' | 'wrong-host';

/** TLS could not be set up. */
export class TlsError extends Error {
  override readonly name = 'TlsError';
  readonly reason: Distrust | 'no-tls';
  readonly certificate: Certificate | undefined;

  constructor(reason: Distrust | 'no-tls', certificate?: Certificate) {
    super(reason);
    this.reason = reason;
    this.certificate = certificate;
  }
}

const SYSTEM_TRUST = '/etc/ssl/certs/ca-certificates.crt';

export interface TrustOptions {
  readonly host: string;
  readonly now: number;
  /** PEM of the authorities to trust; those of the system where absent. */
  readonly trusted: string | undefined;
}

/** Throws TlsError unless the certificate holds; what is wrong is looked for in OpenSSL's order: the chain, the time, then the name. */
export function verifyServer(machine: Machine, { certificate: pem }: TlsServer, { host, now, trusted }: TrustOptions): void {
  const [leaf, ...rest] = certificatesOf(pem);
  if (!leaf) throw new TlsError('unknown-issuer');
  const roots = certificatesOf(trusted ?? systemTrust(machine));
  const problem = chainProblem(leaf, rest, roots) ?? timeProblem(leaf, now) ?? nameProblem(leaf, host, now);
  if (problem) throw new TlsError(problem, leaf);
}

function chainProblem(leaf: Certificate, rest: readonly Certificate[], roots: readonly Certificate[]): Distrust | undefined {
  const now = leaf.notBefore;
  if (verifyCertificate(leaf, { roots, intermediates: rest, now }) === undefined) return undefined;
  if (isSignedBy(leaf, leaf)) return 'self-signed';
  return rest.some((one) => isSignedBy(one, one)) ? 'self-signed-in-chain' : 'unknown-issuer';
}

function timeProblem({ notBefore, notAfter }: Certificate, now: number): Distrust | undefined {
  if (now < notBefore) return 'not-yet-valid';
  return now > notAfter ? 'expired' : undefined;
}

/** OpenSSL's clients fall back on the subject's name where there are no alternative names. */
function nameProblem(leaf: Certificate, host: string, now: number): Distrust | undefined {
  if (verifyCertificate(leaf, { roots: [leaf], now, host }) === undefined) return undefined;
  const { dns, ips } = leaf.altNames;
  const common = leaf.subject.findLast(([key]) => key === 'CN')?.[1];
  return dns.length + ips.length === 0 && !isIP(host) && common?.toLowerCase() === host.toLowerCase() ? undefined : 'wrong-host';
}

function certificatesOf(pem: string): Certificate[] {
  return readPem(pem).flatMap(({ label, der }) => {
    if (label !== 'CERTIFICATE') return [];
    try {
      return [parseCertificateDer(der)];
    } catch {
      return [];
    }
  });
}

function systemTrust({ files }: Machine): string {
  try {
    return files.readText(SYSTEM_TRUST);
  } catch (error) {
    if (error instanceof FileError) return '';
    throw error;
  }
}
