import type { KubeObject } from '../../api/machinery/object.ts';
import { compareQuantities } from '../../api/machinery/quantity.ts';
import type { PersistentVolumeClaim, StorageClass } from '../../api/schema/generated/types.ts';
import { type AdmissionView, defineAdmission } from './admission-plugin.ts';
import { refuse } from './refuse.ts';

/** Only claims of a class that allows it may grow. */
export const volumeClaimResize = defineAdmission({
  name: 'PersistentVolumeClaimResize',
  operations: ['UPDATE'],
  resources: ['persistentvolumeclaims'],
  validate: (request, view) => {
    const { object, old } = request;
    if (!object || !old || compareQuantities(sizeOf(object), sizeOf(old)) <= 0) return;
    const claim = old as unknown as PersistentVolumeClaim;
    if (claim.status?.phase !== 'Bound') throw refuse(request, 'Only bound persistent volume claims can be expanded');
    if (allowsExpansion(object, view)) return;
    throw refuse(request, 'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize');
  },
});

const sizeOf = (object: KubeObject): string =>
  ((object as unknown as PersistentVolumeClaim).spec?.resources?.requests as Record<string, string> | undefined)?.storage ?? '0';

function allowsExpansion(object: KubeObject, view: AdmissionView): boolean {
  const name = (object as unknown as PersistentVolumeClaim).spec?.storageClassName;
  const found = name ? (view.get('storage.k8s.io', 'storageclasses', '', name) as unknown as StorageClass | undefined) : undefined;
  return found?.allowVolumeExpansion === true;
}
