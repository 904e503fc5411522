import { StatusError } from '../../../api/machinery/status-error.ts';
import type { HttpRequest } from '../../../machine/network.ts';
import { commonName, organizations, parseCertificate, verifyCertificate } from '../../../machine/x509/index.ts';
import type { ServerContext } from '../context.ts';
import type { UserInfo } from '../user.ts';
import { readToken } from './tokens.ts';

/** Undefined for a request without credentials; a StatusError for one whose credentials do not hold. */
export type Authenticate = (request: HttpRequest) => UserInfo | StatusError | undefined;

export function createAuthenticator(context: ServerContext): Authenticate {
  return (request) => {
    const certificate = request.clientCertificate ? fromCertificate(context, request.clientCertificate) : undefined;
    if (certificate instanceof StatusError || certificate) return certificate;
    const [scheme = '', token = ''] = (request.headers?.authorization ?? '').split(' ');
    if (scheme.toLowerCase() !== 'bearer') return undefined;
    const reading = readToken(context, token);
    return 'user' in reading ? reading.user : unauthorized();
  };
}

function fromCertificate({ authority, clock }: ServerContext, pem: string): UserInfo | StatusError | undefined {
  const certificate = parseCertificate(pem);
  if (!certificate) return undefined;
  const problem = verifyCertificate(certificate, { roots: [authority.ca.certificate], now: clock.now(), usage: 'client auth' });
  const name = commonName(certificate.subject);
  if (problem) return unauthorized();
  return name ? { name, groups: organizations(certificate.subject) } : undefined;
}

export const unauthorized = (): StatusError => new StatusError({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
