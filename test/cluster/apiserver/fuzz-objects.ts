import type { PlainObject } from '../../../src/api/machinery/json.ts';

const labels = { app: 'web' };
const podSpec = { containers: [{ name: 'a', image: 'nginx' }] };
const template = { metadata: { labels }, spec: podSpec };
const selector = { matchLabels: labels };
const jobTemplate = { spec: { template: { spec: { ...podSpec, restartPolicy: 'Never' } } } };
const webhook = {
  name: 'a.example.com',
  clientConfig: { url: 'https://example.com/' },
  sideEffects: 'None',
  admissionReviewVersions: ['v1'],
  rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
};
const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const crdVersion = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } };

/** The least of each kind that the server takes, beside apiVersion, kind and metadata; `name` where a kind wants its own. */
export const LEAST: Readonly<Record<string, PlainObject>> = {
  Binding: { target: { name: 'node-1' } },
  ConfigMap: { data: { a: '1' } },
  Secret: { data: { a: 'YQ==' } },
  Endpoints: {},
  Event: { involvedObject: { kind: 'Pod', name: 'a', namespace: 'default' }, reason: 'Tested', type: 'Normal' },
  LimitRange: { spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } },
  Namespace: {},
  Node: {},
  PersistentVolumeClaim: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
  PersistentVolume: { spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/data' } } },
  Pod: { spec: podSpec },
  PodTemplate: { template },
  ReplicationController: { spec: { selector: labels, template } },
  ResourceQuota: { spec: { hard: { pods: '4' } } },
  ServiceAccount: {},
  Service: { spec: { ports: [{ port: 80 }], selector: labels } },
  ControllerRevision: { revision: 1, data: { a: 1 } },
  DaemonSet: { spec: { selector, template } },
  Deployment: { spec: { selector, template } },
  ReplicaSet: { spec: { selector, template } },
  StatefulSet: { spec: { selector, template, serviceName: 'web' } },
  HorizontalPodAutoscaler: { spec: { scaleTargetRef, maxReplicas: 3 } },
  CronJob: { spec: { schedule: '* * * * *', jobTemplate } },
  Job: { spec: jobTemplate.spec },
  IngressClass: { spec: { controller: 'example.com/c' } },
  Ingress: { spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } } },
  NetworkPolicy: { spec: { podSelector: {} } },
  PodDisruptionBudget: { spec: { selector, maxUnavailable: 1 } },
  ClusterRole: { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
  ClusterRoleBinding: {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'User', name: 'jane' }],
  },
  Role: { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
  RoleBinding: { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' }, subjects: [{ kind: 'User', name: 'jane' }] },
  CSIDriver: { spec: {} },
  CSINode: { spec: { drivers: [] } },
  StorageClass: { provisioner: 'example.com/p' },
  VolumeAttachment: { spec: { attacher: 'a', nodeName: 'n', source: { persistentVolumeName: 'p' } } },
  MutatingWebhookConfiguration: { webhooks: [webhook] },
  ValidatingWebhookConfiguration: { webhooks: [webhook] },
  PriorityClass: { value: 10 },
  Lease: { spec: { holderIdentity: 'a' } },
  RuntimeClass: { handler: 'runc' },
  EndpointSlice: { addressType: 'IPv4', endpoints: [{ addresses: ['10.0.0.1'] }], ports: [{ port: 80 }] },
  CustomResourceDefinition: {
    spec: { group: 'example.com', scope: 'Namespaced', names: { plural: 'widgets', kind: 'Widget' }, versions: [crdVersion] },
  },
};

/** Names that kinds insist on. */
export const NAMES: Readonly<Record<string, string>> = { CustomResourceDefinition: 'widgets.example.com' };
