import type { Deployment, ReplicaSet } from '../objects.ts';

export const replicasOf = ({ spec }: ReplicaSet | Deployment): number => spec?.replicas ?? 1;
export const statusReplicas = ({ status }: ReplicaSet): number => status?.replicas ?? 0;
export const sum = (sets: readonly ReplicaSet[], of: (set: ReplicaSet) => number): number => sets.reduce((total, set) => total + of(set), 0);
export const isRolling = ({ spec }: Deployment): boolean => (spec?.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';

/** A count, or a percentage of a total. */
export function scaled(value: number | string | undefined, total: number, round: 'up' | 'down'): number {
  if (typeof value === 'number') return value;
  const share = (Number.parseInt(value ?? '0', 10) * total) / 100;
  return round === 'up' ? Math.ceil(share) : Math.floor(share);
}

/** How many pods more and how many fewer than asked a rollout may have; never both none. */
export function bounds(deployment: Deployment): { surge: number; unavailable: number } {
  if (!isRolling(deployment)) return { surge: 0, unavailable: 0 };
  const replicas = replicasOf(deployment);
  const { maxSurge, maxUnavailable } = deployment.spec?.strategy?.rollingUpdate ?? {};
  const surge = scaled(maxSurge ?? '25%', replicas, 'up');
  const unavailable = scaled(maxUnavailable ?? '25%', replicas, 'down');
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable: Math.min(unavailable, Math.max(replicas, 1)) };
}

export function maxUnavailable(deployment: Deployment): number {
  if (!isRolling(deployment) || replicasOf(deployment) === 0) return 0;
  return Math.min(bounds(deployment).unavailable, replicasOf(deployment));
}

export const maxSurge = (deployment: Deployment): number => bounds(deployment).surge;

/** How many replicas the new set may have right now. */
export function newSetReplicas(deployment: Deployment, sets: readonly ReplicaSet[], newSet: ReplicaSet): number {
  const wanted = replicasOf(deployment);
  if (!isRolling(deployment)) return wanted;
  const current = sum(sets, replicasOf);
  const most = wanted + maxSurge(deployment);
  if (current >= most) return replicasOf(newSet);
  return replicasOf(newSet) + Math.min(most - current, wanted - replicasOf(newSet));
}
