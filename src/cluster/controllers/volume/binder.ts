import { PersistentVolumeClaims, PersistentVolumes, Pods, StorageClasses } from '../../../api/kinds/resource-types.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import { type ControllerContext, type ControllerDefinition, defineController, keyOf, splitKey, watch } from '../define-controller.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../objects.ts';
import { BETA_PROVISIONER, BIND_COMPLETED, BOUND_BY_CONTROLLER, NO_PROVISIONER, PROVISIONER, refTo, SELECTED_NODE } from './claim-ref.ts';
import { findMatchingVolume, hasModes, isClaimedBy, storageClassOf } from './match-volume.ts';

/** Marries claims and volumes, and settles what becomes of a volume whose claim is gone. */
export const volumeBinder: ControllerDefinition = defineController({
  name: 'persistentvolume-binder-controller',
  serviceAccount: 'persistent-volume-binder',
  eventSource: 'persistentvolume-controller',
  watches: [
    watch(PersistentVolumeClaims, (claim, _old, informers) => [
      `claim:${keyOf(claim)}`,
      ...(informers.for(PersistentVolumes).get('', claim.spec?.volumeName ?? '') ? [`volume:${claim.spec?.volumeName ?? ''}`] : []),
    ]),
    watch(PersistentVolumes, (volume, _old, informers) => {
      const ref = volume.spec?.claimRef;
      const waiting = informers
        .for(PersistentVolumeClaims)
        .list()
        .filter(({ status }) => status?.phase !== 'Bound');
      const open = waiting.filter((claim) => (ref ? isClaimedBy(volume, claim) : true)).map((claim) => `claim:${keyOf(claim)}`);
      const claimed = ref ? [`claim:${ref.namespace ?? ''}/${ref.name ?? ''}`] : [];
      return [...new Set([`volume:${volume.metadata.name ?? ''}`, ...claimed, ...open])];
    }),
    watch(StorageClasses, (_class, _old, informers) =>
      informers
        .for(PersistentVolumeClaims)
        .list()
        .filter(({ status }) => status?.phase !== 'Bound')
        .map((claim) => `claim:${keyOf(claim)}`),
    ),
    watch(Pods, (pod, old) =>
      old
        ? []
        : (pod.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim: use }) =>
            use ? [`claim:${pod.metadata.namespace ?? ''}/${use.claimName}`] : [],
          ),
    ),
  ],
  reconcile: async (key, context) => {
    const [kind = '', rest = ''] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
    if (kind === 'volume') return syncVolume(rest, context);
    const [namespace, name] = splitKey(rest);
    const claim = context.informers.for(PersistentVolumeClaims).get(namespace, name);
    if (claim) await (claim.metadata.annotations?.[BIND_COMPLETED] ? syncBound(claim, context) : syncUnbound(claim, context));
  },
});

async function syncUnbound(claim: PersistentVolumeClaim, context: ControllerContext): Promise<void> {
  const { informers } = context;
  const volumes = informers.for(PersistentVolumes);
  if (claim.spec?.volumeName) {
    const volume = volumes.get('', claim.spec.volumeName);
    if (volume && (!volume.spec?.claimRef || isClaimedBy(volume, claim))) await bind(claim, volume, context);
    else await pending(claim, context);
    return;
  }
  const isDelayed = informers.for(StorageClasses).get('', storageClassOf(claim))?.volumeBindingMode === 'WaitForFirstConsumer';
  const chosen = volumes.list().find((volume) => volume.spec?.claimRef && isClaimedBy(volume, claim) && !volume.metadata.deletionTimestamp);
  const volume = chosen ?? (isDelayed ? undefined : findMatchingVolume(claim, volumes.list()));
  if (volume) {
    const problem = chosen ? mismatch(claim, chosen) : undefined;
    if (problem) {
      context.event(claim, 'Warning', 'VolumeMismatch', problem);
      await pending(claim, context);
    } else await bind(claim, volume, context);
    return;
  }
  await pending(claim, context);
  await explain(claim, isDelayed, context);
}

function mismatch(claim: PersistentVolumeClaim, volume: PersistentVolume): string | undefined {
  const name = `Cannot bind to requested volume "${volume.metadata.name ?? ''}"`;
  if ((volume.spec?.storageClassName ?? '') !== storageClassOf(claim)) return `${name}: storageClassName does not match`;
  if (!hasModes(claim, volume)) return `${name}: incompatible accessMode`;
  return findMatchingVolume(claim, [volume]) ? undefined : `${name}: requested PV is too small`;
}

/** Says on a claim that stays unbound what it waits for; asks a provisioner where there is one. */
async function explain(claim: PersistentVolumeClaim, isDelayed: boolean, context: ControllerContext): Promise<void> {
  const { api, event, informers } = context;
  const className = storageClassOf(claim);
  const { annotations = {}, namespace = '', name = '' } = claim.metadata;
  if (isDelayed && !annotations[SELECTED_NODE]) {
    event(claim, 'Normal', 'WaitForFirstConsumer', waitingText(claim, context));
    return;
  }
  if (!className) {
    event(claim, 'Normal', 'FailedBinding', 'no persistent volumes available for this claim and no storage class is set');
    return;
  }
  const storageClass = informers.for(StorageClasses).get('', className);
  if (!storageClass) {
    event(claim, 'Warning', 'ProvisioningFailed', `storageclass.storage.k8s.io "${className}" not found`);
    return;
  }
  const { provisioner } = storageClass;
  if (provisioner === NO_PROVISIONER) return;
  if (!annotations[PROVISIONER]) {
    await api.patch(PersistentVolumeClaims, namespace, name, 'merge', {
      metadata: { annotations: { [PROVISIONER]: provisioner, [BETA_PROVISIONER]: provisioner } },
    });
  }
  const message =
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. ` +
    'If volume creation is delayed, please verify that the provisioner is running and correctly registered.';
  event(claim, 'Normal', 'ExternalProvisioning', message);
}

function waitingText({ metadata }: PersistentVolumeClaim, { informers }: ControllerContext): string {
  const users = informers
    .for(Pods)
    .list(metadata.namespace)
    .filter(({ spec }) => !spec?.nodeName && spec?.volumes?.some(({ persistentVolumeClaim: use }) => use?.claimName === metadata.name));
  if (users.length === 0) return 'waiting for first consumer to be created before binding';
  const names = users.map((pod) => pod.metadata.name ?? '').sort();
  return names.length === 1 ? `waiting for pod ${names[0] ?? ''} to be scheduled` : `waiting for pods ${names.join(',')} to be scheduled`;
}

async function pending(claim: PersistentVolumeClaim, { api }: ControllerContext): Promise<void> {
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

async function syncBound(claim: PersistentVolumeClaim, context: ControllerContext): Promise<void> {
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

async function syncVolume(name: string, context: ControllerContext): Promise<void> {
  const { informers } = context;
  const volume = informers.for(PersistentVolumes).get('', name);
  if (!volume) return;
  const ref = volume.spec?.claimRef;
  if (!ref?.uid) return setPhase(volume, 'Available', context);
  const claim = informers.for(PersistentVolumeClaims).get(ref.namespace ?? '', ref.name ?? '');
  if (claim && claim.metadata.uid === ref.uid) {
    if (claim.spec?.volumeName === name) return setPhase(volume, 'Bound', context);
    if (claim.spec?.volumeName && volume.metadata.annotations?.[BOUND_BY_CONTROLLER]) return unbind(volume, context);
    return;
  }
  await setPhase(volume, 'Released', context);
}

async function setPhase(volume: PersistentVolume, phase: string, { api }: ControllerContext): Promise<void> {
  if (volume.status?.phase === phase) return;
  try {
    await api.updateStatus(PersistentVolumes, { ...volume, status: { ...volume.status, phase } });
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}

async function unbind(volume: PersistentVolume, { api }: ControllerContext): Promise<void> {
  const { claimRef: _, ...spec } = volume.spec ?? {};
  const { [BOUND_BY_CONTROLLER]: __, ...annotations } = volume.metadata.annotations ?? {};
  await api.update(PersistentVolumes, { ...volume, metadata: { ...volume.metadata, annotations }, spec });
}
