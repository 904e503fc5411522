import type { KubeObject } from '../../api/machinery/object.ts';
import type { Flavour } from '../cluster-contract.ts';
import { ADDRESSES } from '../flavours.ts';
import { KUBELET_CONFIG } from './control-plane-files.ts';
import { ingressController } from './ingress-controller.ts';

/** Objects of add-ons are parsed manifests: their kinds' own fields are checked by the API server. */
export type Manifest = KubeObject;

const meta = (name: string, extra: object = {}) => ({ name, namespace: 'kube-system', ...extra });
const account = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta(name) });
export const configMap = (name: string, data: Readonly<Record<string, string>>, namespace = 'kube-system'): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});

const clusterRole = (name: string, rules: readonly object[]): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name },
  rules,
});
const clusterBinding = (name: string, role: string, serviceAccount: string): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
  subjects: [{ kind: 'ServiceAccount', name: serviceAccount, namespace: 'kube-system' }],
});

const EVERYWHERE = [{ operator: 'Exists' }];

export const COREFILE = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30 {
       disable success cluster.local
       disable denial cluster.local
    }
    loop
    reload
    loadbalance
}
`;

/** Everything that kubeadm and a usual installation put into the cluster after its control plane. */
export function addonObjects(flavour: Flavour, address: string): Manifest[] {
  return [
    ...configuration(flavour, address),
    ...dns(),
    ...proxy(flavour.kubernetesVersion),
    ...(flavour.cni === 'none' ? [] : networkPlugin()),
    ...(flavour.storageClass ? storage(flavour.storageClass) : []),
    ...(flavour.metricsServer ? metrics() : []),
    ...(flavour.ingressController ? ingressController() : []),
  ];
}

function configuration({ kubernetesVersion }: Flavour, address: string): Manifest[] {
  const cluster = `apiServer: {}\napiVersion: kubeadm.k8s.io/v1beta4\ncaCertificateValidityPeriod: 87600h0m0s\ncertificateValidityPeriod: 8760h0m0s\ncertificatesDir: /etc/kubernetes/pki\nclusterName: kubernetes\ncontrollerManager: {}\ndns: {}\nencryptionAlgorithm: RSA-2048\netcd:\n  local:\n    dataDir: /var/lib/etcd\nimageRepository: registry.k8s.io\nkind: ClusterConfiguration\nkubernetesVersion: ${kubernetesVersion}\nnetworking:\n  dnsDomain: cluster.local\n  podSubnet: ${ADDRESSES.pods}\n  serviceSubnet: ${ADDRESSES.services}\nproxy: {}\nscheduler: {}\n`;
  const info = `apiVersion: v1\nclusters:\n- cluster:\n    server: https://${address}:6443\n  name: ""\ncontexts: null\ncurrent-context: ""\nkind: Config\nusers: null\n`;
  return [
    configMap('kubeadm-config', { ClusterConfiguration: cluster }),
    configMap('kubelet-config', { kubelet: KUBELET_CONFIG }),
    configMap('cluster-info', { kubeconfig: info }, 'kube-public'),
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'kubeadm:cluster-admins' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'kubeadm:cluster-admins' }],
    },
  ];
}

function dns(): Manifest[] {
  const labels = { 'k8s-app': 'kube-dns' };
  const probe = (path: string, port: string, extra: object) => ({ httpGet: { path, port, scheme: 'HTTP' }, ...extra });
  const container = {
    name: 'coredns',
    image: 'registry.k8s.io/coredns/coredns:v1.13.1',
    imagePullPolicy: 'IfNotPresent',
    args: ['-conf', '/etc/coredns/Corefile'],
    resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
    ports: [
      { containerPort: 53, name: 'dns', protocol: 'UDP' },
      { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
      { containerPort: 9153, name: 'metrics', protocol: 'TCP' },
      { containerPort: 8080, name: 'liveness-probe', protocol: 'TCP' },
      { containerPort: 8181, name: 'readiness-probe', protocol: 'TCP' },
    ],
    livenessProbe: probe('/health', 'liveness-probe', { initialDelaySeconds: 60, timeoutSeconds: 5, failureThreshold: 5 }),
    readinessProbe: probe('/ready', 'readiness-probe', {}),
    volumeMounts: [{ mountPath: '/etc/coredns', name: 'config-volume', readOnly: true }],
    securityContext: { allowPrivilegeEscalation: false, capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] }, readOnlyRootFilesystem: true },
  };
  const spec = {
    priorityClassName: 'system-cluster-critical',
    serviceAccountName: 'coredns',
    dnsPolicy: 'Default',
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [
      { key: 'CriticalAddonsOnly', operator: 'Exists' },
      { effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane' },
    ],
    containers: [container],
    volumes: [{ name: 'config-volume', configMap: { name: 'coredns', items: [{ key: 'Corefile', path: 'Corefile' }] } }],
  };
  const rules = [
    { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
  ];
  return [
    account('coredns'),
    clusterRole('system:coredns', rules),
    clusterBinding('system:coredns', 'system:coredns', 'coredns'),
    configMap('coredns', { Corefile: COREFILE }),
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: meta('coredns', { labels }),
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
        template: { metadata: { labels }, spec },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: meta('kube-dns', {
        annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
        labels: { ...labels, 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
      }),
      spec: {
        clusterIP: ADDRESSES.dns,
        selector: labels,
        ports: [
          { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
          { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
          { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
        ],
      },
    },
  ];
}

const NODE_NAME = { name: 'NODE_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } };

function daemonSet(name: string, labels: Readonly<Record<string, string>>, container: object, volumes: readonly object[] = []): Manifest {
  const spec = {
    hostNetwork: true,
    priorityClassName: 'system-node-critical',
    serviceAccountName: name,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: EVERYWHERE,
    containers: [{ imagePullPolicy: 'IfNotPresent', env: [NODE_NAME], ...container }],
    volumes,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: meta(name, { labels }),
    spec: { selector: { matchLabels: labels }, updateStrategy: { type: 'RollingUpdate' }, template: { metadata: { labels }, spec } },
  };
}

function proxy(version: string): Manifest[] {
  const config = `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nbindAddress: 0.0.0.0\nclientConnection:\n  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf\nclusterCIDR: ${ADDRESSES.pods}\nkind: KubeProxyConfiguration\nmode: ""\n`;
  const container = {
    name: 'kube-proxy',
    image: `registry.k8s.io/kube-proxy:${version}`,
    command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf', '--hostname-override=$(NODE_NAME)'],
    securityContext: { privileged: true },
    volumeMounts: [{ mountPath: '/var/lib/kube-proxy', name: 'kube-proxy' }],
  };
  return [
    account('kube-proxy'),
    clusterBinding('kubeadm:node-proxier', 'system:node-proxier', 'kube-proxy'),
    configMap('kube-proxy', { 'config.conf': config, 'kubeconfig.conf': 'apiVersion: v1\nkind: Config\n' }),
    daemonSet('kube-proxy', { 'k8s-app': 'kube-proxy' }, container, [{ name: 'kube-proxy', configMap: { name: 'kube-proxy' } }]),
  ];
}

function networkPlugin(): Manifest[] {
  const container = {
    name: 'calico-node',
    image: 'docker.io/calico/node:v3.30.3',
    resources: { requests: { cpu: '250m' } },
    securityContext: { privileged: true },
  };
  return [account('calico-node'), daemonSet('calico-node', { 'k8s-app': 'calico-node' }, container)];
}

function storage(name: string): Manifest[] {
  return [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: 'rancher.io/local-path',
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  ];
}

function metrics(): Manifest[] {
  const labels = { 'k8s-app': 'metrics-server' };
  const container = {
    name: 'metrics-server',
    image: 'registry.k8s.io/metrics-server/metrics-server:v0.8.0',
    imagePullPolicy: 'IfNotPresent',
    args: [
      '--cert-dir=/tmp',
      '--secure-port=10250',
      '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
      '--kubelet-use-node-status-port',
      '--metric-resolution=15s',
      '--kubelet-insecure-tls',
    ],
    ports: [{ containerPort: 10250, name: 'https', protocol: 'TCP' }],
    resources: { requests: { cpu: '100m', memory: '200Mi' } },
  };
  return [
    account('metrics-server'),
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: meta('metrics-server', { labels }),
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { priorityClassName: 'system-cluster-critical', serviceAccountName: 'metrics-server', containers: [container] },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: meta('metrics-server', { labels }),
      spec: { selector: labels, ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 'https' }] },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.metrics.k8s.io', labels },
      spec: {
        group: 'metrics.k8s.io',
        groupPriorityMinimum: 100,
        insecureSkipTLSVerify: true,
        service: { name: 'metrics-server', namespace: 'kube-system' },
        version: 'v1beta1',
        versionPriority: 100,
      },
    },
  ];
}
