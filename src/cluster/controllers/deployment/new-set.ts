import { Deployments, ReplicaSets } from '../../../api/kinds/resource-types.ts';
import { deepEqual } from '../../../api/machinery/deep-equal.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { ControllerContext } from '../define-controller.ts';
import type { Deployment, ReplicaSet } from '../objects.ts';
import { controllerRef, isControlledBy } from '../workload/owner.ts';
import { isNamespaceTerminating, messageOf } from '../workload/pod-control.ts';
import { newSetAnnotations, REVISION, replicaAnnotations, revisionOf } from './annotations.ts';
import { newSetReplicas } from './arithmetic.ts';
import { deploymentCondition, progressing, setCondition } from './conditions.ts';
import { findNewSet, HASH_LABEL, sameTemplate, templateHash, withHash } from './templates.ts';

export interface Rollout {
  deployment: Deployment;
  readonly newSet: ReplicaSet | undefined;
  readonly oldSets: readonly ReplicaSet[];
}

/** The set of the current template, made if `create`, with its revision and annotations brought up to date. */
export async function resolveSets(
  context: ControllerContext,
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  create: boolean,
): Promise<Rollout> {
  const found = findNewSet(deployment, sets);
  const oldSets = sets.filter((set) => set.metadata.uid !== found?.metadata.uid);
  const revision = Math.max(0, ...oldSets.map(revisionOf)) + 1;
  if (found) return { oldSets, ...(await refresh(context, deployment, found, revision)) };
  if (!create) return { deployment, newSet: undefined, oldSets };
  return { oldSets, ...(await createSet(context, deployment, oldSets, revision)) };
}

async function refresh(context: ControllerContext, deployment: Deployment, set: ReplicaSet, revision: number): Promise<Omit<Rollout, 'oldSets'>> {
  const annotations = newSetAnnotations(deployment, set, revision);
  const minReady = deployment.spec?.minReadySeconds ?? 0;
  let newSet = set;
  if (set.spec && (!deepEqual(annotations, set.metadata.annotations ?? {}) || (set.spec.minReadySeconds ?? 0) !== minReady)) {
    const spec = { ...set.spec, minReadySeconds: minReady };
    newSet = await context.api.update(ReplicaSets, { ...set, metadata: { ...set.metadata, annotations }, spec });
  }
  const condition = progressing(deployment.status?.conditions)
    ? undefined
    : { reason: 'FoundNewReplicaSet', message: `Found new replica set "${newSet.metadata.name ?? ''}"` };
  return { deployment: await note(context, deployment, annotations[REVISION] ?? String(revision), condition), newSet };
}

async function createSet(
  context: ControllerContext,
  deployment: Deployment,
  oldSets: readonly ReplicaSet[],
  revision: number,
): Promise<Omit<Rollout, 'oldSets'>> {
  const set = buildSet(deployment, oldSets, revision);
  const created = await insert(context, deployment, set);
  const replicas = created.spec?.replicas ?? 0;
  if (replicas > 0) {
    context.event(deployment, 'Normal', 'ScalingReplicaSet', `Scaled up replica set ${created.metadata.name ?? ''} from 0 to ${replicas}`);
  }
  const condition = { reason: 'NewReplicaSetCreated', message: `Created new replica set "${created.metadata.name ?? ''}"` };
  return { deployment: await note(context, deployment, String(revision), condition), newSet: created };
}

function buildSet(deployment: Deployment, oldSets: readonly ReplicaSet[], revision: number): ReplicaSet {
  const template = deployment.spec?.template ?? {};
  const value = templateHash(template, deployment.status?.collisionCount ?? 0);
  const selector = deployment.spec?.selector ?? {};
  const labelled = withHash(template, value);
  const set: ReplicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name ?? ''}-${value}`,
      namespace: deployment.metadata.namespace ?? '',
      ...(labelled.metadata?.labels ? { labels: labelled.metadata.labels } : {}),
      annotations: { ...newSetAnnotations(deployment, undefined, revision), ...replicaAnnotations(deployment) },
      ownerReferences: [controllerRef(deployment)],
    },
    spec: {
      replicas: 0,
      ...(deployment.spec?.minReadySeconds ? { minReadySeconds: deployment.spec.minReadySeconds } : {}),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [HASH_LABEL]: value } },
      template: labelled,
    },
  };
  const replicas = newSetReplicas(deployment, [...oldSets, set], set);
  return { ...set, spec: { ...set.spec, selector: set.spec?.selector ?? {}, replicas } };
}

async function insert(context: ControllerContext, deployment: Deployment, set: ReplicaSet): Promise<ReplicaSet> {
  const { api, clock, event } = context;
  try {
    return await api.create(ReplicaSets, set);
  } catch (error) {
    if (isStatusError(error, 'AlreadyExists')) {
      const there = await api.get(ReplicaSets, set.metadata.namespace ?? '', set.metadata.name ?? '');
      if (isControlledBy(there, deployment) && sameTemplate(there.spec?.template, set.spec?.template)) return there;
      const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
      await api.updateStatus(Deployments, { ...deployment, status: { ...deployment.status, collisionCount } });
    } else if (!isNamespaceTerminating(error)) {
      const message = `Failed to create new replica set "${set.metadata.name ?? ''}": ${messageOf(error)}`;
      event(deployment, 'Warning', 'ReplicaSetCreateError', message);
      const condition = deploymentCondition(clock.now(), 'Progressing', 'False', 'ReplicaSetCreateError', message);
      const conditions = setCondition(deployment.status?.conditions, condition);
      await api.updateStatus(Deployments, { ...deployment, status: { ...deployment.status, conditions } });
    }
    throw error;
  }
}

/** Writes the revision and the condition on the deployment, where they are new. */
async function note(
  { api, clock }: ControllerContext,
  deployment: Deployment,
  revision: string,
  condition: { reason: string; message: string } | undefined,
): Promise<Deployment> {
  let current = deployment;
  if (current.metadata.annotations?.[REVISION] !== revision) {
    const annotations = { ...current.metadata.annotations, [REVISION]: revision };
    current = await api.update(Deployments, { ...current, metadata: { ...current.metadata, annotations } });
  }
  if (condition && current.spec?.progressDeadlineSeconds !== undefined && current.spec.progressDeadlineSeconds < 2 ** 31 - 1) {
    const made = deploymentCondition(clock.now(), 'Progressing', 'True', condition.reason, condition.message);
    const conditions = setCondition(current.status?.conditions, made);
    current = await api.updateStatus(Deployments, { ...current, status: { ...current.status, conditions } });
  }
  return current;
}
