import type { KubeObject } from '../../api/machinery/object.ts';

const NAMESPACE = 'ingress-nginx';
const LABELS = {
  'app.kubernetes.io/component': 'controller',
  'app.kubernetes.io/instance': 'ingress-nginx',
  'app.kubernetes.io/name': 'ingress-nginx',
};

/** ingress-nginx as its bare-metal manifest installs it. */
export function ingressController(): KubeObject[] {
  const metadata = (name: string) => ({ name, namespace: NAMESPACE, labels: LABELS });
  const container = {
    name: 'controller',
    image: 'registry.k8s.io/ingress-nginx/controller:v1.13.2',
    imagePullPolicy: 'IfNotPresent',
    args: ['/nginx-ingress-controller', '--election-id=ingress-nginx-leader', '--controller-class=k8s.io/ingress-nginx', '--ingress-class=nginx'],
    ports: [
      { containerPort: 80, name: 'http', protocol: 'TCP' },
      { containerPort: 443, name: 'https', protocol: 'TCP' },
    ],
    readinessProbe: { httpGet: { path: '/healthz', port: 10254 } },
    resources: { requests: { cpu: '100m', memory: '90Mi' } },
  };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: { 'app.kubernetes.io/name': 'ingress-nginx' } } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata('ingress-nginx') },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'nginx', labels: LABELS },
      spec: { controller: 'k8s.io/ingress-nginx' },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata('ingress-nginx-controller'),
      spec: {
        selector: { matchLabels: LABELS },
        template: { metadata: { labels: LABELS }, spec: { serviceAccountName: 'ingress-nginx', containers: [container] } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('ingress-nginx-controller'),
      spec: {
        type: 'NodePort',
        selector: LABELS,
        ports: [
          { appProtocol: 'http', name: 'http', port: 80, protocol: 'TCP', targetPort: 'http', nodePort: 30080 },
          { appProtocol: 'https', name: 'https', port: 443, protocol: 'TCP', targetPort: 'https', nodePort: 30443 },
        ],
      },
    },
  ];
}
