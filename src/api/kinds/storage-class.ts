import type { StorageClass } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';

const DEFAULT_MARKS = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

export const storageClass = defineKind<StorageClass>({
  group: 'storage.k8s.io',
  version: 'v1',
  resource: 'storageclasses',
  nameRule: 'dns-subdomain',
  defaults: (object) => ({
    ...object,
    reclaimPolicy: object.reclaimPolicy ?? 'Delete',
    volumeBindingMode: object.volumeBindingMode ?? 'Immediate',
  }),
  row: ({ metadata, provisioner, reclaimPolicy, volumeBindingMode, allowVolumeExpansion }, { age }) => [
    DEFAULT_MARKS.some((mark) => metadata.annotations?.[mark] === 'true') ? `${metadata.name} (default)` : (metadata.name ?? ''),
    provisioner,
    reclaimPolicy ?? 'Delete',
    volumeBindingMode ?? 'Immediate',
    allowVolumeExpansion ?? false,
    age(metadata.creationTimestamp),
  ],
});
