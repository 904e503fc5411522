import { isoTime } from '../../clock/index.ts';
import type { PersistentVolume, PersistentVolumeSpec } from '../schema/generated/types.ts';
import { defineKind, type StrategyContext } from './define-kind.ts';
import { root } from './field-checks.ts';
import { validateVolumeSpec, validateVolumeUpdate } from './persistent-volume-validation.ts';
import { statusRules } from './status-rules.ts';
import { accessModesCell, UNSET } from './table-cells.ts';
import { compact, orEmpty } from './zero-values.ts';

const rules = statusRules<PersistentVolume>({ phase: 'Pending' });

export const persistentVolume = defineKind<PersistentVolume>({
  group: '',
  version: 'v1',
  resource: 'persistentvolumes',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults: (object) => ({
    ...object,
    spec: defaultSpec(orEmpty(object.spec)),
    status: { ...object.status, phase: object.status?.phase || 'Pending' },
  }),
  ...rules,
  prepareForCreate: (volume, { clock }) => ({ ...volume, status: { phase: 'Pending', lastPhaseTransitionTime: isoTime(clock.now()) } }),
  subresources: {
    status: {
      ...rules.subresources.status,
      prepareForUpdate: (volume, old, context) => withTransitionTime(rules.prepareForUpdate(volume, old, context), old, context),
    },
  },
  validate: ({ spec }) => validateVolumeSpec(orEmpty(spec), root('spec')),
  validateUpdate: ({ spec }, old) => validateVolumeUpdate(orEmpty(spec), orEmpty(old.spec)),
  row: ({ metadata, spec = {}, status }, { age }) => [
    metadata.name ?? '',
    spec.capacity?.storage ?? '0',
    accessModesCell(spec.accessModes),
    spec.persistentVolumeReclaimPolicy ?? '',
    metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
    spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '',
    metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '',
    spec.volumeAttributesClassName ?? UNSET,
    status?.reason ?? '',
    age(metadata.creationTimestamp),
    spec.volumeMode ?? UNSET,
  ],
});

/** When the phase last changed, unless the client says so itself. */
function withTransitionTime(volume: PersistentVolume, old: PersistentVolume, { clock }: StrategyContext): PersistentVolume {
  const [{ phase, lastPhaseTransitionTime: time }, before] = [orEmpty(volume.status), orEmpty(old.status)];
  const isSaid = time !== undefined && time !== before.lastPhaseTransitionTime;
  if (isSaid) return volume;
  const last = phase === before.phase ? before.lastPhaseTransitionTime : isoTime(clock.now());
  return last === undefined ? volume : { ...volume, status: { ...volume.status, lastPhaseTransitionTime: last } };
}

function defaultSpec(spec: PersistentVolumeSpec): PersistentVolumeSpec {
  const { hostPath, iscsi, rbd, scaleIO } = spec;
  return compact({
    ...spec,
    persistentVolumeReclaimPolicy: spec.persistentVolumeReclaimPolicy || 'Retain',
    volumeMode: spec.volumeMode ?? 'Filesystem',
    hostPath: hostPath && { ...hostPath, type: hostPath.type ?? '' },
    iscsi: iscsi && { ...iscsi, iscsiInterface: iscsi.iscsiInterface || 'default' },
    rbd: rbd && { ...rbd, pool: rbd.pool || 'rbd', user: rbd.user || 'admin', keyring: rbd.keyring || '/etc/ceph/keyring' },
    scaleIO: scaleIO && { ...scaleIO, storageMode: scaleIO.storageMode || 'ThinProvisioned', fsType: scaleIO.fsType || 'xfs' },
  });
}
