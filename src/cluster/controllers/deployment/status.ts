import { Deployments } from '../../../api/kinds/resource-types.ts';
import type { DeploymentCondition, DeploymentStatus } from '../../../api/schema/generated/types.ts';
import type { ControllerContext } from '../define-controller.ts';
import type { Deployment, ReplicaSet } from '../objects.ts';
import { conditionOf, withoutCondition } from '../workload/conditions.ts';
import { sameStatus } from '../workload/replicas.ts';
import { maxUnavailable, replicasOf, statusReplicas, sum } from './arithmetic.ts';
import { deploymentCondition, progressing, setCondition } from './conditions.ts';
import type { Rollout } from './new-set.ts';

const AVAILABLE = 'NewReplicaSetAvailable';
const TIMED_OUT = 'ProgressDeadlineExceeded';
const NO_DEADLINE = 2 ** 31 - 1;

/** Counts, availability and progress, written only where they changed. */
export async function updateStatus(context: ControllerContext, rollout: Rollout, { withProgress }: { withProgress: boolean }): Promise<void> {
  const { deployment } = rollout;
  let status = countStatus(context, rollout);
  if (withProgress) status = withFailures(withProgressCondition(context, rollout, status), rollout);
  if (!sameStatus(status, deployment.status)) await context.api.updateStatus(Deployments, { ...deployment, status });
}

function countStatus({ clock }: ControllerContext, { deployment, newSet, oldSets }: Rollout): DeploymentStatus {
  const all = newSet ? [...oldSets, newSet] : oldSets;
  const available = sum(all, ({ status }) => status?.availableReplicas ?? 0);
  const isEnough = available >= replicasOf(deployment) - maxUnavailable(deployment);
  const condition = isEnough
    ? deploymentCondition(clock.now(), 'Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.')
    : deploymentCondition(clock.now(), 'Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.');
  const { collisionCount } = deployment.status ?? {};
  return {
    observedGeneration: deployment.metadata.generation ?? 0,
    replicas: sum(all, statusReplicas),
    updatedReplicas: newSet ? statusReplicas(newSet) : 0,
    readyReplicas: sum(all, ({ status }) => status?.readyReplicas ?? 0),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, sum(all, replicasOf) - available),
    terminatingReplicas: sum(all, ({ status }) => status?.terminatingReplicas ?? 0),
    ...(collisionCount ? { collisionCount } : {}),
    conditions: setCondition(deployment.status?.conditions, condition),
  };
}

export const isComplete = (deployment: Deployment, status: DeploymentStatus): boolean =>
  status.updatedReplicas === replicasOf(deployment) &&
  status.replicas === replicasOf(deployment) &&
  status.availableReplicas === replicasOf(deployment) &&
  (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0);

export const hasDeadline = ({ spec }: Deployment): boolean => (spec?.progressDeadlineSeconds ?? NO_DEADLINE) !== NO_DEADLINE;

function withProgressCondition({ clock }: ControllerContext, { deployment, newSet }: Rollout, status: DeploymentStatus): DeploymentStatus {
  if (!hasDeadline(deployment)) return { ...status, conditions: withoutCondition(status.conditions, 'Progressing') };
  const current = progressing(deployment.status?.conditions);
  const isDone = status.replicas === status.updatedReplicas && current?.reason === AVAILABLE;
  if (isDone) return status;
  const subject = newSet ? `ReplicaSet "${newSet.metadata.name ?? ''}"` : `Deployment "${deployment.metadata.name ?? ''}"`;
  const made = (value: string, reason: string, what: string) => deploymentCondition(clock.now(), 'Progressing', value, reason, `${subject} ${what}`);
  if (isComplete(deployment, status)) return withSet(status, made('True', AVAILABLE, 'has successfully progressed.'));
  if (hasProgressed(deployment, status)) return withProgress(status, current, made('True', 'ReplicaSetUpdated', 'is progressing.'));
  if (hasTimedOut(deployment, clock.now())) return withSet(status, made('False', TIMED_OUT, 'has timed out progressing.'));
  return status;
}

const withSet = (status: DeploymentStatus, condition: DeploymentCondition): DeploymentStatus => ({
  ...status,
  conditions: setCondition(status.conditions, condition),
});

/** Progress renews lastUpdateTime even where the reason stays. */
function withProgress(status: DeploymentStatus, current: DeploymentCondition | undefined, made: DeploymentCondition): DeploymentStatus {
  const time = current?.status === 'True' ? current.lastTransitionTime : undefined;
  const condition = time ? { ...made, lastTransitionTime: time } : made;
  return { ...status, conditions: [...withoutCondition(status.conditions, 'Progressing'), condition] };
}

function hasProgressed({ status: old = {} }: Deployment, status: DeploymentStatus): boolean {
  const outdated = (s: DeploymentStatus) => (s.replicas ?? 0) - (s.updatedReplicas ?? 0);
  return (
    (status.updatedReplicas ?? 0) > (old.updatedReplicas ?? 0) ||
    outdated(status) < outdated(old) ||
    (status.readyReplicas ?? 0) > (old.readyReplicas ?? 0) ||
    (status.availableReplicas ?? 0) > (old.availableReplicas ?? 0)
  );
}

/** When the rollout's deadline falls, unless it is over already. */
export function deadlineOf(deployment: Deployment): number | undefined {
  const current = progressing(deployment.status?.conditions);
  if (!current || !hasDeadline(deployment) || current.reason === AVAILABLE || current.reason === TIMED_OUT) return undefined;
  return Date.parse(current.lastUpdateTime ?? '') + (deployment.spec?.progressDeadlineSeconds ?? 0) * 1000;
}

function hasTimedOut(deployment: Deployment, now: number): boolean {
  if (progressing(deployment.status?.conditions)?.reason === TIMED_OUT) return true;
  const at = deadlineOf(deployment);
  return at !== undefined && at < now;
}

/** A set that cannot make or delete its pods says so on the deployment. */
function withFailures(status: DeploymentStatus, { newSet, oldSets }: Rollout): DeploymentStatus {
  const failing = [newSet, ...oldSets].find((set): set is ReplicaSet => Boolean(conditionOf(set?.status?.conditions, 'ReplicaFailure')));
  const condition = conditionOf(failing?.status?.conditions, 'ReplicaFailure');
  if (!condition) return { ...status, conditions: withoutCondition(status.conditions, 'ReplicaFailure') };
  const { status: value, reason = '', message = '', lastTransitionTime = '' } = condition;
  return withSet(status, { type: 'ReplicaFailure', status: value, reason, message, lastTransitionTime, lastUpdateTime: lastTransitionTime });
}
