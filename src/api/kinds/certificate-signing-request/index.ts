import { humanDuration } from '../../machinery/duration.ts';
import type { CertificateSigningRequest } from '../../schema/generated/types.ts';
import { defineKind } from '../define-kind.ts';
import { NONE } from '../table-cells.ts';
import { orEmpty } from '../zero-values.ts';

export const certificateSigningRequest = defineKind<CertificateSigningRequest>({
  group: 'certificates.k8s.io',
  version: 'v1',
  resource: 'certificatesigningrequests',
  nameRule: 'dns-subdomain',
  generation: false,
  selectableFields: { 'spec.signerName': ({ spec }) => spec?.signerName ?? '' },
  defaults: (object) => ({ ...object, spec: orEmpty(object.spec), status: object.status ?? {} }),
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    age(metadata.creationTimestamp),
    spec.signerName || NONE,
    spec.username ?? '',
    spec.expirationSeconds === undefined ? NONE : humanDuration(spec.expirationSeconds * 1000),
    conditionCell(status),
  ],
});

function conditionCell(status: CertificateSigningRequest['status']): string {
  const has = (type: string) => status?.conditions?.some((c) => c.type === type) ?? false;
  const decision = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return `${decision}${has('Failed') ? ',Failed' : ''}${status?.certificate ? ',Issued' : ''}`;
}
