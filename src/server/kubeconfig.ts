interface KubeconfigFacts {
  readonly url: string;
  readonly caCertificate: string;
  readonly certificate: string;
  readonly key: string;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The admin's kubeconfig, with all credentials inside. */
export const kubeconfig = ({ url, caCertificate, certificate, key }: KubeconfigFacts): string => `apiVersion: v1
kind: Config
clusters:
- name: kubernetes
  cluster:
    certificate-authority-data: ${base64(caCertificate)}
    server: ${url}
contexts:
- name: kubernetes-admin@kubernetes
  context:
    cluster: kubernetes
    user: kubernetes-admin
current-context: kubernetes-admin@kubernetes
users:
- name: kubernetes-admin
  user:
    client-certificate-data: ${base64(certificate)}
    client-key-data: ${base64(key)}
`;
