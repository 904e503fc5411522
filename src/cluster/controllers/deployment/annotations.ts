import type { Deployment, ReplicaSet } from '../objects.ts';
import { maxSurge, replicasOf } from './arithmetic.ts';

type Annotations = Readonly<Record<string, string>>;

export const REVISION = 'deployment.kubernetes.io/revision';
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
export const DESIRED = 'deployment.kubernetes.io/desired-replicas';
export const MAX = 'deployment.kubernetes.io/max-replicas';

const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED,
  MAX,
  'deprecated.deployment.rollback.to',
]);

export const revisionOf = ({ metadata }: ReplicaSet | Deployment): number => Number(metadata.annotations?.[REVISION] ?? 0) || 0;

export const copied = (annotations: Annotations | undefined): Annotations =>
  Object.fromEntries(Object.entries(annotations ?? {}).filter(([key]) => !NOT_COPIED.has(key)));

/** Annotations of the new set, its revision raised to `revision` where it was lower and the old one remembered. */
export function newSetAnnotations(deployment: Deployment, set: ReplicaSet | undefined, revision: number): Annotations {
  const old = set?.metadata.annotations ?? {};
  const oldRevision = Number(old[REVISION] ?? 0) || 0;
  const merged: Record<string, string> = { ...old, ...copied(deployment.metadata.annotations) };
  if (oldRevision < revision) {
    merged[REVISION] = String(revision);
    if (oldRevision > 0) merged[REVISION_HISTORY] = [...(old[REVISION_HISTORY]?.split(',') ?? []), String(oldRevision)].join(',');
  }
  return merged;
}

export const replicaAnnotations = (deployment: Deployment): Annotations => ({
  [DESIRED]: String(replicasOf(deployment)),
  [MAX]: String(replicasOf(deployment) + maxSurge(deployment)),
});
