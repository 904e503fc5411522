import { PersistentVolumeClaims, PersistentVolumes, Pods, StorageClasses } from '../../../api/kinds/resource-types.ts';
import { type ControllerDefinition, defineController, keyOf, splitKey, watch } from '../define-controller.ts';
import { BIND_COMPLETED } from './claim-ref.ts';
import { isClaimedBy } from './match-volume.ts';
import { syncBound, syncUnbound } from './sync-claim.ts';
import { syncVolume } from './sync-volume.ts';

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
