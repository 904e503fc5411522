import { type FieldError, invalidValue, required } from '../machinery/field-error.ts';
import type { StorageClass } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { immutable, oneOf, qualifiedName, root } from './field-checks.ts';

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
  validate: validateClass,
  validateUpdate: (object, old) => [
    ...immutable(root('parameters'), object.parameters, old.parameters),
    ...immutable(root('provisioner'), object.provisioner, old.provisioner),
    ...immutable(root('reclaimPolicy'), object.reclaimPolicy, old.reclaimPolicy),
    ...immutable(root('volumeBindingMode'), object.volumeBindingMode, old.volumeBindingMode),
  ],
  row: ({ metadata, provisioner, reclaimPolicy, volumeBindingMode, allowVolumeExpansion }, { age }) => [
    DEFAULT_MARKS.some((mark) => metadata.annotations?.[mark] === 'true') ? `${metadata.name} (default)` : (metadata.name ?? ''),
    provisioner,
    reclaimPolicy ?? 'Delete',
    volumeBindingMode ?? 'Immediate',
    allowVolumeExpansion ?? false,
    age(metadata.creationTimestamp),
  ],
});

function validateClass({ provisioner, parameters = {}, reclaimPolicy, volumeBindingMode, allowedTopologies = [] }: StorageClass): FieldError[] {
  return [
    ...(provisioner ? qualifiedName(root('provisioner'), provisioner.toLowerCase()) : [required(root('provisioner'))]),
    ...('' in parameters ? [invalidValue(root('parameters'), '', 'field can not be empty.')] : []),
    ...(reclaimPolicy ? oneOf(root('reclaimPolicy'), reclaimPolicy, ['Delete', 'Retain']) : []),
    ...(volumeBindingMode
      ? oneOf(root('volumeBindingMode'), volumeBindingMode, ['Immediate', 'WaitForFirstConsumer'])
      : [required(root('volumeBindingMode'))]),
    ...allowedTopologies.flatMap(({ matchLabelExpressions = [] }, i) =>
      matchLabelExpressions.flatMap(({ key, values = [] }, j) => {
        const at = root('allowedTopologies').index(i).child('matchLabelExpressions').index(j);
        return [...(values.length > 0 ? [] : [required(at.child('values'))]), ...qualifiedName(at.child('key'), key)];
      }),
    ),
  ];
}
