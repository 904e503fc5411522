import { expect, test } from 'vitest';
import { persistentVolume } from '../../../src/api/kinds/persistent-volume.ts';
import type { PersistentVolumeStatus } from '../../../src/api/schema/generated/types.ts';
import { VirtualClock } from '../../../src/clock/index.ts';

const NOW = '2026-06-01T00:00:00Z';
const context = { clock: new VirtualClock({ start: Date.parse(NOW), seed: 1 }), subresource: 'status' };
const [BEFORE, SAID] = ['2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z'];
const volume = (status: PersistentVolumeStatus) => ({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'v' }, spec: {}, status });

test.each<[string, PersistentVolumeStatus, string | undefined]>([
  ['a new phase is stamped', { phase: 'Bound', lastPhaseTransitionTime: BEFORE }, NOW],
  ['an old phase keeps its time', { phase: 'Available' }, BEFORE],
  ['a client may say when', { phase: 'Bound', lastPhaseTransitionTime: SAID }, SAID],
])('%s', (_, status, want) => {
  const old = volume({ phase: 'Available', lastPhaseTransitionTime: BEFORE });
  const written = persistentVolume.subresources?.status?.prepareForUpdate?.(volume(status), old, context);
  expect(written).toMatchObject({ status: { lastPhaseTransitionTime: want } });
});
