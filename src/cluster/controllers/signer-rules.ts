import type { SigningRequest } from '../../machine/x509/index.ts';
import { commonName, organizations } from '../../machine/x509/names.ts';

const SERVING = ['digital signature', 'key encipherment', 'server auth'];
const CLIENT = ['client auth', 'digital signature', 'key encipherment'];

/** Why a built-in signer will not sign an approved request. */
export function signerProblem(signerName: string, request: SigningRequest, usages: readonly string[]): string | undefined {
  switch (signerName) {
    case 'kubernetes.io/kube-apiserver-client':
      return clientUsages(usages);
    case 'kubernetes.io/kube-apiserver-client-kubelet':
      return kubeletClient(request, usages);
    case 'kubernetes.io/kubelet-serving':
      return kubeletServing(request, usages);
    default:
      return undefined;
  }
}

function clientUsages(usages: readonly string[]): string | undefined {
  const odd = usages.find((usage) => !CLIENT.includes(usage));
  if (odd !== undefined) return `invalid usage for client certificate: ${odd}`;
  return usages.includes('client auth') ? undefined : 'missing required usage for client certificate: client auth';
}

function kubeletServing({ subject, altNames }: SigningRequest, usages: readonly string[]): string | undefined {
  if (organizations(subject).join() !== 'system:nodes') return 'subject organization is not system:nodes';
  if (altNames.dns.length === 0 && altNames.ips.length === 0) return 'DNS or IP subjectAltName is required';
  return usageProblem(usages, SERVING) ?? nodeNameProblem(commonName(subject));
}

function kubeletClient({ subject, altNames }: SigningRequest, usages: readonly string[]): string | undefined {
  if (organizations(subject).join() !== 'system:nodes') return 'subject organization is not system:nodes';
  if (altNames.dns.length > 0) return 'DNS subjectAltNames are not allowed';
  if (altNames.ips.length > 0) return 'IP subjectAltNames are not allowed';
  return nodeNameProblem(commonName(subject)) ?? usageProblem(usages, CLIENT);
}

const nodeNameProblem = (name: string) => (name.startsWith('system:node:') ? undefined : 'subject common name does not begin with system:node:');

/** All of them, or all but the one that only RSA keys need. */
function usageProblem(usages: readonly string[], expected: readonly string[]): string | undefined {
  const given = [...new Set(usages)].sort().join();
  const fits = [expected, expected.filter((usage) => usage !== 'key encipherment')].some((set) => [...set].sort().join() === given);
  return fits ? undefined : `usages did not match [${expected.join(' ')}]`;
}
