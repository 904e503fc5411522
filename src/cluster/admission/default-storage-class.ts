import type { KubeObject } from '../../api/machinery/object.ts';
import type { PersistentVolumeClaim } from '../../api/schema/generated/types.ts';
import { defineAdmission } from './admission-plugin.ts';

/** The newest of the objects that an annotation marks as default. */
export function newestDefault(objects: readonly KubeObject[], annotation: string): KubeObject | undefined {
  const marked = objects.filter(({ metadata }) => metadata.annotations?.[annotation] === 'true');
  return [...marked].sort((a, b) => byAge(b, a) || ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1))[0];
}

const byAge = (a: KubeObject, b: KubeObject) => Date.parse(a.metadata.creationTimestamp ?? '') - Date.parse(b.metadata.creationTimestamp ?? '');

export const defaultStorageClass = defineAdmission({
  name: 'DefaultStorageClass',
  operations: ['CREATE'],
  resources: ['persistentvolumeclaims'],
  mutate: (object, _request, view) => {
    const spec = (object as unknown as PersistentVolumeClaim).spec ?? {};
    if (spec.storageClassName !== undefined || object.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] !== undefined) return object;
    const found = newestDefault(view.list('storage.k8s.io', 'storageclasses'), 'storageclass.kubernetes.io/is-default-class');
    return found ? { ...object, spec: { ...spec, storageClassName: found.metadata.name } } : object;
  },
});
