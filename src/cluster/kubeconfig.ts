import type { ControlPlane } from './control-plane.ts';

/** The admin's kubeconfig. */
export function adminKubeconfig(server: string, _plane: ControlPlane): string {
  return `apiVersion: v1
clusters:
- cluster:
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
  user: {}
`;
}
