import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { root } from './field-checks.ts';
import { validateClaimSpec, validateClaimUpdate } from './persistent-volume-claim-validation.ts';
import { statusRules } from './status-rules.ts';
import { accessModesCell, UNSET } from './table-cells.ts';
import { orEmpty } from './zero-values.ts';

export const persistentVolumeClaim = defineKind<PersistentVolumeClaim>({
  group: '',
  version: 'v1',
  resource: 'persistentvolumeclaims',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults: (object) => ({ ...object, spec: defaultClaimSpec(object.spec), status: { ...object.status, phase: object.status?.phase || 'Pending' } }),
  ...statusRules<PersistentVolumeClaim>({ phase: 'Pending' }),
  validate: (object) => validateClaimSpec(orEmpty(object.spec), root('spec')),
  validateUpdate: validateClaimUpdate,
  row({ metadata, spec = {}, status }, { age }) {
    const isBound = Boolean(spec.volumeName);
    return [
      metadata.name ?? '',
      metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? ''),
      spec.volumeName ?? '',
      isBound ? (status?.capacity?.storage ?? '0') : '',
      isBound ? accessModesCell(status?.accessModes) : '',
      metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '',
      spec.volumeAttributesClassName ?? UNSET,
      age(metadata.creationTimestamp),
      spec.volumeMode ?? UNSET,
    ];
  },
});

export function defaultClaimSpec(spec: PersistentVolumeClaimSpec | undefined): PersistentVolumeClaimSpec {
  const given = orEmpty(spec);
  return { ...given, resources: given.resources ?? {}, volumeMode: given.volumeMode ?? 'Filesystem' };
}
