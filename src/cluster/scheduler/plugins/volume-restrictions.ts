import { definePlugin } from '../plugin.ts';
import { claimsOf } from '../pod-volumes.ts';

const REASON = 'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';

export const volumeRestrictions = definePlugin({
  name: 'VolumeRestrictions',
  helpedBy: ['pod-gone', 'volume'],
  begin: ({ pod }, { informers }) => {
    const exclusive = claimsOf(pod, informers)
      .filter(({ claim }) => claim?.spec?.accessModes?.includes('ReadWriteOncePod'))
      .map(({ name }) => name);
    if (exclusive.length === 0) return {};
    return {
      filter: (node) => {
        for (const { pod: other } of node.pods.values()) {
          if (other.metadata.namespace !== pod.metadata.namespace) continue;
          if (claimsOf(other, informers).some(({ name }) => exclusive.includes(name))) {
            return { plugin: 'VolumeRestrictions', reasons: [REASON], unresolvable: false };
          }
        }
        return undefined;
      },
    };
  },
});
