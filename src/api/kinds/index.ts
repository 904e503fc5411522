import {
  mutatingAdmissionPolicy,
  mutatingAdmissionPolicyBinding,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
} from './admission/policy.ts';
import { mutatingWebhookConfiguration, validatingWebhookConfiguration } from './admission/webhook-configuration.ts';
import { apiService } from './api-service.ts';
import { certificateSigningRequest } from './certificate-signing-request/index.ts';
import { componentStatus } from './component-status.ts';
import { configMap } from './config-map.ts';
import { controllerRevision } from './controller-revision.ts';
import { cronJob } from './cron-job.ts';
import { csiDriver, csiNode, csiStorageCapacity, volumeAttachment, volumeAttributesClass } from './csi.ts';
import { customResourceDefinition } from './custom-resource-definition/index.ts';
import { daemonSet } from './daemon-set.ts';
import type { KindDefinition } from './define-kind.ts';
import { deployment } from './deployment.ts';
import { deviceClass, resourceClaim, resourceClaimTemplate, resourceSlice } from './dynamic-resources.ts';
import { endpointSlice } from './endpoint-slice.ts';
import { endpoints } from './endpoints.ts';
import { event, eventsV1Event } from './event.ts';
import { flowSchema, priorityLevelConfiguration } from './flow-control.ts';
import { horizontalPodAutoscaler, horizontalPodAutoscalerV1 } from './horizontal-pod-autoscaler/index.ts';
import { ingress } from './ingress.ts';
import { ingressClass } from './ingress-class.ts';
import { job } from './job.ts';
import { lease } from './lease.ts';
import { limitRange } from './limit-range.ts';
import { namespace } from './namespace.ts';
import { networkPolicy } from './network-policy.ts';
import { node } from './node.ts';
import { persistentVolume } from './persistent-volume.ts';
import { persistentVolumeClaim } from './persistent-volume-claim.ts';
import { pod } from './pod/index.ts';
import { podDisruptionBudget } from './pod-disruption-budget.ts';
import { podTemplate } from './pod-template.ts';
import { priorityClass } from './priority-class.ts';
import { clusterRoleBinding, roleBinding } from './rbac/binding.ts';
import { clusterRole, role } from './rbac/role.ts';
import { replicaSet } from './replica-set.ts';
import { replicationController } from './replication-controller.ts';
import { resourceQuota } from './resource-quota.ts';
import { runtimeClass } from './runtime-class.ts';
import { secret } from './secret.ts';
import { service } from './service/index.ts';
import { serviceAccount } from './service-account.ts';
import { ipAddress, serviceCidr } from './service-addresses.ts';
import { statefulSet } from './stateful-set.ts';
import { storageClass } from './storage-class.ts';

/** One line per declared kind. */
export const kinds: readonly KindDefinition[] = [
  apiService,
  certificateSigningRequest,
  clusterRole,
  clusterRoleBinding,
  componentStatus,
  configMap,
  controllerRevision,
  cronJob,
  csiDriver,
  csiNode,
  csiStorageCapacity,
  customResourceDefinition,
  daemonSet,
  deployment,
  deviceClass,
  endpoints,
  endpointSlice,
  event,
  eventsV1Event,
  flowSchema,
  horizontalPodAutoscaler,
  horizontalPodAutoscalerV1,
  ingress,
  ingressClass,
  ipAddress,
  job,
  lease,
  limitRange,
  mutatingAdmissionPolicy,
  mutatingAdmissionPolicyBinding,
  mutatingWebhookConfiguration,
  namespace,
  networkPolicy,
  node,
  persistentVolume,
  persistentVolumeClaim,
  pod,
  podDisruptionBudget,
  podTemplate,
  priorityClass,
  priorityLevelConfiguration,
  replicaSet,
  replicationController,
  resourceClaim,
  resourceClaimTemplate,
  resourceQuota,
  resourceSlice,
  role,
  roleBinding,
  runtimeClass,
  secret,
  service,
  serviceAccount,
  serviceCidr,
  statefulSet,
  storageClass,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
  validatingWebhookConfiguration,
  volumeAttachment,
  volumeAttributesClass,
];

const byResource = new Map(kinds.map((kind) => [key(kind.group, kind.version, kind.resource), kind]));

/** What is special about a resource; an empty definition for one that declares nothing. */
export const kindFor = (group: string, version: string, resource: string): KindDefinition =>
  byResource.get(key(group, version, resource)) ?? { group, version, resource };

function key(group: string, version: string, resource: string): string {
  return `${group}/${version}/${resource}`;
}
