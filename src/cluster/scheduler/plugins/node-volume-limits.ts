import type { Informers } from '../../../api/client/informer.ts';
import { CSINodes } from '../../../api/kinds/resource-types.ts';
import type { Pod } from '../../controllers/objects.ts';
import { definePlugin } from '../plugin.ts';
import { claimsOf, volumeOf } from '../pod-volumes.ts';

export const nodeVolumeLimits = definePlugin({
  name: 'NodeVolumeLimits',
  helpedBy: ['pod-gone', 'volume', 'node'],
  begin: ({ pod }, { informers }) => {
    const wanted = csiVolumes(pod, informers);
    if (wanted.size === 0) return {};
    return {
      filter: (node) => {
        const drivers = informers.for(CSINodes).get('', node.name)?.spec?.drivers ?? [];
        for (const { name, allocatable } of drivers) {
          if (allocatable?.count === undefined) continue;
          const all = new Set([...node.pods.values()].flatMap((other) => [...csiVolumes(other.pod, informers)]));
          for (const volume of wanted) all.add(volume);
          const used = [...all].filter((volume) => volume.startsWith(`${name}/`)).length;
          if (used > allocatable.count) return { plugin: 'NodeVolumeLimits', reasons: ['node(s) exceed max volume count'], unresolvable: false };
        }
        return undefined;
      },
    };
  },
});

function csiVolumes(pod: Pod, informers: Informers): ReadonlySet<string> {
  const volumes = new Set<string>();
  for (const { claim } of claimsOf(pod, informers)) {
    const csi = claim && volumeOf(claim, informers)?.spec?.csi;
    if (csi) volumes.add(`${csi.driver}/${csi.volumeHandle}`);
  }
  return volumes;
}
