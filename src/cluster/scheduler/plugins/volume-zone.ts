import { definePlugin } from '../plugin.ts';
import { claimsOf, volumeOf } from '../pod-volumes.ts';

const KEYS = [
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
];

export const volumeZone = definePlugin({
  name: 'VolumeZone',
  helpedBy: ['volume', 'node'],
  begin: ({ pod }, { informers }) => {
    const wanted = claimsOf(pod, informers).flatMap(({ claim }) => {
      const labels = (claim && volumeOf(claim, informers)?.metadata.labels) ?? {};
      return KEYS.filter((key) => labels[key]).map((key) => ({ key, values: (labels[key] ?? '').split('__') }));
    });
    if (wanted.length === 0) return {};
    const rejection = { plugin: 'VolumeZone', reasons: ['node(s) had no available volume zone'], unresolvable: true };
    return {
      filter: ({ labels }) =>
        KEYS.some((key) => key in labels) && wanted.some(({ key, values }) => !values.includes(labels[key] ?? '')) ? rejection : undefined,
    };
  },
});
