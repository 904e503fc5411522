import type { Random } from '../clock/index.ts';
import { certificatePem, isExtendedUsage, issueCertificate, parseSigningRequest } from '../machine/x509/index.ts';
import type { Authority } from './apiserver/authority.ts';
import type { SigningRequest } from './controllers/settings.ts';

/** Signs as kube-controller-manager does with the cluster's CA. */
export function signCertificate({ csr, usages, notBefore, notAfter }: SigningRequest, authority: Authority, random: Random): string {
  const request = parseSigningRequest(csr);
  if (!request) throw new Error('unable to parse certificate request');
  const extended = usages.filter(isExtendedUsage);
  const certificate = issueCertificate(
    {
      subject: request.subject,
      publicKey: request.publicKey,
      notBefore,
      notAfter,
      serial: BigInt(`0x${random.hex(15)}`),
      keyUsages: usages.filter((usage) => !isExtendedUsage(usage)),
      extendedUsages: extended,
      altNames: request.altNames,
    },
    authority.ca,
  );
  return certificatePem(certificate);
}
