import type { FieldSpec } from './field-specs.ts';
import type { GvkPattern } from './identity.ts';

/** Fields that hold the name of something of a type. */
export interface NameReference {
  readonly target: GvkPattern;
  readonly fields: readonly FieldSpec[];
}

const podSpecs: Readonly<Record<string, FieldSpec>> = {
  Pod: { path: 'spec', version: 'v1', kind: 'Pod' },
  PodTemplate: { path: 'template/spec', kind: 'PodTemplate' },
  Deployment: { path: 'spec/template/spec', kind: 'Deployment' },
  ReplicaSet: { path: 'spec/template/spec', kind: 'ReplicaSet' },
  ReplicationController: { path: 'spec/template/spec', kind: 'ReplicationController' },
  DaemonSet: { path: 'spec/template/spec', kind: 'DaemonSet' },
  StatefulSet: { path: 'spec/template/spec', kind: 'StatefulSet' },
  Job: { path: 'spec/template/spec', kind: 'Job' },
  CronJob: { path: 'spec/jobTemplate/spec/template/spec', kind: 'CronJob' },
};

const data = ['Pod', 'PodTemplate', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob'];
const others = ['Pod', 'StatefulSet', 'Deployment', 'ReplicationController', 'CronJob', 'Job', 'DaemonSet'];

/** The same fields below the pod specs of several kinds. */
const inPods = (kinds: readonly string[], ...paths: readonly string[]): FieldSpec[] =>
  kinds.flatMap((kind) => {
    const spec = podSpecs[kind];
    return spec ? paths.map((path) => ({ ...spec, path: `${spec.path}/${path}` })) : [];
  });

const roleNames: readonly FieldSpec[] = [
  { path: 'rules/resourceNames', kind: 'Role' },
  { path: 'rules/resourceNames', kind: 'ClusterRole' },
];
const rbac = 'rbac.authorization.k8s.io';
const at = (path: string, kind: string, group?: string): FieldSpec => ({ path, kind, ...(group ? { group } : {}) });

const configMaps: readonly FieldSpec[] = [
  ...inPods(
    data,
    'volumes/configMap/name',
    'containers/env/valueFrom/configMapKeyRef/name',
    'initContainers/env/valueFrom/configMapKeyRef/name',
    'containers/envFrom/configMapRef/name',
    'initContainers/envFrom/configMapRef/name',
    'volumes/projected/sources/configMap/name',
  ),
  at('spec/configSource/configMap', 'Node'),
  ...roleNames,
  at('metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap', 'Ingress'),
];

const secrets: readonly FieldSpec[] = [
  ...inPods(
    data,
    'volumes/secret/secretName',
    'containers/env/valueFrom/secretKeyRef/name',
    'initContainers/env/valueFrom/secretKeyRef/name',
    'containers/envFrom/secretRef/name',
    'initContainers/envFrom/secretRef/name',
    'imagePullSecrets/name',
    'volumes/projected/sources/secret/name',
  ),
  at('spec/tls/secretName', 'Ingress'),
  at('metadata/annotations/ingress.kubernetes.io\\/auth-secret', 'Ingress'),
  at('metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret', 'Ingress'),
  at('metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret', 'Ingress'),
  at('imagePullSecrets/name', 'ServiceAccount'),
  ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((name) => at(`parameters/${name}`, 'StorageClass')),
  ...roleNames,
  at('spec/azureFile/secretName', 'PersistentVolume'),
];

const services: readonly FieldSpec[] = [
  at('spec/serviceName', 'StatefulSet', 'apps'),
  at('spec/rules/http/paths/backend/serviceName', 'Ingress'),
  at('spec/backend/serviceName', 'Ingress'),
  at('spec/rules/http/paths/backend/service/name', 'Ingress'),
  at('spec/defaultBackend/service/name', 'Ingress'),
  at('spec/service/name', 'APIService', 'apiregistration.k8s.io'),
  at('webhooks/clientConfig/service', 'ValidatingWebhookConfiguration', 'admissionregistration.k8s.io'),
  at('webhooks/clientConfig/service', 'MutatingWebhookConfiguration', 'admissionregistration.k8s.io'),
];

export const nameReferences: readonly NameReference[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => ({
    target: { kind },
    fields: [at('spec/scaleTargetRef/name', 'HorizontalPodAutoscaler')],
  })),
  { target: { kind: 'ConfigMap', version: 'v1' }, fields: configMaps },
  { target: { kind: 'Secret', version: 'v1' }, fields: secrets },
  { target: { kind: 'Service', version: 'v1' }, fields: services },
  { target: { kind: 'Role', group: rbac }, fields: [at('roleRef/name', 'RoleBinding', rbac)] },
  { target: { kind: 'ClusterRole', group: rbac }, fields: [at('roleRef/name', 'RoleBinding', rbac), at('roleRef/name', 'ClusterRoleBinding', rbac)] },
  {
    target: { kind: 'ServiceAccount', version: 'v1' },
    fields: [at('subjects', 'RoleBinding', rbac), at('subjects', 'ClusterRoleBinding', rbac), ...inPods(others, 'serviceAccountName')],
  },
  { target: { kind: 'PersistentVolumeClaim', version: 'v1' }, fields: inPods(others, 'volumes/persistentVolumeClaim/claimName') },
  {
    target: { kind: 'PersistentVolume', version: 'v1' },
    fields: [at('spec/volumeName', 'PersistentVolumeClaim'), at('rules/resourceNames', 'ClusterRole')],
  },
  {
    target: { kind: 'StorageClass', version: 'v1', group: 'storage.k8s.io' },
    fields: [
      at('spec/storageClassName', 'PersistentVolume'),
      at('spec/storageClassName', 'PersistentVolumeClaim'),
      at('spec/volumeClaimTemplates/spec/storageClassName', 'StatefulSet'),
    ],
  },
  { target: { kind: 'PriorityClass', version: 'v1', group: 'scheduling.k8s.io' }, fields: inPods(others, 'priorityClassName') },
  {
    target: { kind: 'ValidatingAdmissionPolicy', group: 'admissionregistration.k8s.io' },
    fields: [at('spec/policyName', 'ValidatingAdmissionPolicyBinding', 'admissionregistration.k8s.io')],
  },
];
