import { PersistentVolumeClaims, PersistentVolumes, Pods, StorageClasses } from '../../../api/kinds/resource-types.ts';
import { compareQuantities } from '../../../api/machinery/quantity.ts';
import { newestDefault } from '../../admission/default-storage-class.ts';
import { type ControllerContext, keyOf } from '../define-controller.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../objects.ts';
import { BETA_PROVISIONER, BIND_COMPLETED, BOUND_BY_CONTROLLER, NO_PROVISIONER, PROVISIONER, RESYNC, refTo, SELECTED_NODE } from './claim-ref.ts';
import { findMatchingVolume, hasClass, hasModes, isClaimedBy, storageClassOf } from './match-volume.ts';

/** A claim that was never bound: finds it a volume, a default class or a provisioner, or says what it waits for. */
export async function syncUnbound(claim: PersistentVolumeClaim, context: ControllerContext): Promise<void> {
  const { informers } = context;
  if (claim.spec?.volumeName) return syncRequested(claim, informers.for(PersistentVolumes).get('', claim.spec.volumeName), context);
  const isDelayed = informers.for(StorageClasses).get('', storageClassOf(claim))?.volumeBindingMode === 'WaitForFirstConsumer';
  const volumes = informers.for(PersistentVolumes).list();
  const volume = findMatchingVolume(claim, isDelayed ? volumes.filter((each) => isClaimedBy(each, claim)) : volumes);
  if (volume) return bind(claim, volume, context);
  if (await assignDefaultClass(claim, context)) return;
  await pending(claim, context);
  await explain(claim, isDelayed, context);
}

/** A claim that names its volume gets that one or none. */
async function syncRequested(claim: PersistentVolumeClaim, volume: PersistentVolume | undefined, context: ControllerContext): Promise<void> {
  if (volume && isClaimedBy(volume, claim)) return bind(claim, volume, context);
  if (volume && !volume.spec?.claimRef) {
    const problem = mismatch(claim, volume);
    if (!problem) return bind(claim, volume, context);
    context.event(claim, 'Warning', 'VolumeMismatch', `Cannot bind to requested volume "${volume.metadata.name ?? ''}": ${problem}`);
  } else if (volume) {
    context.event(claim, 'Warning', 'FailedBinding', `volume "${volume.metadata.name ?? ''}" already bound to a different claim.`);
  }
  await pending(claim, context);
}

function mismatch(claim: PersistentVolumeClaim, { metadata, spec, ...volume }: PersistentVolume): string | undefined {
  if (metadata.deletionTimestamp) return `the volume is marked for deletion "${metadata.name ?? ''}"`;
  if (compareQuantities(spec?.capacity?.storage ?? '0', claim.spec?.resources?.requests?.storage ?? '0') < 0) return 'requested PV is too small';
  if ((spec?.storageClassName ?? '') !== storageClassOf(claim)) return 'storageClassName does not match';
  if ((spec?.volumeAttributesClassName ?? '') !== (claim.spec?.volumeAttributesClassName ?? '')) return 'volumeAttributesClassName does not match';
  if ((spec?.volumeMode ?? 'Filesystem') !== (claim.spec?.volumeMode ?? 'Filesystem')) return 'incompatible volumeMode';
  return hasModes(claim, { ...volume, metadata, spec: spec ?? {} }) ? undefined : 'incompatible accessMode';
}

/** A claim made before there was a default class gets it afterwards. */
async function assignDefaultClass(claim: PersistentVolumeClaim, { api, informers }: ControllerContext): Promise<boolean> {
  if (hasClass(claim)) return false;
  const found = newestDefault(informers.for(StorageClasses).list(), 'storageclass.kubernetes.io/is-default-class');
  if (!found) return false;
  await api.update(PersistentVolumeClaims, { ...claim, spec: { ...claim.spec, storageClassName: found.metadata.name ?? '' } });
  return true;
}

/** Says on a claim that stays unbound what it waits for; asks a provisioner where there is one. */
async function explain(claim: PersistentVolumeClaim, isDelayed: boolean, context: ControllerContext): Promise<void> {
  const { event, informers } = context;
  const className = storageClassOf(claim);
  if (isDelayed && !claim.metadata.annotations?.[SELECTED_NODE]) {
    const [reason, message] = waitingFor(claim, context);
    event(claim, 'Normal', reason, message);
    return;
  }
  if (!className) {
    event(claim, 'Normal', 'FailedBinding', 'no persistent volumes available for this claim and no storage class is set');
    return;
  }
  const storageClass = informers.for(StorageClasses).get('', className);
  if (storageClass) await askProvisioner(claim, storageClass.provisioner, context);
  else event(claim, 'Warning', 'ProvisioningFailed', `storageclass.storage.k8s.io "${className}" not found`);
}

async function askProvisioner(claim: PersistentVolumeClaim, provisioner: string, { api, event }: ControllerContext): Promise<void> {
  if (provisioner === NO_PROVISIONER) return;
  const { annotations = {} } = claim.metadata;
  if (annotations[PROVISIONER] !== provisioner) {
    const metadata = { ...claim.metadata, annotations: { ...annotations, [PROVISIONER]: provisioner, [BETA_PROVISIONER]: provisioner } };
    await api.update(PersistentVolumeClaims, { ...claim, metadata });
  }
  const message =
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. ` +
    'If volume creation is delayed, please verify that the provisioner is running and correctly registered.';
  event(claim, 'Normal', 'ExternalProvisioning', message);
}

function waitingFor({ metadata }: PersistentVolumeClaim, { informers }: ControllerContext): [reason: string, message: string] {
  const users = informers
    .for(Pods)
    .list(metadata.namespace)
    .filter(({ spec }) => !spec?.nodeName && spec?.volumes?.some(({ persistentVolumeClaim: use }) => use?.claimName === metadata.name));
  const names = users.map((pod) => pod.metadata.name ?? '').sort();
  if (names.length === 0) return ['WaitForFirstConsumer', 'waiting for first consumer to be created before binding'];
  return ['WaitForPodScheduled', `waiting for ${names.length === 1 ? 'pod' : 'pods'} ${names.join(',')} to be scheduled`];
}

async function pending(claim: PersistentVolumeClaim, { api, requeueAfter }: ControllerContext): Promise<void> {
  requeueAfter(`claim:${keyOf(claim)}`, RESYNC, { background: true });
  if (claim.status?.phase === 'Pending') return;
  await api.updateStatus(PersistentVolumeClaims, { ...claim, status: { ...claim.status, phase: 'Pending' } });
}

/** Volume first, claim second; each step may have been done before. */
async function bind(claim: PersistentVolumeClaim, volume: PersistentVolume, { api, informers }: ControllerContext): Promise<void> {
  const volumeName = volume.metadata.name ?? '';
  if (!volume.spec?.claimRef?.uid) {
    const byUs: Record<string, string> = volume.spec?.claimRef ? {} : { [BOUND_BY_CONTROLLER]: 'yes' };
    const metadata = { ...volume.metadata, annotations: { ...volume.metadata.annotations, ...byUs } };
    await api.update(PersistentVolumes, { ...volume, metadata, spec: { ...volume.spec, claimRef: refTo(claim) } });
  }
  const latest = informers.for(PersistentVolumeClaims).get(claim.metadata.namespace ?? '', claim.metadata.name ?? '');
  if (!latest) return;
  const byUs: Record<string, string> = latest.spec?.volumeName ? {} : { [BOUND_BY_CONTROLLER]: 'yes' };
  const metadata = { ...latest.metadata, annotations: { ...latest.metadata.annotations, ...byUs, [BIND_COMPLETED]: 'yes' } };
  const bound = await api.update(PersistentVolumeClaims, { ...latest, metadata, spec: { ...latest.spec, volumeName } });
  await api.updateStatus(PersistentVolumeClaims, {
    ...bound,
    status: { ...bound.status, phase: 'Bound', accessModes: volume.spec?.accessModes ?? [], capacity: volume.spec?.capacity ?? {} },
  });
}

/** A claim that was bound once: keeps the bond, or says that it is lost. */
export async function syncBound(claim: PersistentVolumeClaim, context: ControllerContext): Promise<void> {
  const { api, event, informers } = context;
  const volume = informers.for(PersistentVolumes).get('', claim.spec?.volumeName ?? '');
  const isLost = !volume || (volume.spec?.claimRef && !isClaimedBy(volume, claim));
  if (isLost) {
    if (claim.status?.phase === 'Lost') return;
    const [reason, message] = volume
      ? ['ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly']
      : ['ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!'];
    await api.updateStatus(PersistentVolumeClaims, { ...claim, status: { phase: 'Lost' } });
    event(claim, 'Warning', reason, message);
  } else if (claim.status?.phase !== 'Bound' || !volume.spec?.claimRef) await bind(claim, volume, context);
}
