import type { ResourceType } from '../client/api-client.ts';
import type * as k8s from '../schema/generated/types.ts';

/** The generated interfaces as plain object types, which (unlike interfaces) satisfy KubeObject's index signature. */
export type Plain<T> = { readonly [K in keyof T]: T[K] };

/** Every resource that the API server serves from the start, with the type of its objects. */
export const Bindings: ResourceType<Plain<k8s.Binding>> = { group: '', version: 'v1', resource: 'bindings', kind: 'Binding', namespaced: true };
export const ComponentStatuses: ResourceType<Plain<k8s.ComponentStatus>> = {
  group: '',
  version: 'v1',
  resource: 'componentstatuses',
  kind: 'ComponentStatus',
  namespaced: false,
};
export const ConfigMaps: ResourceType<Plain<k8s.ConfigMap>> = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};
export const Endpoints: ResourceType<Plain<k8s.Endpoints>> = { group: '', version: 'v1', resource: 'endpoints', kind: 'Endpoints', namespaced: true };
export const Events: ResourceType<Plain<k8s.Event>> = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };
export const LimitRanges: ResourceType<Plain<k8s.LimitRange>> = {
  group: '',
  version: 'v1',
  resource: 'limitranges',
  kind: 'LimitRange',
  namespaced: true,
};
export const Namespaces: ResourceType<Plain<k8s.Namespace>> = {
  group: '',
  version: 'v1',
  resource: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};
export const Nodes: ResourceType<Plain<k8s.Node>> = { group: '', version: 'v1', resource: 'nodes', kind: 'Node', namespaced: false };
export const PersistentVolumeClaims: ResourceType<Plain<k8s.PersistentVolumeClaim>> = {
  group: '',
  version: 'v1',
  resource: 'persistentvolumeclaims',
  kind: 'PersistentVolumeClaim',
  namespaced: true,
};
export const PersistentVolumes: ResourceType<Plain<k8s.PersistentVolume>> = {
  group: '',
  version: 'v1',
  resource: 'persistentvolumes',
  kind: 'PersistentVolume',
  namespaced: false,
};
export const Pods: ResourceType<Plain<k8s.Pod>> = { group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true };
export const PodTemplates: ResourceType<Plain<k8s.PodTemplate>> = {
  group: '',
  version: 'v1',
  resource: 'podtemplates',
  kind: 'PodTemplate',
  namespaced: true,
};
export const ReplicationControllers: ResourceType<Plain<k8s.ReplicationController>> = {
  group: '',
  version: 'v1',
  resource: 'replicationcontrollers',
  kind: 'ReplicationController',
  namespaced: true,
};
export const ResourceQuotas: ResourceType<Plain<k8s.ResourceQuota>> = {
  group: '',
  version: 'v1',
  resource: 'resourcequotas',
  kind: 'ResourceQuota',
  namespaced: true,
};
export const Secrets: ResourceType<Plain<k8s.Secret>> = { group: '', version: 'v1', resource: 'secrets', kind: 'Secret', namespaced: true };
export const ServiceAccounts: ResourceType<Plain<k8s.ServiceAccount>> = {
  group: '',
  version: 'v1',
  resource: 'serviceaccounts',
  kind: 'ServiceAccount',
  namespaced: true,
};
export const Services: ResourceType<Plain<k8s.Service>> = { group: '', version: 'v1', resource: 'services', kind: 'Service', namespaced: true };
export const APIServices: ResourceType<Plain<k8s.APIService>> = {
  group: 'apiregistration.k8s.io',
  version: 'v1',
  resource: 'apiservices',
  kind: 'APIService',
  namespaced: false,
};
export const ControllerRevisions: ResourceType<Plain<k8s.ControllerRevision>> = {
  group: 'apps',
  version: 'v1',
  resource: 'controllerrevisions',
  kind: 'ControllerRevision',
  namespaced: true,
};
export const DaemonSets: ResourceType<Plain<k8s.DaemonSet>> = {
  group: 'apps',
  version: 'v1',
  resource: 'daemonsets',
  kind: 'DaemonSet',
  namespaced: true,
};
export const Deployments: ResourceType<Plain<k8s.Deployment>> = {
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  namespaced: true,
};
export const ReplicaSets: ResourceType<Plain<k8s.ReplicaSet>> = {
  group: 'apps',
  version: 'v1',
  resource: 'replicasets',
  kind: 'ReplicaSet',
  namespaced: true,
};
export const StatefulSets: ResourceType<Plain<k8s.StatefulSet>> = {
  group: 'apps',
  version: 'v1',
  resource: 'statefulsets',
  kind: 'StatefulSet',
  namespaced: true,
};
export const EventsV1Events: ResourceType<Plain<k8s.EventsV1Event>> = {
  group: 'events.k8s.io',
  version: 'v1',
  resource: 'events',
  kind: 'Event',
  namespaced: true,
};
export const SelfSubjectReviews: ResourceType<Plain<k8s.SelfSubjectReview>> = {
  group: 'authentication.k8s.io',
  version: 'v1',
  resource: 'selfsubjectreviews',
  kind: 'SelfSubjectReview',
  namespaced: false,
};
export const TokenReviews: ResourceType<Plain<k8s.TokenReview>> = {
  group: 'authentication.k8s.io',
  version: 'v1',
  resource: 'tokenreviews',
  kind: 'TokenReview',
  namespaced: false,
};
export const LocalSubjectAccessReviews: ResourceType<Plain<k8s.LocalSubjectAccessReview>> = {
  group: 'authorization.k8s.io',
  version: 'v1',
  resource: 'localsubjectaccessreviews',
  kind: 'LocalSubjectAccessReview',
  namespaced: true,
};
export const SelfSubjectAccessReviews: ResourceType<Plain<k8s.SelfSubjectAccessReview>> = {
  group: 'authorization.k8s.io',
  version: 'v1',
  resource: 'selfsubjectaccessreviews',
  kind: 'SelfSubjectAccessReview',
  namespaced: false,
};
export const SelfSubjectRulesReviews: ResourceType<Plain<k8s.SelfSubjectRulesReview>> = {
  group: 'authorization.k8s.io',
  version: 'v1',
  resource: 'selfsubjectrulesreviews',
  kind: 'SelfSubjectRulesReview',
  namespaced: false,
};
export const SubjectAccessReviews: ResourceType<Plain<k8s.SubjectAccessReview>> = {
  group: 'authorization.k8s.io',
  version: 'v1',
  resource: 'subjectaccessreviews',
  kind: 'SubjectAccessReview',
  namespaced: false,
};
export const HorizontalPodAutoscalers: ResourceType<Plain<k8s.HorizontalPodAutoscaler>> = {
  group: 'autoscaling',
  version: 'v2',
  resource: 'horizontalpodautoscalers',
  kind: 'HorizontalPodAutoscaler',
  namespaced: true,
};
export const HorizontalPodAutoscalersV1: ResourceType<Plain<k8s.AutoscalingV1HorizontalPodAutoscaler>> = {
  group: 'autoscaling',
  version: 'v1',
  resource: 'horizontalpodautoscalers',
  kind: 'HorizontalPodAutoscaler',
  namespaced: true,
};
export const CronJobs: ResourceType<Plain<k8s.CronJob>> = { group: 'batch', version: 'v1', resource: 'cronjobs', kind: 'CronJob', namespaced: true };
export const Jobs: ResourceType<Plain<k8s.Job>> = { group: 'batch', version: 'v1', resource: 'jobs', kind: 'Job', namespaced: true };
export const CertificateSigningRequests: ResourceType<Plain<k8s.CertificateSigningRequest>> = {
  group: 'certificates.k8s.io',
  version: 'v1',
  resource: 'certificatesigningrequests',
  kind: 'CertificateSigningRequest',
  namespaced: false,
};
export const IngressClasses: ResourceType<Plain<k8s.IngressClass>> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ingressclasses',
  kind: 'IngressClass',
  namespaced: false,
};
export const Ingresses: ResourceType<Plain<k8s.Ingress>> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ingresses',
  kind: 'Ingress',
  namespaced: true,
};
export const IPAddresses: ResourceType<Plain<k8s.IPAddress>> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ipaddresses',
  kind: 'IPAddress',
  namespaced: false,
};
export const NetworkPolicies: ResourceType<Plain<k8s.NetworkPolicy>> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'networkpolicies',
  kind: 'NetworkPolicy',
  namespaced: true,
};
export const ServiceCIDRs: ResourceType<Plain<k8s.ServiceCIDR>> = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'servicecidrs',
  kind: 'ServiceCIDR',
  namespaced: false,
};
export const PodDisruptionBudgets: ResourceType<Plain<k8s.PodDisruptionBudget>> = {
  group: 'policy',
  version: 'v1',
  resource: 'poddisruptionbudgets',
  kind: 'PodDisruptionBudget',
  namespaced: true,
};
export const ClusterRoleBindings: ResourceType<Plain<k8s.ClusterRoleBinding>> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'clusterrolebindings',
  kind: 'ClusterRoleBinding',
  namespaced: false,
};
export const ClusterRoles: ResourceType<Plain<k8s.ClusterRole>> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'clusterroles',
  kind: 'ClusterRole',
  namespaced: false,
};
export const RoleBindings: ResourceType<Plain<k8s.RoleBinding>> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'rolebindings',
  kind: 'RoleBinding',
  namespaced: true,
};
export const Roles: ResourceType<Plain<k8s.Role>> = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'roles',
  kind: 'Role',
  namespaced: true,
};
export const CSIDrivers: ResourceType<Plain<k8s.CSIDriver>> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'csidrivers',
  kind: 'CSIDriver',
  namespaced: false,
};
export const CSINodes: ResourceType<Plain<k8s.CSINode>> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'csinodes',
  kind: 'CSINode',
  namespaced: false,
};
export const CSIStorageCapacities: ResourceType<Plain<k8s.CSIStorageCapacity>> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'csistoragecapacities',
  kind: 'CSIStorageCapacity',
  namespaced: true,
};
export const StorageClasses: ResourceType<Plain<k8s.StorageClass>> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'storageclasses',
  kind: 'StorageClass',
  namespaced: false,
};
export const VolumeAttachments: ResourceType<Plain<k8s.VolumeAttachment>> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'volumeattachments',
  kind: 'VolumeAttachment',
  namespaced: false,
};
export const VolumeAttributesClasses: ResourceType<Plain<k8s.VolumeAttributesClass>> = {
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'volumeattributesclasses',
  kind: 'VolumeAttributesClass',
  namespaced: false,
};
export const MutatingAdmissionPolicies: ResourceType<Plain<k8s.MutatingAdmissionPolicy>> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'mutatingadmissionpolicies',
  kind: 'MutatingAdmissionPolicy',
  namespaced: false,
};
export const MutatingAdmissionPolicyBindings: ResourceType<Plain<k8s.MutatingAdmissionPolicyBinding>> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'mutatingadmissionpolicybindings',
  kind: 'MutatingAdmissionPolicyBinding',
  namespaced: false,
};
export const MutatingWebhookConfigurations: ResourceType<Plain<k8s.MutatingWebhookConfiguration>> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'mutatingwebhookconfigurations',
  kind: 'MutatingWebhookConfiguration',
  namespaced: false,
};
export const ValidatingAdmissionPolicies: ResourceType<Plain<k8s.ValidatingAdmissionPolicy>> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'validatingadmissionpolicies',
  kind: 'ValidatingAdmissionPolicy',
  namespaced: false,
};
export const ValidatingAdmissionPolicyBindings: ResourceType<Plain<k8s.ValidatingAdmissionPolicyBinding>> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'validatingadmissionpolicybindings',
  kind: 'ValidatingAdmissionPolicyBinding',
  namespaced: false,
};
export const ValidatingWebhookConfigurations: ResourceType<Plain<k8s.ValidatingWebhookConfiguration>> = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'validatingwebhookconfigurations',
  kind: 'ValidatingWebhookConfiguration',
  namespaced: false,
};
export const CustomResourceDefinitions: ResourceType<Plain<k8s.CustomResourceDefinition>> = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  resource: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};
export const PriorityClasses: ResourceType<Plain<k8s.PriorityClass>> = {
  group: 'scheduling.k8s.io',
  version: 'v1',
  resource: 'priorityclasses',
  kind: 'PriorityClass',
  namespaced: false,
};
export const Leases: ResourceType<Plain<k8s.Lease>> = {
  group: 'coordination.k8s.io',
  version: 'v1',
  resource: 'leases',
  kind: 'Lease',
  namespaced: true,
};
export const RuntimeClasses: ResourceType<Plain<k8s.RuntimeClass>> = {
  group: 'node.k8s.io',
  version: 'v1',
  resource: 'runtimeclasses',
  kind: 'RuntimeClass',
  namespaced: false,
};
export const EndpointSlices: ResourceType<Plain<k8s.EndpointSlice>> = {
  group: 'discovery.k8s.io',
  version: 'v1',
  resource: 'endpointslices',
  kind: 'EndpointSlice',
  namespaced: true,
};
export const DeviceClasses: ResourceType<Plain<k8s.DeviceClass>> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'deviceclasses',
  kind: 'DeviceClass',
  namespaced: false,
};
export const ResourceClaims: ResourceType<Plain<k8s.ResourceV1ResourceClaim>> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'resourceclaims',
  kind: 'ResourceClaim',
  namespaced: true,
};
export const ResourceClaimTemplates: ResourceType<Plain<k8s.ResourceClaimTemplate>> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'resourceclaimtemplates',
  kind: 'ResourceClaimTemplate',
  namespaced: true,
};
export const ResourceSlices: ResourceType<Plain<k8s.ResourceSlice>> = {
  group: 'resource.k8s.io',
  version: 'v1',
  resource: 'resourceslices',
  kind: 'ResourceSlice',
  namespaced: false,
};
export const FlowSchemas: ResourceType<Plain<k8s.FlowSchema>> = {
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  resource: 'flowschemas',
  kind: 'FlowSchema',
  namespaced: false,
};
export const PriorityLevelConfigurations: ResourceType<Plain<k8s.PriorityLevelConfiguration>> = {
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
