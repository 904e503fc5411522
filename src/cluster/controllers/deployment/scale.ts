import { ReplicaSets } from '../../../api/kinds/resource-types.ts';
import type { ControllerContext } from '../define-controller.ts';
import type { Deployment, ReplicaSet } from '../objects.ts';
import { replicaAnnotations } from './annotations.ts';
import { replicasOf } from './arithmetic.ts';

/** Sets a ReplicaSet's size and the annotations that tell later arithmetic what it was sized for. */
export async function scaleSet(context: ControllerContext, deployment: Deployment, set: ReplicaSet, replicas: number): Promise<ReplicaSet> {
  const before = replicasOf(set);
  const annotations = { ...set.metadata.annotations, ...replicaAnnotations(deployment) };
  const sameNotes = Object.entries(annotations).every(([key, value]) => set.metadata.annotations?.[key] === value);
  if (before === replicas && sameNotes) return set;
  const spec = set.spec ? { ...set.spec, replicas } : set.spec;
  const scaled = await context.api.update(ReplicaSets, { ...set, metadata: { ...set.metadata, annotations }, ...(spec ? { spec } : {}) });
  if (before !== replicas) {
    const direction = before < replicas ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${set.metadata.name ?? ''} from ${before} to ${replicas}`;
    context.event(deployment, 'Normal', 'ScalingReplicaSet', message);
  }
  return scaled;
}

/** As above, but leaves a set alone that already has the size. */
export const scaleIfNeeded = (context: ControllerContext, deployment: Deployment, set: ReplicaSet, replicas: number): Promise<ReplicaSet> =>
  replicasOf(set) === replicas ? Promise.resolve(set) : scaleSet(context, deployment, set, replicas);
