import { PersistentVolumeClaims, PersistentVolumes } from '../../../api/kinds/resource-types.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { ControllerContext } from '../define-controller.ts';
import type { PersistentVolume } from '../objects.ts';
import { BOUND_BY_CONTROLLER, PROVISIONED_BY } from './claim-ref.ts';
import { reclaim } from './reclaim.ts';

/** Keeps a volume's phase in step with its claim, and settles what becomes of it when the claim is gone. */
export async function syncVolume(name: string, context: ControllerContext): Promise<void> {
  const { informers } = context;
  const volume = informers.for(PersistentVolumes).get('', name);
  if (!volume) return;
  const ref = volume.spec?.claimRef;
  if (!ref?.uid) return setPhase(volume, 'Available', context);
  const claim = informers.for(PersistentVolumeClaims).get(ref.namespace ?? '', ref.name ?? '');
  if (claim && claim.metadata.uid === ref.uid) {
    if (claim.spec?.volumeName === name) return setPhase(volume, 'Bound', context);
    if (claim.spec?.volumeName) await release(volume, context);
    return;
  }
  await giveBack(volume, context);
}

/** The claim got another volume. */
async function release(volume: PersistentVolume, context: ControllerContext): Promise<void> {
  const { annotations = {} } = volume.metadata;
  if (annotations[PROVISIONED_BY] && volume.spec?.persistentVolumeReclaimPolicy === 'Delete') await giveBack(volume, context);
  else await unbind(volume, annotations[BOUND_BY_CONTROLLER] !== undefined, context);
}

async function giveBack(volume: PersistentVolume, context: ControllerContext): Promise<void> {
  const { phase } = volume.status ?? {};
  if (phase !== 'Released' && phase !== 'Failed') await setPhase(volume, 'Released', context);
  else await reclaim(volume, context);
}

async function setPhase(volume: PersistentVolume, phase: string, { api }: ControllerContext): Promise<void> {
  if (volume.status?.phase === phase) return;
  const { message: _, ...status } = volume.status ?? {};
  try {
    await api.updateStatus(PersistentVolumes, { ...volume, status: { ...status, phase } });
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}

async function unbind(volume: PersistentVolume, wasBoundByUs: boolean, { api }: ControllerContext): Promise<void> {
  const { claimRef, ...spec } = volume.spec ?? {};
  const { [BOUND_BY_CONTROLLER]: _, ...annotations } = volume.metadata.annotations ?? {};
  const { uid: __, ...reserved } = claimRef ?? {};
  const kept = wasBoundByUs ? spec : { ...spec, claimRef: reserved };
  await api.update(PersistentVolumes, { ...volume, metadata: { ...volume.metadata, annotations }, spec: kept });
}
