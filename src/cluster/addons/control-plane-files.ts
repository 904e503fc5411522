import type { Files } from '../../machine/index.ts';
import type { Authority } from '../apiserver/authority.ts';
import { kubeconfig } from '../kubeconfig.ts';
import { staticManifests } from './static-manifests.ts';

/** What kubeadm leaves on a control plane node's disk. */
export function writeControlPlaneFiles(files: Files, authority: Authority, address: string, version: string): void {
  files.mkdir('/etc/kubernetes/manifests', { recursive: true, mode: 0o700 });
  files.mkdir('/etc/kubernetes/pki/etcd', { recursive: true });
  files.mkdir('/var/lib/etcd', { recursive: true, mode: 0o700 });
  const server = `https://${address}:6443`;
  const configs: readonly [string, string, readonly string[]][] = [
    ['admin.conf', 'kubernetes-admin', ['kubeadm:cluster-admins']],
    ['super-admin.conf', 'kubernetes-super-admin', ['system:masters']],
    ['controller-manager.conf', 'system:kube-controller-manager', []],
    ['scheduler.conf', 'system:kube-scheduler', []],
  ];
  for (const [name, user, groups] of configs)
    files.generate(
      `/etc/kubernetes/${name}`,
      once(() => kubeconfig({ server, authority, user, groups })),
    );
  const pki = (name: string, make: () => string) => files.generate(`/etc/kubernetes/pki/${name}`, once(make));
  pki('ca.crt', () => authority.caCertificate);
  pki('front-proxy-ca.crt', () => authority.caCertificate);
  pki('etcd/ca.crt', () => authority.caCertificate);
  const names = {
    dns: ['controlplane', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'],
    ips: ['10.96.0.1', address],
  };
  const etcd = { dns: ['controlplane', 'localhost'], ips: [address, '127.0.0.1'] };
  pair(pki, 'apiserver', () => authority.serverCredential('kube-apiserver', names));
  pair(pki, 'apiserver-kubelet-client', () => authority.clientCredential('kube-apiserver-kubelet-client', ['kubeadm:cluster-admins']));
  pair(pki, 'apiserver-etcd-client', () => authority.clientCredential('kube-apiserver-etcd-client', []));
  pair(pki, 'front-proxy-client', () => authority.clientCredential('front-proxy-client', []));
  for (const name of ['etcd/server', 'etcd/peer', 'etcd/healthcheck-client']) pair(pki, name, () => authority.serverCredential('controlplane', etcd));
  pki('ca.key', () => authority.clientCredential('ca', []).key);
  pair(pki, 'sa', () => authority.clientCredential('sa', []), '.pub');
  for (const [name, text] of Object.entries(staticManifests(address, version)))
    files.write(`/etc/kubernetes/manifests/${name}`, text, { mode: 0o600 });
}

type Put = (name: string, make: () => string) => void;

function pair(put: Put, name: string, make: () => { certificate: string; key: string }, extension = '.crt'): void {
  let made: { certificate: string; key: string } | undefined;
  const credential = () => {
    made ??= make();
    return made;
  };
  put(`${name}${extension}`, () => credential().certificate);
  put(`${name}.key`, () => credential().key);
}

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** What every node has: the kubelet's configuration and its credentials. */
export function writeNodeFiles(files: Files, name: string, authority: Authority, server: string): void {
  files.mkdir('/etc/kubernetes/manifests', { recursive: true });
  files.mkdir('/etc/kubernetes/pki', { recursive: true });
  files.mkdir('/etc/cni/net.d', { recursive: true });
  files.mkdir('/var/lib/kubelet/pki', { recursive: true });
  files.generate(
    '/etc/kubernetes/kubelet.conf',
    once(() => kubeconfig({ server, authority, user: `system:node:${name}`, groups: ['system:nodes'] })),
  );
  if (!files.exists('/etc/kubernetes/pki/ca.crt')) files.generate('/etc/kubernetes/pki/ca.crt', () => authority.caCertificate);
  files.write('/var/lib/kubelet/config.yaml', KUBELET_CONFIG);
}

export const KUBELET_CONFIG = `apiVersion: kubelet.config.k8s.io/v1beta1
authentication:
  anonymous:
    enabled: false
  webhook:
    cacheTTL: 0s
    enabled: true
  x509:
    clientCAFile: /etc/kubernetes/pki/ca.crt
authorization:
  mode: Webhook
cgroupDriver: systemd
clusterDNS:
- 10.96.0.10
clusterDomain: cluster.local
containerRuntimeEndpoint: unix:///var/run/containerd/containerd.sock
healthzBindAddress: 127.0.0.1
healthzPort: 10248
kind: KubeletConfiguration
rotateCertificates: true
staticPodPath: /etc/kubernetes/manifests
`;
