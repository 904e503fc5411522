import { certificateApprover, certificateCleaner, certificateSigner } from './certificates.ts';
import { clusterRoleAggregation } from './cluster-role-aggregation.ts';
import { cronJob } from './cron-job/index.ts';
import { daemonSet } from './daemon-set/index.ts';
import type { ControllerDefinition } from './define-controller.ts';
import { deployment } from './deployment/index.ts';
import { disruption } from './disruption.ts';
import { endpointSlices } from './endpoints/endpoint-slices.ts';
import { endpoints } from './endpoints/endpoints.ts';
import { mirroredSlices } from './endpoints/mirrored-slices.ts';
import { garbageCollector } from './garbage/index.ts';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { job } from './job/index.ts';
import { jobOrphanPods } from './job/orphan-pods.ts';
import { namespace } from './namespace.ts';
import { nodeIpam } from './node/node-ipam.ts';
import { nodeLifecycle } from './node/node-lifecycle.ts';
import { taintEviction } from './node/taint-eviction.ts';
import { podGarbage } from './pod-gc.ts';
import { replicaSet } from './replica-set.ts';
import { replicationController } from './replication-controller.ts';
import { resourceQuota } from './resource-quota.ts';
import { rootCaPublisher } from './root-ca-publisher.ts';
import { serviceAccount } from './service-account.ts';
import type { ControllerSettings } from './settings.ts';
import { statefulSet } from './stateful-set/index.ts';
import { ttlAfterFinished } from './ttl-after-finished.ts';
import { validatingAdmissionPolicyStatus } from './validating-admission-policy-status.ts';
import { volumeBinder } from './volume/binder.ts';
import { ephemeralVolume } from './volume/ephemeral.ts';
import { claimExpansion } from './volume/expand.ts';
import { localPathProvisioner } from './volume/local-path.ts';
import { claimProtection, volumeProtection } from './volume/protection.ts';

/** One line per controller, in the order in which they start. */
export const controllersFor = (settings: ControllerSettings): readonly ControllerDefinition[] => [
  namespace(),
  serviceAccount,
  ...(settings.rootCa ? [rootCaPublisher(settings.rootCa)] : []),
  ...(settings.clusterCidr ? [nodeIpam(settings.clusterCidr, settings.nodeCidrMaskSize)] : []),
  nodeLifecycle(),
  taintEviction(),
  garbageCollector(),
  endpoints,
  endpointSlices,
  mirroredSlices,
  replicationController,
  replicaSet,
  deployment,
  daemonSet,
  statefulSet,
  job,
  jobOrphanPods,
  cronJob,
  ttlAfterFinished,
  disruption,
  resourceQuota,
  podGarbage(),
  clusterRoleAggregation,
  certificateApprover,
  ...(settings.signCertificate ? [certificateSigner(settings.signCertificate)] : []),
  certificateCleaner,
  volumeBinder,
  ...(settings.removeFolder ? [localPathProvisioner(settings.removeFolder)] : []),
  claimExpansion,
  ephemeralVolume,
  horizontalPodAutoscaler(),
  claimProtection,
  volumeProtection,
  validatingAdmissionPolicyStatus,
];
