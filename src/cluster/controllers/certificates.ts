import { CertificateSigningRequests } from '../../api/kinds/resource-types.ts';
import { isoTime } from '../../clock/index.ts';
import { parseSigningRequest } from '../../machine/x509/index.ts';
import { type ControllerContext, type ControllerDefinition, defineController, watchOwn } from './define-controller.ts';
import type { CertificateSigningRequest } from './objects.ts';
import type { SigningRequest } from './settings.ts';
import { signerProblem } from './signer-rules.ts';

const SIGNED = new Set([
  'kubernetes.io/kube-apiserver-client',
  'kubernetes.io/kube-apiserver-client-kubelet',
  'kubernetes.io/kubelet-serving',
  'kubernetes.io/legacy-unknown',
]);
const YEAR_S = 365 * 86_400;
const BACKDATE_MS = 300_000;
const HOUR_MS = 3_600_000;

const has = ({ status }: CertificateSigningRequest, type: string) => status?.conditions?.some((c) => c.type === type) ?? false;
const decode = (base64: string) => Buffer.from(base64, 'base64').toString('utf8');

/** Signs approved requests of the built-in signers. */
export const certificateSigner = (sign: (request: SigningRequest) => string): ControllerDefinition =>
  defineController({
    name: 'certificatesigningrequest-signing-controller',
    serviceAccount: 'certificate-controller',
    watches: [watchOwn(CertificateSigningRequests)],
    reconcile: async (name, { api, clock, informers }) => {
      const request = informers.for(CertificateSigningRequests).get('', name);
      const spec = request?.spec;
      if (!request || !spec || !has(request, 'Approved') || has(request, 'Denied') || has(request, 'Failed') || request.status?.certificate) return;
      if (!SIGNED.has(spec.signerName)) return;
      const problem = problemOf(request);
      if (problem) return markFailed(request, problem, { api, clock });
      const seconds = Math.min(YEAR_S, spec.expirationSeconds ?? YEAR_S);
      const notBefore = clock.now() - BACKDATE_MS;
      const pem = sign({
        csr: decode(spec.request),
        signerName: spec.signerName,
        usages: spec.usages ?? [],
        notBefore,
        notAfter: clock.now() + seconds * 1000,
      });
      const certificate = Buffer.from(pem, 'utf8').toString('base64');
      await api.updateStatus(CertificateSigningRequests, { ...request, status: { ...request.status, certificate } });
    },
  });

function problemOf({ spec }: CertificateSigningRequest): string | undefined {
  const parsed = spec && parseSigningRequest(decode(spec.request));
  return parsed ? signerProblem(spec.signerName, parsed, spec.usages ?? []) : undefined;
}

async function markFailed(
  request: CertificateSigningRequest,
  message: string,
  { api, clock }: Pick<ControllerContext, 'api' | 'clock'>,
): Promise<void> {
  const condition = { type: 'Failed', status: 'True', reason: 'SignerValidationFailure', message, lastUpdateTime: isoTime(clock.now()) };
  const status = { ...request.status, conditions: [...(request.status?.conditions ?? []), condition] };
  await api.updateStatus(CertificateSigningRequests, { ...request, status });
}

/** Approves what kubelets ask for themselves. */
export const certificateApprover: ControllerDefinition = defineController({
  name: 'certificatesigningrequest-approving-controller',
  serviceAccount: 'certificate-controller',
  watches: [watchOwn(CertificateSigningRequests)],
  reconcile: async (name, { api, clock, informers }) => {
    const request = informers.for(CertificateSigningRequests).get('', name);
    if (!request || has(request, 'Approved') || has(request, 'Denied')) return;
    const { signerName, username = '', groups = [] } = request.spec ?? { signerName: '' };
    if (signerName !== 'kubernetes.io/kube-apiserver-client-kubelet') return;
    const isNode = username.startsWith('system:node:') && groups.includes('system:nodes');
    const isBootstrap = groups.includes('system:bootstrappers');
    if (!isNode && !isBootstrap) return;
    const message = isNode
      ? 'Auto approving self kubelet client certificate after SubjectAccessReview.'
      : 'Auto approving kubelet client certificate after SubjectAccessReview.';
    const now = isoTime(clock.now());
    const condition = { type: 'Approved', status: 'True', reason: 'AutoApproved', message, lastUpdateTime: now, lastTransitionTime: now };
    const status = { ...request.status, conditions: [...(request.status?.conditions ?? []), condition] };
    await api.update(CertificateSigningRequests, { ...request, status }, { subresource: 'approval' });
  },
});

/** Old requests go: an hour after they were issued, denied or failed, a day where nobody decided. */
export const certificateCleaner: ControllerDefinition = defineController({
  name: 'certificatesigningrequest-cleaner-controller',
  serviceAccount: 'certificate-controller',
  watches: [watchOwn(CertificateSigningRequests)],
  reconcile: async (name, context) => {
    const request = context.informers.for(CertificateSigningRequests).get('', name);
    if (request) await clean(request, context);
  },
});

async function clean(request: CertificateSigningRequest, { api, clock, requeueAfter }: ControllerContext): Promise<void> {
  const name = request.metadata.name ?? '';
  const decided = request.status?.conditions?.[0];
  const from = Date.parse(decided?.lastUpdateTime ?? request.metadata.creationTimestamp ?? '');
  const left = from + (decided ? HOUR_MS : 24 * HOUR_MS) - clock.now();
  if (left > 0) requeueAfter(name, left, { background: true });
  else await api.delete(CertificateSigningRequests, '', name);
}
