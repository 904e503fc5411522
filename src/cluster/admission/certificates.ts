import { deepEqual } from '../../api/machinery/deep-equal.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import type { CertificateSigningRequest } from '../../api/schema/generated/types.ts';
import { parseSigningRequest } from '../../machine/x509/index.ts';
import { organizations } from '../../machine/x509/names.ts';
import { type AdmissionRequest, type AdmissionView, defineAdmission } from './admission-plugin.ts';
import { refuse } from './refuse.ts';

const GROUP = 'certificates.k8s.io';
const RESOURCE = 'certificatesigningrequests.certificates.k8s.io';

const csr = (object: KubeObject | undefined) => object as unknown as CertificateSigningRequest;

/** A signer's own rights count beside those on the request: `kubernetes.io/kube-apiserver-client`, or `kubernetes.io/*`. */
function mayUse(verb: string, { user }: AdmissionRequest, view: AdmissionView, signer: string): boolean {
  const domain = signer.slice(0, signer.indexOf('/'));
  return [signer, `${domain}/*`].some((name) => view.allowed(user, { verb, group: GROUP, resource: 'signers', name }));
}

export const certificateApproval = defineAdmission({
  name: 'CertificateApproval',
  operations: ['UPDATE'],
  resources: [`${RESOURCE}/approval`],
  validate: (request, view) => {
    const { signerName } = csr(request.old).spec;
    if (!mayUse('approve', request, view, signerName)) {
      throw refuse(request, `user not permitted to approve requests with signerName ${JSON.stringify(signerName)}`);
    }
  },
});

export const certificateSigning = defineAdmission({
  name: 'CertificateSigning',
  operations: ['UPDATE'],
  resources: [`${RESOURCE}/status`],
  validate: (request, view) => {
    const { spec, status } = csr(request.old);
    const now = csr(request.object).status;
    if (status?.certificate === now?.certificate && deepEqual(status?.conditions, now?.conditions)) return;
    if (!mayUse('sign', request, view, spec.signerName)) {
      throw refuse(request, `user not permitted to sign requests with signerName ${JSON.stringify(spec.signerName)}`);
    }
  },
});

const CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client';

export const certificateSubjectRestriction = defineAdmission({
  name: 'CertificateSubjectRestriction',
  operations: ['CREATE'],
  resources: [RESOURCE],
  validate: (request) => {
    const { signerName, request: encoded } = csr(request.object).spec;
    if (signerName !== CLIENT_SIGNER) return;
    const parsed = parseSigningRequest(Buffer.from(encoded, 'base64').toString('utf8'));
    if (!parsed) throw refuse(request, 'failed to parse CSR: PEM block type must be CERTIFICATE REQUEST');
    if (organizations(parsed.subject).includes('system:masters')) {
      throw refuse(request, `use of ${CLIENT_SIGNER} signer with system:masters group is not allowed`);
    }
  },
});
