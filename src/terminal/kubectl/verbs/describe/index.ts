import { horizontalPodAutoscaler } from './autoscaler.ts';
import { configMap, secret, serviceAccount } from './configuration.ts';
import type { AnyDescriber } from './describer.ts';
import { ingress, ingressClass } from './ingress.ts';
import { cronJob, job } from './jobs.ts';
import { networkPolicy } from './network-policy.ts';
import { ipAddress, serviceCidr } from './network-ranges.ts';
import { node } from './node.ts';
import { pod } from './pod.ts';
import { limitRange, namespace, podDisruptionBudget, priorityClass, resourceQuota } from './policy.ts';
import { clusterRole, clusterRoleBinding, role, roleBinding } from './rbac.ts';
import { endpointSlice, endpoints, service } from './services.ts';
import { signingRequest } from './signing-request.ts';
import { csiNode, persistentVolume, persistentVolumeClaim, storageClass, volumeAttributesClass } from './storage.ts';
import { daemonSet, deployment, replicaSet, replicationController, statefulSet } from './workloads.ts';

const describers: readonly AnyDescriber[] = [
  pod,
  replicationController,
  secret,
  service,
  serviceAccount,
  node,
  limitRange,
  resourceQuota,
  persistentVolume,
  persistentVolumeClaim,
  namespace,
  endpoints,
  configMap,
  endpointSlice,
  horizontalPodAutoscaler,
  ingress,
  ingressClass,
  serviceCidr,
  ipAddress,
  job,
  cronJob,
  statefulSet,
  deployment,
  daemonSet,
  replicaSet,
  signingRequest,
  storageClass,
  csiNode,
  volumeAttributesClass,
  podDisruptionBudget,
  role,
  clusterRole,
  roleBinding,
  clusterRoleBinding,
  networkPolicy,
  priorityClass,
];

export const describerFor = (group: string, kind: string): AnyDescriber | undefined =>
  describers.find((one) => one.group === group && one.kind === kind);
