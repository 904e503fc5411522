import type { Container, PodSpec, ServiceAccount, Volume } from '../../api/schema/generated/types.ts';
import { type AdmissionRequest, type AdmissionView, defineAdmission } from './admission-plugin.ts';
import { asPod, isMirror, mapContainers, type PodObject, withSpec } from './pod-object.ts';
import { refuse } from './refuse.ts';

const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const VOLUME_PREFIX = 'kube-api-access-';

/** Gives each pod an account, and each of its containers that account's token. */
export const serviceAccount = defineAdmission({
  name: 'ServiceAccount',
  operations: ['CREATE'],
  resources: ['pods'],
  mutate: (object, request, view) => {
    const pod = asPod(object);
    if (isMirror(pod)) return pod;
    const name = pod.spec.serviceAccountName || 'default';
    const named = withSpec(pod, { serviceAccountName: name, serviceAccount: name });
    const account = accountOf(named, request, view);
    const mounting = shouldMount(named.spec, account) ? withToken(named, view) : named;
    const { imagePullSecrets = [] } = account;
    if ((pod.spec.imagePullSecrets ?? []).length > 0 || imagePullSecrets.length === 0) return mounting;
    return withSpec(mounting, { imagePullSecrets });
  },
  validate: (request) => {
    if (request.object && isMirror(request.object)) validateMirror(asPod(request.object), request);
  },
});

function accountOf({ spec }: PodObject, request: AdmissionRequest, view: AdmissionView): ServiceAccount {
  const name = spec.serviceAccountName ?? '';
  const found = view.get('', 'serviceaccounts', request.namespace, name);
  if (!found)
    throw refuse(request, `error looking up service account ${request.namespace}/${name}: serviceaccount ${JSON.stringify(name)} not found`);
  return found as unknown as ServiceAccount;
}

const shouldMount = ({ automountServiceAccountToken }: PodSpec, account: ServiceAccount): boolean =>
  automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;

function withToken(pod: PodObject, { clock }: AdmissionView): PodObject {
  const { spec } = pod;
  const present = spec.volumes?.find(({ name }) => name.startsWith(VOLUME_PREFIX));
  const isMounted = ({ volumeMounts }: Container) => (volumeMounts ?? []).some(({ mountPath }) => mountPath === MOUNT_PATH);
  const lacking = [...spec.containers, ...(spec.initContainers ?? [])].some((c) => !isMounted(c));
  if (!lacking) return pod;
  const name = present?.name ?? `${VOLUME_PREFIX}${clock.random.suffix(5)}`;
  const mount = { name, readOnly: true, mountPath: MOUNT_PATH };
  const containers = mapContainers(spec, (c) => (isMounted(c) ? c : { ...c, volumeMounts: [...(c.volumeMounts ?? []), mount] }));
  return withSpec(pod, { ...containers, ...(present ? {} : { volumes: [...(spec.volumes ?? []), tokenVolume(name)] }) });
}

const tokenVolume = (name: string): Volume => ({
  name,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
    ],
    defaultMode: 420,
  },
});

function validateMirror({ spec }: PodObject, request: AdmissionRequest): void {
  if (spec.serviceAccountName) throw refuse(request, 'a mirror pod may not reference service accounts');
  if ((spec.volumes ?? []).some(({ secret }) => secret)) throw refuse(request, 'a mirror pod may not reference secrets');
}
