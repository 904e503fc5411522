import { MASTERS } from './apiserver/user.ts';
import type { ControlPlane } from './control-plane.ts';

/** The admin's kubeconfig, with the cluster's CA and a client certificate of its own. */
export function adminKubeconfig(server: string, { apiServer }: ControlPlane): string {
  const { authority } = apiServer.context;
  const { certificate, key } = authority.clientCredential('kubernetes-admin', [MASTERS]);
  const data = (pem: string) => Buffer.from(pem).toString('base64');
  return `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${data(authority.caCertificate)}
    server: ${server}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: kubernetes-admin
  name: kubernetes-admin@kubernetes
current-context: kubernetes-admin@kubernetes
kind: Config
preferences: {}
users:
- name: kubernetes-admin
  user:
    client-certificate-data: ${data(certificate)}
    client-key-data: ${data(key)}
`;
}
