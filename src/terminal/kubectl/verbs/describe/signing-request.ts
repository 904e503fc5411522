import { humanDuration } from '../../../../api/machinery/duration.ts';
import type { CertificateSigningRequest } from '../../../../api/schema/generated/types.ts';
import { attribute, commonName, type DistinguishedName, organizations, parseSigningRequest } from '../../../../machine/x509/index.ts';
import { UsageError } from '../../errors.ts';
import { defineDescriber } from './describer.ts';
import { labelsInline, longTime } from './parts/metadata.ts';
import type { Writer } from './writer.ts';

export const signingRequest = defineDescriber<CertificateSigningRequest>({
  kind: 'CertificateSigningRequest',
  group: 'certificates.k8s.io',
  describe(w, { metadata, spec, status }) {
    const request = parseSigningRequest(Buffer.from(spec?.request ?? '', 'base64').toString());
    if (!request) throw new UsageError('Error parsing CSR: PEM block type must be CERTIFICATE REQUEST');
    w.line(0, 'Name:', metadata?.name);
    w.line(0, 'Labels:', labelsInline(metadata?.labels));
    w.line(0, 'Annotations:', labelsInline(metadata?.annotations));
    w.line(0, 'CreationTimestamp:', longTime(metadata?.creationTimestamp));
    w.line(0, 'Requesting User:', spec?.username);
    if (spec?.signerName) w.line(0, 'Signer:', spec.signerName);
    if (spec?.expirationSeconds !== undefined) w.line(0, 'Requested Duration:', humanDuration(spec.expirationSeconds * 1000));
    w.line(0, 'Status:', statusText(status));
    subject(w, request.subject);
    const { dns, ips } = request.altNames;
    if (dns.length + ips.length === 0) return;
    w.line(0, 'Subject Alternative Names:');
    list(w, 'DNS Names', dns);
    list(w, 'IP Addresses', ips);
  },
});

function statusText(status: CertificateSigningRequest['status']): string {
  const types = (status?.conditions ?? []).map(({ type }) => type);
  const decision = types.includes('Denied') ? 'Denied' : types.includes('Approved') ? 'Approved' : 'Pending';
  return `${decision}${types.includes('Failed') ? ',Failed' : ''}${status?.certificate ? ',Issued' : ''}`;
}

function subject(w: Writer, name: DistinguishedName): void {
  w.line(0, 'Subject:');
  w.line(0, '', 'Common Name:', commonName(name));
  w.line(0, '', 'Serial Number:', attribute(name, 'serialNumber') ?? '');
  list(w, 'Organization', organizations(name));
  const others = [
    ['Organizational Unit', 'OU'],
    ['Country', 'C'],
    ['Locality', 'L'],
    ['Province', 'ST'],
    ['StreetAddress', 'street'],
    ['PostalCode', 'postalCode'],
  ] as const;
  for (const [label, type] of others)
    list(
      w,
      label,
      name.filter(([key]) => key === type).map(([, value]) => value),
    );
}

function list(w: Writer, label: string, values: readonly string[]): void {
  for (const [i, value] of values.entries()) w.line(0, '', i === 0 ? `${label}:` : '', value);
}
