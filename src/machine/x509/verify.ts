import { isIP } from 'node:net';
import { type Certificate, isSignedBy } from './certificate.ts';
import { decodeIp, encodeIp } from './ip-octets.ts';

export interface VerifyOptions {
  readonly roots: readonly Certificate[];
  readonly intermediates?: readonly Certificate[];
  readonly now: number;
  /** `client auth` or `server auth`. */
  readonly usage?: string;
  /** A DNS name or an address that the certificate must be good for. */
  readonly host?: string;
}

const goTime = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;

/** Undefined for a good certificate, else what Go's crypto/x509 says. */
export function verifyCertificate(certificate: Certificate, options: VerifyOptions): string | undefined {
  const expired = validity(certificate, options.now);
  if (expired) return expired;
  const host = options.host === undefined ? undefined : hostProblem(certificate, options.host);
  if (host) return host;
  if (!chains(certificate, options, 4)) return 'x509: certificate signed by unknown authority';
  if (options.usage && certificate.extendedUsages.length > 0 && !certificate.extendedUsages.includes(options.usage)) {
    return 'x509: certificate specifies an incompatible key usage';
  }
  return undefined;
}

function validity({ notBefore, notAfter }: Certificate, now: number): string | undefined {
  const head = 'x509: certificate has expired or is not yet valid: current time';
  if (now < notBefore) return `${head} ${goTime(now)} is before ${goTime(notBefore)}`;
  return now > notAfter ? `${head} ${goTime(now)} is after ${goTime(notAfter)}` : undefined;
}

function chains(certificate: Certificate, options: VerifyOptions, depth: number): boolean {
  if (options.roots.some((root) => root.der.equals(certificate.der) || isSignedBy(certificate, root))) return true;
  if (depth === 0) return false;
  return (options.intermediates ?? []).some((one) => one.isCa && isSignedBy(certificate, one) && chains(one, options, depth - 1));
}

function hostProblem({ altNames }: Certificate, host: string): string | undefined {
  if (isIP(host)) {
    if (altNames.ips.includes(decodeIp(encodeIp(host)))) return undefined;
    if (altNames.ips.length === 0) return `x509: cannot validate certificate for ${host} because it doesn't contain any IP SANs`;
    return `x509: certificate is valid for ${altNames.ips.join(', ')}, not ${host}`;
  }
  if (altNames.dns.some((pattern) => matchesHost(pattern, host))) return undefined;
  if (altNames.dns.length === 0) return `x509: certificate is not valid for any names, but wanted to match ${host}`;
  return `x509: certificate is valid for ${altNames.dns.join(', ')}, not ${host}`;
}

function matchesHost(pattern: string, host: string): boolean {
  const [want, have] = [pattern.toLowerCase().split('.'), host.toLowerCase().replace(/\.$/, '').split('.')];
  return want.length === have.length && want.every((label, i) => label === have[i] || (i === 0 && label === '*'));
}
