import { PersistentVolumes } from '../../../api/kinds/resource-types.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { ControllerContext } from '../define-controller.ts';
import type { PersistentVolume } from '../objects.ts';
import { PROVISIONED_BY, RESYNC } from './claim-ref.ts';

/** What the reclaim policy wants done with a released volume. An external provisioner deletes its own volumes. */
export async function reclaim(volume: PersistentVolume, context: ControllerContext): Promise<void> {
  const policy = volume.spec?.persistentVolumeReclaimPolicy ?? 'Retain';
  if (policy === 'Retain' || volume.metadata.deletionTimestamp) return;
  const problem = policy === 'Recycle' ? recycleProblem(volume) : deleteProblem(volume);
  if (problem === 'external') return;
  if (problem) await fail(volume, policy === 'Recycle' ? 'VolumeFailedRecycle' : 'VolumeFailedDelete', problem, context);
  else await remove(volume, context);
}

/** The recyclers of hostPath and nfs would run a pod that empties the folder. */
const recycleProblem = ({ spec }: PersistentVolume): string =>
  spec?.hostPath || spec?.nfs ? 'Recycle failed: kubeproctor does not simulate recycling of volumes' : 'No recycler plugin found for the volume!';

function deleteProblem({ metadata, spec }: PersistentVolume): 'external' | string | undefined {
  const provisioner = metadata.annotations?.[PROVISIONED_BY];
  if (provisioner?.startsWith('kubernetes.io/')) return 'no volume plugin matched';
  if (provisioner || spec?.csi) return 'external';
  const path = spec?.hostPath?.path;
  if (path === undefined) {
    const reason = spec?.nfs ? 'no deletable volume plugin matched' : 'no volume plugin matched';
    return `error getting deleter volume plugin for volume "${metadata.name ?? ''}": ${reason}`;
  }
  return /\/tmp\/.+/.test(path) ? undefined : `host_path deleter only supports /tmp/.+ but received provided ${path}`;
}

async function fail(volume: PersistentVolume, reason: string, message: string, { api, event, requeueAfter }: ControllerContext): Promise<void> {
  requeueAfter(`volume:${volume.metadata.name ?? ''}`, RESYNC, { background: true });
  if (volume.status?.phase === 'Failed') return;
  await api.updateStatus(PersistentVolumes, { ...volume, status: { ...volume.status, phase: 'Failed', message } });
  event(volume, 'Warning', reason, message);
}

async function remove({ metadata }: PersistentVolume, { api }: ControllerContext): Promise<void> {
  try {
    await api.delete(PersistentVolumes, '', metadata.name ?? '');
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}
