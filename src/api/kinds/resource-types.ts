import type { ResourceType } from '../client/api-client.ts';
import type {
  APIService,
  AutoscalingV1HorizontalPodAutoscaler,
  Binding,
  CertificateSigningRequest,
  ClusterRole,
  ClusterRoleBinding,
  ComponentStatus,
  ConfigMap,
  ControllerRevision,
  CronJob,
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  CustomResourceDefinition,
  DaemonSet,
  Deployment,
  DeviceClass,
  EndpointSlice,
  Endpoints,
  Event,
  EventsV1Event,
  FlowSchema,
  HorizontalPodAutoscaler,
  Ingress,
  IngressClass,
  IPAddress,
  Job,
  Lease,
  LimitRange,
  LocalSubjectAccessReview,
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  MutatingWebhookConfiguration,
  Namespace,
  NetworkPolicy,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  PodTemplate,
  PriorityClass,
  PriorityLevelConfiguration,
  ReplicaSet,
  ReplicationController,
  ResourceClaimTemplate,
  ResourceQuota,
  ResourceSlice,
  ResourceV1ResourceClaim,
  Role,
  RoleBinding,
  RuntimeClass,
  Secret,
  SelfSubjectAccessReview,
  SelfSubjectReview,
  SelfSubjectRulesReview,
  Service,
  ServiceAccount,
  ServiceCIDR,
  StatefulSet,
  StorageClass,
  SubjectAccessReview,
  TokenReview,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  ValidatingWebhookConfiguration,
  VolumeAttachment,
  VolumeAttributesClass,
} from '../schema/generated/types.ts';

/** The generated interfaces as plain object types, which (unlike interfaces) satisfy KubeObject's index signature. */
export type Plain<T> = { readonly [K in keyof T]: T[K] };

/** Every resource that the API server serves from the start, with the type of its objects. */
export const Bindings: ResourceType<Plain<Binding>> = { group: '', version: 'v1', resource: 'bindings', kind: 'Binding', namespaced: true };
export const ComponentStatuses: ResourceType<Plain<ComponentStatus>> = {
  group: '',
  version: 'v1',
  resource: 'componentstatuses',
  kind: 'ComponentStatus',
  namespaced: false,
};
export const ConfigMaps: ResourceType<Plain<ConfigMap>> = { group: '', version: 'v1', resource: 'configmaps', kind: 'ConfigMap', namespaced: true };
export const Endpoints: ResourceType<Plain<Endpoints>> = { group: '', version: 'v1', resource: 'endpoints', kind: 'Endpoints', namespaced: true };
export const Events: ResourceType<Plain<Event>> = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };
export const LimitRanges: ResourceType<Plain<LimitRange>> = {
  group: '',
  version: 'v1',
  resource: 'limitranges',
  kind: 'LimitRange',
  namespaced: true,
};
export const Namespaces: ResourceType<Plain<Namespace>> = { group: '', version: 'v1', resource: 'namespaces', kind: 'Namespace', namespaced: false };
export const Nodes: ResourceType<Plain<Node>> = { group: '', version: 'v1', resource: 'nodes', kind: 'Node', namespaced: false };
export const PersistentVolumeClaims: ResourceType<Plain<PersistentVolumeClaim>> = {
  group: '',
  version: 'v1',
  resource: 'persistentvolumeclaims',
  kind: 'PersistentVolumeClaim',
  namespaced: true,
};
export const PersistentVolumes: ResourceType<Plain<PersistentVolume>> = {
  group: '',
  version: 'v1',
  resource: 'persistentvolumes',
  kind: 'PersistentVolume',
  namespaced: false,
};
export const Pods: ResourceType<Plain<Pod>> = { group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true };
export const PodTemplates: ResourceType<Plain<PodTemplate>> = {
  group: '',
  version: 'v1',
  resource: 'podtemplates',
  kind: 'PodTemplate',
  namespaced: true,
};
export const ReplicationControllers: ResourceType<Plain<ReplicationController>> = {
  group: '',
  version: 'v1',
  resource: 'replicationcontrollers',
  kind: 'ReplicationController',
  namespaced: true,
};
export const ResourceQuotas: ResourceType<Plain<ResourceQuota>> = {
  group: '',
  version: 'v1',
  resource: 'resourcequotas',
  kind: 'ResourceQuota',
  namespaced: true,
};
export const Secrets: ResourceType<Plain<Secret>> = { group: '', version: 'v1', resource: 'secrets', kind: 'Secret', namespaced: true };
export const ServiceAccounts: ResourceType<Plain<ServiceAccount>> = {
  group: '',
  version: 'v1',
  resource: 'serviceaccounts',
  kind: 'ServiceAccount',
  namespaced: true,
};
export const Services: ResourceType<Plain<Service>> = { group: '', version: 'v1', resource: 'services', kind: 'Service', namespaced: true };
export const APIServices: ResourceType<Plain<APIService>> = {
  group: 'apiregistration.k8s.io',
  version: 'v1',
  resource: 'apiservices',
  kind: 'APIService',
  namespaced: false,
};
export const ControllerRevisions: ResourceType<Plain<ControllerRevision>> = {
  group: 'apps',
  version: 'v1',
  resource: 'controllerrevisions',
  kind: 'ControllerRevision',
  namespaced: true,
};
export const DaemonSets: ResourceType<Plain<DaemonSet>> = {
  group: 'apps',
  version: 'v1',
  resource: 'daemonsets',
  kind: 'DaemonSet',
  namespaced: true,
};
export const Deployments: ResourceType<Plain<Deployment>> = {
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  namespaced: true,
};
export const ReplicaSets: ResourceType<Plain<ReplicaSet>> = {
  group: 'apps',
  version: 'v1',
  resource: 'replicasets',
  kind: 'ReplicaSet',
  namespaced: true,
};
export const StatefulSets: ResourceType<Plain<StatefulSet>> = {
  group: 'apps',
  version: 'v1',
  resource: 'statefulsets',
  kind: 'StatefulSet',
  namespaced: true,
};
export const EventsV1Events: ResourceType<Plain<EventsV1Event>> = {
  group: 'events.k8s.io',
  version: 'v1',
  resource: 'events',
  kind: 'Event',
  namespaced: true,
};
export const SelfSubjectReviews: ResourceType<Plain<SelfSubjectReview>> = {
  group: 'authentication.k8s.io',
  version: 'v1',
  resource: 'selfsubjectreviews',
  kind: 'SelfSubjectReview',
  namespaced: false,
};
export const TokenReviews: ResourceType<Plain<TokenReview>> = {
  group: 'authentication.k8s.io',
  version: 'v1',
  resource: 'tokenreviews',
  kind: 'TokenReview',
  namespaced: false,
};
export const LocalSubjectAccessReviews: ResourceType<Plain<LocalSubjectAccessReview>> = {
  group: 'authorization.k8s.io',
  version: 'v1',
  resource: 'localsubjectaccessreviews',
  kind: 'LocalSubjectAccessReview',
  namespaced: true,
};
export const SelfSubjectAccessReviews: ResourceType<Plain<SelfSubjectAccessReview>> = {
  group: 'authorization.k8s.io',
  version: 'v1',
  resource: 'selfsubjectaccessreviews',
  kind: 'SelfSubjectAccessReview',
  namespaced: false,
};
export const SelfSubjectRulesReviews: ResourceType<Plain<SelfSubjectRulesReview>> = {
  group: 'authorization.k8s.io',
  version: 'v1',
  resource: 'selfsubjectrulesreviews',
  kind: 'SelfSubjectRulesReview',
  namespaced: false,
};
export const SubjectAccessReviews: ResourceType<Plain<SubjectAccessReview>> = {
  group: 'authorization.k8s.io',
  version: 'v1',
  resource: 'subjectaccessreviews',
  kind: 'SubjectAccessReview',
  namespaced: false,
};
export const HorizontalPodAutoscalers: ResourceType<Plain<HorizontalPodAutoscaler>> = {
  group: 'autoscaling',
  version: 'v2',
  resource: 'horizontalpodautoscalers',
  kind: 'HorizontalPodAutoscaler',
  namespaced: true,
};
export const HorizontalPodAutoscalersV1: ResourceType<Plain<AutoscalingV1HorizontalPodAutoscaler>> = {
  group: 'autoscaling',
  version: 'v1',
  resource: 'horizontalpodautoscalers',
  kind: 'HorizontalPodAutoscaler',
  namespaced: true,
};
export const CronJobs: ResourceType<Plain<CronJob>> = { group: 'batch', version: 'v1', resource: 'cronjobs', kind: 'CronJob', namespaced: true };
export const Jobs: ResourceType<Plain<Job>> = { group: 'batch', version: 'v1', resource: 'jobs', kind: 'Job', namespaced: true };
export const CertificateSigningRequests: ResourceType<Plain<CertificateSigningRequest>> = {
  group: 'certificates.k8s.io',
  version: 'v1',
  resource: 'certificatesigningrequests',
  kind: 'CertificateSigningRequest',
  namespaced: false,
};
export const IngressClasses: ResourceType<Plain<IngressClass>> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ingressclasses',
  kind: 'IngressClass',
  namespaced: false,
};
export const Ingresses: ResourceType<Plain<Ingress>> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ingresses',
  kind: 'Ingress',
  namespaced: true,
};
export const IPAddresses: ResourceType<Plain<IPAddress>> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ipaddresses',
  kind: 'IPAddress',
  namespaced: false,
};
export const NetworkPolicies: ResourceType<Plain<NetworkPolicy>> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'networkpolicies',
  kind: 'NetworkPolicy',
  namespaced: true,
};
export const ServiceCIDRs: ResourceType<Plain<ServiceCIDR>> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'servicecidrs',
  kind: 'ServiceCIDR',
  namespaced: false,
};
export const PodDisruptionBudgets: ResourceType<Plain<PodDisruptionBudget>> = {
  group: 'policy',
  version: 'v1',
  resource: 'poddisruptionbudgets',
  kind: 'PodDisruptionBudget',
  namespaced: true,
};
export const ClusterRoleBindings: ResourceType<Plain<ClusterRoleBinding>> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'clusterrolebindings',
  kind: 'ClusterRoleBinding',
  namespaced: false,
};
export const ClusterRoles: ResourceType<Plain<ClusterRole>> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'clusterroles',
  kind: 'ClusterRole',
  namespaced: false,
};
export const RoleBindings: ResourceType<Plain<RoleBinding>> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'rolebindings',
  kind: 'RoleBinding',
  namespaced: true,
};
export const Roles: ResourceType<Plain<Role>> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'roles',
  kind: 'Role',
  namespaced: true,
};
export const CSIDrivers: ResourceType<Plain<CSIDriver>> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'csidrivers',
  kind: 'CSIDriver',
  namespaced: false,
};
export const CSINodes: ResourceType<Plain<CSINode>> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'csinodes',
  kind: 'CSINode',
  namespaced: false,
};
export const CSIStorageCapacities: ResourceType<Plain<CSIStorageCapacity>> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'csistoragecapacities',
  kind: 'CSIStorageCapacity',
  namespaced: true,
};
export const StorageClasses: ResourceType<Plain<StorageClass>> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'storageclasses',
  kind: 'StorageClass',
  namespaced: false,
};
export const VolumeAttachments: ResourceType<Plain<VolumeAttachment>> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'volumeattachments',
  kind: 'VolumeAttachment',
  namespaced: false,
};
export const VolumeAttributesClasses: ResourceType<Plain<VolumeAttributesClass>> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'volumeattributesclasses',
  kind: 'VolumeAttributesClass',
  namespaced: false,
};
export const MutatingAdmissionPolicies: ResourceType<Plain<MutatingAdmissionPolicy>> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'mutatingadmissionpolicies',
  kind: 'MutatingAdmissionPolicy',
  namespaced: false,
};
export const MutatingAdmissionPolicyBindings: ResourceType<Plain<MutatingAdmissionPolicyBinding>> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'mutatingadmissionpolicybindings',
  kind: 'MutatingAdmissionPolicyBinding',
  namespaced: false,
};
export const MutatingWebhookConfigurations: ResourceType<Plain<MutatingWebhookConfiguration>> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'mutatingwebhookconfigurations',
  kind: 'MutatingWebhookConfiguration',
  namespaced: false,
};
export const ValidatingAdmissionPolicies: ResourceType<Plain<ValidatingAdmissionPolicy>> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'validatingadmissionpolicies',
  kind: 'ValidatingAdmissionPolicy',
  namespaced: false,
};
export const ValidatingAdmissionPolicyBindings: ResourceType<Plain<ValidatingAdmissionPolicyBinding>> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'validatingadmissionpolicybindings',
  kind: 'ValidatingAdmissionPolicyBinding',
  namespaced: false,
};
export const ValidatingWebhookConfigurations: ResourceType<Plain<ValidatingWebhookConfiguration>> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'validatingwebhookconfigurations',
  kind: 'ValidatingWebhookConfiguration',
  namespaced: false,
};
export const CustomResourceDefinitions: ResourceType<Plain<CustomResourceDefinition>> = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  resource: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};
export const PriorityClasses: ResourceType<Plain<PriorityClass>> = {
  group: 'scheduling.k8s.io',
  version: 'v1',
  resource: 'priorityclasses',
  kind: 'PriorityClass',
  namespaced: false,
};
export const Leases: ResourceType<Plain<Lease>> = {
  group: 'coordination.k8s.io',
  version: 'v1',
  resource: 'leases',
  kind: 'Lease',
  namespaced: true,
};
export const RuntimeClasses: ResourceType<Plain<RuntimeClass>> = {
  group: 'node.k8s.io',
  version: 'v1',
  resource: 'runtimeclasses',
  kind: 'RuntimeClass',
  namespaced: false,
};
export const EndpointSlices: ResourceType<Plain<EndpointSlice>> = {
  group: 'discovery.k8s.io',
  version: 'v1',
  resource: 'endpointslices',
  kind: 'EndpointSlice',
  namespaced: true,
};
export const DeviceClasses: ResourceType<Plain<DeviceClass>> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'deviceclasses',
  kind: 'DeviceClass',
  namespaced: false,
};
export const ResourceClaims: ResourceType<Plain<ResourceV1ResourceClaim>> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'resourceclaims',
  kind: 'ResourceClaim',
  namespaced: true,
};
export const ResourceClaimTemplates: ResourceType<Plain<ResourceClaimTemplate>> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'resourceclaimtemplates',
  kind: 'ResourceClaimTemplate',
  namespaced: true,
};
export const ResourceSlices: ResourceType<Plain<ResourceSlice>> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'resourceslices',
  kind: 'ResourceSlice',
  namespaced: false,
};
export const FlowSchemas: ResourceType<Plain<FlowSchema>> = {
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  resource: 'flowschemas',
  kind: 'FlowSchema',
  namespaced: false,
};
export const PriorityLevelConfigurations: ResourceType<Plain<PriorityLevelConfiguration>> = {
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  resource: 'prioritylevelconfigurations',
  kind: 'PriorityLevelConfiguration',
  namespaced: false,
};

export const resourceTypes: readonly ResourceType[] = [
  Bindings,
  ComponentStatuses,
  ConfigMaps,
  Endpoints,
  Events,
  LimitRanges,
  Namespaces,
  Nodes,
  PersistentVolumeClaims,
  PersistentVolumes,
  Pods,
  PodTemplates,
  ReplicationControllers,
  ResourceQuotas,
  Secrets,
  ServiceAccounts,
  Services,
  APIServices,
  ControllerRevisions,
  DaemonSets,
  Deployments,
  ReplicaSets,
  StatefulSets,
  EventsV1Events,
  SelfSubjectReviews,
  TokenReviews,
  LocalSubjectAccessReviews,
  SelfSubjectAccessReviews,
  SelfSubjectRulesReviews,
  SubjectAccessReviews,
  HorizontalPodAutoscalers,
  HorizontalPodAutoscalersV1,
  CronJobs,
  Jobs,
  CertificateSigningRequests,
  IngressClasses,
  Ingresses,
  IPAddresses,
  NetworkPolicies,
  ServiceCIDRs,
  PodDisruptionBudgets,
  ClusterRoleBindings,
  ClusterRoles,
  RoleBindings,
  Roles,
  CSIDrivers,
  CSINodes,
  CSIStorageCapacities,
  StorageClasses,
  VolumeAttachments,
  VolumeAttributesClasses,
  MutatingAdmissionPolicies,
  MutatingAdmissionPolicyBindings,
  MutatingWebhookConfigurations,
  ValidatingAdmissionPolicies,
  ValidatingAdmissionPolicyBindings,
  ValidatingWebhookConfigurations,
  CustomResourceDefinitions,
  PriorityClasses,
  Leases,
  RuntimeClasses,
  EndpointSlices,
  DeviceClasses,
  ResourceClaims,
  ResourceClaimTemplates,
  ResourceSlices,
  FlowSchemas,
  PriorityLevelConfigurations,
];
