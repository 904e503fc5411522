/** The four control plane pods as kubeadm writes them to /etc/kubernetes/manifests. */
export function staticManifests(address: string, version: string): Readonly<Record<string, string>> {
  return {
    'etcd.yaml': manifest({
      name: 'etcd',
      image: 'registry.k8s.io/etcd:3.6.6-0',
      cpu: '100m',
      memory: '100Mi',
      annotations: { 'kubeadm.kubernetes.io/etcd.advertise-client-urls': `https://${address}:2379` },
      command: [
        'etcd',
        `--advertise-client-urls=https://${address}:2379`,
        '--cert-file=/etc/kubernetes/pki/etcd/server.crt',
        '--client-cert-auth=true',
        '--data-dir=/var/lib/etcd',
        `--initial-advertise-peer-urls=https://${address}:2380`,
        `--initial-cluster=controlplane=https://${address}:2380`,
        '--key-file=/etc/kubernetes/pki/etcd/server.key',
        `--listen-client-urls=https://127.0.0.1:2379,https://${address}:2379`,
        '--listen-metrics-urls=http://127.0.0.1:2381',
        `--listen-peer-urls=https://${address}:2380`,
        '--name=controlplane',
        '--peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt',
        '--peer-client-cert-auth=true',
        '--peer-key-file=/etc/kubernetes/pki/etcd/peer.key',
        '--peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt',
        '--snapshot-count=10000',
        '--trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt',
      ],
      mounts: { 'etcd-data': '/var/lib/etcd', 'etcd-certs': '/etc/kubernetes/pki/etcd' },
    }),
    'kube-apiserver.yaml': manifest({
      name: 'kube-apiserver',
      image: `registry.k8s.io/kube-apiserver:${version}`,
      cpu: '250m',
      annotations: { 'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': `${address}:6443` },
      command: [
        'kube-apiserver',
        `--advertise-address=${address}`,
        '--allow-privileged=true',
        '--authorization-mode=Node,RBAC',
        '--client-ca-file=/etc/kubernetes/pki/ca.crt',
        '--enable-admission-plugins=NodeRestriction',
        '--enable-bootstrap-token-auth=true',
        '--etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt',
        '--etcd-certfile=/etc/kubernetes/pki/apiserver-etcd-client.crt',
        '--etcd-keyfile=/etc/kubernetes/pki/apiserver-etcd-client.key',
        '--etcd-servers=https://127.0.0.1:2379',
        '--kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt',
        '--kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key',
        '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
        '--proxy-client-cert-file=/etc/kubernetes/pki/front-proxy-client.crt',
        '--proxy-client-key-file=/etc/kubernetes/pki/front-proxy-client.key',
        '--requestheader-allowed-names=front-proxy-client',
        '--requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt',
        '--requestheader-extra-headers-prefix=X-Remote-Extra-',
        '--requestheader-group-headers=X-Remote-Group',
        '--requestheader-username-headers=X-Remote-User',
        '--secure-port=6443',
        '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
        '--service-account-key-file=/etc/kubernetes/pki/sa.pub',
        '--service-account-signing-key-file=/etc/kubernetes/pki/sa.key',
        '--service-cluster-ip-range=10.96.0.0/12',
        '--tls-cert-file=/etc/kubernetes/pki/apiserver.crt',
        '--tls-private-key-file=/etc/kubernetes/pki/apiserver.key',
      ],
      mounts: { 'k8s-certs': '/etc/kubernetes/pki' },
    }),
    'kube-controller-manager.yaml': manifest({
      name: 'kube-controller-manager',
      image: `registry.k8s.io/kube-controller-manager:${version}`,
      cpu: '200m',
      command: [
        'kube-controller-manager',
        '--allocate-node-cidrs=true',
        '--authentication-kubeconfig=/etc/kubernetes/controller-manager.conf',
        '--authorization-kubeconfig=/etc/kubernetes/controller-manager.conf',
        '--bind-address=127.0.0.1',
        '--client-ca-file=/etc/kubernetes/pki/ca.crt',
        '--cluster-cidr=10.244.0.0/16',
        '--cluster-name=kubernetes',
        '--cluster-signing-cert-file=/etc/kubernetes/pki/ca.crt',
        '--cluster-signing-key-file=/etc/kubernetes/pki/ca.key',
        '--controllers=*,bootstrapsigner,tokencleaner',
        '--kubeconfig=/etc/kubernetes/controller-manager.conf',
        '--leader-elect=true',
        '--requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt',
        '--root-ca-file=/etc/kubernetes/pki/ca.crt',
        '--service-account-private-key-file=/etc/kubernetes/pki/sa.key',
        '--service-cluster-ip-range=10.96.0.0/12',
        '--use-service-account-credentials=true',
      ],
      mounts: { 'k8s-certs': '/etc/kubernetes/pki', kubeconfig: '/etc/kubernetes/controller-manager.conf' },
    }),
    'kube-scheduler.yaml': manifest({
      name: 'kube-scheduler',
      image: `registry.k8s.io/kube-scheduler:${version}`,
      cpu: '100m',
      command: [
        'kube-scheduler',
        '--authentication-kubeconfig=/etc/kubernetes/scheduler.conf',
        '--authorization-kubeconfig=/etc/kubernetes/scheduler.conf',
        '--bind-address=127.0.0.1',
        '--kubeconfig=/etc/kubernetes/scheduler.conf',
        '--leader-elect=true',
      ],
      mounts: { kubeconfig: '/etc/kubernetes/scheduler.conf' },
    }),
  };
}

interface StaticPod {
  readonly name: string;
  readonly image: string;
  readonly cpu: string;
  readonly memory?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly mounts: Readonly<Record<string, string>>;
}

function manifest({ name, image, cpu, memory, annotations, command, mounts }: StaticPod): string {
  const notes = Object.entries(annotations ?? {}).map(([key, value]) => `    ${key}: ${value}\n`);
  const volumes = Object.entries(mounts);
  const type = (path: string) => (path.endsWith('.conf') ? 'FileOrCreate' : 'DirectoryOrCreate');
  const readOnly = (volume: string) => (volume === 'k8s-certs' || volume === 'kubeconfig' ? '\n      readOnly: true' : '');
  return `apiVersion: v1
kind: Pod
metadata:
${notes.length > 0 ? `  annotations:\n${notes.join('')}` : ''}  labels:
    component: ${name}
    tier: control-plane
  name: ${name}
  namespace: kube-system
spec:
  containers:
  - command:
${command.map((word) => `    - ${word}\n`).join('')}    image: ${image}
    imagePullPolicy: IfNotPresent
    name: ${name}
    resources:
      requests:
        cpu: ${cpu}
${memory ? `        memory: ${memory}\n` : ''}    volumeMounts:
${volumes.map(([volume, path]) => `    - mountPath: ${path}\n      name: ${volume}${readOnly(volume)}\n`).join('')}  hostNetwork: true
  priority: 2000001000
  priorityClassName: system-node-critical
  securityContext:
    seccompProfile:
      type: RuntimeDefault
  volumes:
${volumes.map(([volume, path]) => `  - hostPath:\n      path: ${path}\n      type: ${type(path)}\n    name: ${volume}\n`).join('')}status: {}
`;
}
