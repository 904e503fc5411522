import type { KubeObject } from '../../../../api/machinery/object.ts';
import type { DaemonSet, Deployment, StatefulSet } from '../../../../api/schema/generated/types.ts';
import { UsageError } from '../../errors.ts';

export interface Progress {
  readonly text: string;
  readonly done: boolean;
}

export const revisionAnnotation = 'deployment.kubernetes.io/revision';

const ongoing = (text: string): Progress => ({ text: `${text}\n`, done: false });
const finished = (text: string): Progress => ({ text: `${text}\n`, done: true });

/** How far a rollout has come; undefined for kinds that have none. */
export function progressOf(object: KubeObject, revision: number): Progress | undefined {
  if (object.kind === 'Deployment') return deploymentProgress(object as unknown as Deployment, revision);
  if (object.kind === 'DaemonSet') return daemonSetProgress(object as unknown as DaemonSet);
  if (object.kind === 'StatefulSet') return statefulSetProgress(object as unknown as StatefulSet);
  return undefined;
}

function deploymentProgress({ metadata, spec, status = {} }: Deployment, revision: number): Progress {
  const name = `deployment ${JSON.stringify(metadata?.name)}`;
  const running = Number(metadata?.annotations?.[revisionAnnotation] ?? 0);
  if (revision > 0 && revision !== running)
    throw new UsageError(`desired revision (${revision}) is different from the running revision (${running})`);
  if ((metadata?.generation ?? 0) > (status.observedGeneration ?? 0)) return ongoing('Waiting for deployment spec update to be observed...');
  if (status.conditions?.some(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded'))
    throw new UsageError(`${name} exceeded its progress deadline`);
  const { updatedReplicas: updated = 0, replicas = 0, availableReplicas: available = 0 } = status;
  const wanted = spec?.replicas;
  const waiting = `Waiting for ${name} rollout to finish:`;
  if (wanted !== undefined && updated < wanted) return ongoing(`${waiting} ${updated} out of ${wanted} new replicas have been updated...`);
  if (replicas > updated) return ongoing(`${waiting} ${replicas - updated} old replicas are pending termination...`);
  if (available < updated) return ongoing(`${waiting} ${available} of ${updated} updated replicas are available...`);
  return finished(`${name} successfully rolled out`);
}

const onlyRolling = (type: string | undefined): void => {
  if (type !== 'RollingUpdate') throw new UsageError('rollout status is only available for RollingUpdate strategy type');
};

function daemonSetProgress({ metadata, spec, status }: DaemonSet): Progress {
  onlyRolling(spec?.updateStrategy?.type);
  const name = `daemon set ${JSON.stringify(metadata?.name)}`;
  if ((metadata?.generation ?? 0) > (status?.observedGeneration ?? 0)) return ongoing('Waiting for daemon set spec update to be observed...');
  const { updatedNumberScheduled: updated = 0, desiredNumberScheduled: wanted = 0, numberAvailable: available = 0 } = status ?? {};
  const waiting = `Waiting for ${name} rollout to finish:`;
  if (updated < wanted) return ongoing(`${waiting} ${updated} out of ${wanted} new pods have been updated...`);
  if (available < wanted) return ongoing(`${waiting} ${available} of ${wanted} updated pods are available...`);
  return finished(`${name} successfully rolled out`);
}

function statefulSetProgress({ metadata, spec, status }: StatefulSet): Progress {
  onlyRolling(spec?.updateStrategy?.type);
  const observed = status?.observedGeneration ?? 0;
  if (observed === 0 || (metadata?.generation ?? 0) > observed) return ongoing('Waiting for statefulset spec update to be observed...');
  const { readyReplicas: ready = 0, updatedReplicas: updated = 0, currentReplicas: current = 0 } = status ?? {};
  const wanted = spec?.replicas;
  if (wanted !== undefined && ready < wanted) return ongoing(`Waiting for ${wanted - ready} pods to be ready...`);
  const { rollingUpdate } = spec?.updateStrategy ?? {};
  if (rollingUpdate) {
    const target = (wanted ?? 0) - (rollingUpdate.partition ?? 0);
    if (rollingUpdate.partition !== undefined && updated < target)
      return ongoing(`Waiting for partitioned roll out to finish: ${updated} out of ${target} new pods have been updated...`);
    return finished(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  if (status?.updateRevision !== status?.currentRevision)
    return ongoing(`waiting for statefulset rolling update to complete ${updated} pods at revision ${status?.updateRevision}...`);
  return finished(`statefulset rolling update complete ${current} pods at revision ${status?.currentRevision}...`);
}
