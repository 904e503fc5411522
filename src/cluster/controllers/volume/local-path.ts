import { PersistentVolumeClaims, PersistentVolumes, StorageClasses } from '../../../api/kinds/resource-types.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import { type ControllerContext, type ControllerDefinition, defineController, keyOf, watch } from '../define-controller.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../objects.ts';
import { PROVISIONED_BY, PROVISIONER, refTo, SELECTED_NODE } from './claim-ref.ts';

const NAME = 'rancher.io/local-path';
const FOLDER = '/opt/local-path-provisioner';
const HOSTNAME = 'kubernetes.io/hostname';

export type RemoveFolder = (node: string, path: string) => void;

/** Rancher's provisioner: each claim becomes a folder of the node that the scheduler chose for its first pod. */
export const localPathProvisioner = (removeFolder: RemoveFolder): ControllerDefinition =>
  defineController({
    name: 'local-path-provisioner',
    serviceAccount: 'persistent-volume-binder',
    eventSource: NAME,
    watches: [
      watch(PersistentVolumeClaims, (claim) => (claim.metadata.annotations?.[PROVISIONER] === NAME ? [keyOf(claim)] : [])),
      watch(PersistentVolumes, (volume) => (volume.metadata.annotations?.[PROVISIONED_BY] === NAME ? [keyOf(volume)] : [])),
      watch(StorageClasses, () => []),
    ],
    reconcile: async (key, context) => {
      const slash = key.indexOf('/');
      const { informers } = context;
      if (slash < 0) {
        const volume = informers.for(PersistentVolumes).get('', key);
        if (volume) await clearAway(volume, context, removeFolder);
        return;
      }
      const claim = informers.for(PersistentVolumeClaims).get(key.slice(0, slash), key.slice(slash + 1));
      if (claim && !claim.spec?.volumeName && !claim.metadata.deletionTimestamp) await provision(claim, context);
    },
  });

async function provision(claim: PersistentVolumeClaim, { api, informers, event }: ControllerContext): Promise<void> {
  const storageClass = informers.for(StorageClasses).get('', claim.spec?.storageClassName ?? '');
  const name = `pvc-${claim.metadata.uid ?? ''}`;
  if (!storageClass || informers.for(PersistentVolumes).get('', name)) return;
  const node = claim.metadata.annotations?.[SELECTED_NODE];
  if (!node && storageClass.volumeBindingMode === 'WaitForFirstConsumer') return;
  event(claim, 'Normal', 'Provisioning', `External provisioner is provisioning volume for claim "${keyOf(claim)}"`);
  if (!node) {
    const problem = `failed to provision volume with StorageClass "${storageClass.metadata.name ?? ''}": configuration error, no node was specified`;
    event(claim, 'Warning', 'ProvisioningFailed', problem);
    throw new Error(problem);
  }
  const path = `${FOLDER}/${name}_${claim.metadata.namespace ?? ''}_${claim.metadata.name ?? ''}`;
  try {
    await api.create(PersistentVolumes, {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name, annotations: { 'local.path.provisioner/selected-node': node, [PROVISIONED_BY]: NAME } },
      spec: {
        accessModes: claim.spec?.accessModes ?? [],
        capacity: { storage: claim.spec?.resources?.requests?.storage ?? '0' },
        claimRef: refTo(claim),
        hostPath: { path, type: 'DirectoryOrCreate' },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: HOSTNAME, operator: 'In', values: [node] }] }] } },
        persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
        storageClassName: storageClass.metadata.name ?? '',
        volumeMode: claim.spec?.volumeMode ?? 'Filesystem',
      },
    });
    event(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${name}`);
  } catch (error) {
    if (!isStatusError(error, 'AlreadyExists')) throw error;
  }
}

/** A released volume's folder goes with it, unless its policy keeps both. */
async function clearAway(volume: PersistentVolume, { api }: ControllerContext, removeFolder: RemoveFolder): Promise<void> {
  const { metadata, spec, status } = volume;
  if (status?.phase !== 'Released' || spec?.persistentVolumeReclaimPolicy !== 'Delete' || metadata.deletionTimestamp) return;
  const node = metadata.annotations?.['local.path.provisioner/selected-node'];
  if (node && spec.hostPath) removeFolder(node, spec.hostPath.path);
  try {
    await api.delete(PersistentVolumes, '', metadata.name ?? '');
  } catch (error) {
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}
