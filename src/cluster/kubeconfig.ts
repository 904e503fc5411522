import type { Authority, Credential } from './apiserver/authority.ts';

export interface KubeconfigOptions {
  readonly server: string;
  readonly authority: Authority;
  readonly user: string;
  readonly groups: readonly string[];
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A kubeconfig with a client certificate in it, as kubeadm writes them. */
export function kubeconfig({ server, authority, user, groups }: KubeconfigOptions): string {
  const { certificate, key }: Credential = authority.clientCredential(user, groups);
  return `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${base64(authority.caCertificate)}
    server: ${server}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: ${user}
  name: ${user}@kubernetes
current-context: ${user}@kubernetes
kind: Config
users:
- name: ${user}
  user:
    client-certificate-data: ${base64(certificate)}
    client-key-data: ${base64(key)}
`;
}
