import type { Informers } from '../../../api/client/informer.ts';
import { PersistentVolumeClaims, PersistentVolumes, Pods } from '../../../api/kinds/resource-types.ts';
import { type ControllerDefinition, defineController, keyOf, splitKey, watch, watchOwn } from '../define-controller.ts';
import type { PersistentVolumeClaim, Pod } from '../objects.ts';
import { isFinished } from '../workload/pod-state.ts';

const CLAIM_FINALIZER = 'kubernetes.io/pvc-protection';
const VOLUME_FINALIZER = 'kubernetes.io/pv-protection';

const claimKeys = ({ metadata, spec }: Pod): readonly string[] =>
  (spec?.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) => {
    const claim = persistentVolumeClaim?.claimName ?? (ephemeral ? `${metadata.name ?? ''}-${name}` : undefined);
    return claim ? [`${metadata.namespace ?? ''}/${claim}`] : [];
  });

/** A claim in use is not removed before the last pod that uses it. */
export const claimProtection: ControllerDefinition = defineController({
  name: 'persistentvolumeclaim-protection-controller',
  serviceAccount: 'pvc-protection-controller',
  watches: [watchOwn(PersistentVolumeClaims), watch(Pods, claimKeys)],
  start: ({ informers }) => informers.for(Pods).addIndex('claim', claimKeys),
  reconcile: async (key, { api, informers }) => {
    const [namespace, name] = splitKey(key);
    const claim = informers.for(PersistentVolumeClaims).get(namespace, name);
    if (!claim) return;
    const { finalizers = [], deletionTimestamp } = claim.metadata;
    const has = finalizers.includes(CLAIM_FINALIZER);
    if (!deletionTimestamp && !has) {
      await api.update(PersistentVolumeClaims, { ...claim, metadata: { ...claim.metadata, finalizers: [...finalizers, CLAIM_FINALIZER] } });
    } else if (deletionTimestamp && has && !isUsed(claim, informers)) {
      const kept = finalizers.filter((finalizer) => finalizer !== CLAIM_FINALIZER);
      await api.update(PersistentVolumeClaims, { ...claim, metadata: { ...claim.metadata, finalizers: kept } });
    }
  },
});

const isUsed = (claim: PersistentVolumeClaim, informers: Informers): boolean =>
  informers
    .for(Pods)
    .byIndex('claim', keyOf(claim))
    .some((pod) => pod.spec?.nodeName && !isFinished(pod));

/** A bound volume is not removed before its claim. */
export const volumeProtection: ControllerDefinition = defineController({
  name: 'persistentvolume-protection-controller',
  serviceAccount: 'pv-protection-controller',
  watches: [watchOwn(PersistentVolumes)],
  reconcile: async (name, { api, informers }) => {
    const volume = informers.for(PersistentVolumes).get('', name);
    if (!volume) return;
    const { finalizers = [], deletionTimestamp } = volume.metadata;
    const has = finalizers.includes(VOLUME_FINALIZER);
    if (!deletionTimestamp && !has) {
      await api.update(PersistentVolumes, { ...volume, metadata: { ...volume.metadata, finalizers: [...finalizers, VOLUME_FINALIZER] } });
    } else if (deletionTimestamp && has && volume.status?.phase !== 'Bound') {
      const kept = finalizers.filter((finalizer) => finalizer !== VOLUME_FINALIZER);
      await api.update(PersistentVolumes, { ...volume, metadata: { ...volume.metadata, finalizers: kept } });
    }
  },
});
