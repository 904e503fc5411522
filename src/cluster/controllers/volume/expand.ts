import { PersistentVolumeClaims, PersistentVolumes } from '../../../api/kinds/resource-types.ts';
import { compareQuantities } from '../../../api/machinery/quantity.ts';
import { type ControllerDefinition, defineController, keyOf, splitKey, watch } from '../define-controller.ts';
import type { PersistentVolumeClaim } from '../objects.ts';
import { isClaimedBy } from './match-volume.ts';

/** No kind of volume left in the tree can grow by itself: a claim that asks for more waits for its provisioner's resizer. */
export const claimExpansion: ControllerDefinition = defineController({
  name: 'persistentvolume-expander-controller',
  serviceAccount: 'expand-controller',
  eventSource: 'volume_expand',
  watches: [watch(PersistentVolumeClaims, (claim, old) => (claim.status?.phase === 'Bound' && (!old || hasGrown(claim, old)) ? [keyOf(claim)] : []))],
  reconcile: async (key, { event, informers }) => {
    const claim = informers.for(PersistentVolumeClaims).get(...splitKey(key));
    const volume = claim && informers.for(PersistentVolumes).get('', claim.spec?.volumeName ?? '');
    if (!claim || !volume || compareQuantities(requested(claim), capacity(claim)) <= 0) return;
    if (!volume.spec?.claimRef || !isClaimedBy(volume, claim)) throw new Error(`persistent Volume is not bound to PVC being updated : ${key}`);
    event(claim, 'Normal', 'ExternalExpanding', 'waiting for an external controller to expand this PVC');
  },
});

const requested = ({ spec }: PersistentVolumeClaim) => spec?.resources?.requests?.storage ?? '0';
const capacity = ({ status }: PersistentVolumeClaim) => status?.capacity?.storage ?? '0';

const hasGrown = (claim: PersistentVolumeClaim, old: PersistentVolumeClaim): boolean =>
  compareQuantities(requested(claim), requested(old)) > 0 || compareQuantities(capacity(claim), capacity(old)) > 0;
