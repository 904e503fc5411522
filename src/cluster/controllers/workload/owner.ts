import type { KubeObject, OwnerRef } from '../../../api/machinery/object.ts';

/** The one owner that manages an object. */
export const controllerOf = ({ metadata }: KubeObject): OwnerRef | undefined => metadata.ownerReferences?.find(({ controller }) => controller);

export const isControlledBy = (object: KubeObject, owner: KubeObject): boolean => controllerOf(object)?.uid === owner.metadata.uid;

export const controllerRef = ({ apiVersion, kind, metadata }: KubeObject): OwnerRef => ({
  apiVersion,
  kind,
  name: metadata.name ?? '',
  uid: metadata.uid ?? '',
  controller: true,
  blockOwnerDeletion: true,
});

/** The key of the controller of the given kind, for queues: `namespace/name`. */
export function keyOfController(object: KubeObject, kind: string): readonly string[] {
  const owner = controllerOf(object);
  return owner?.kind === kind ? [`${object.metadata.namespace ?? ''}/${owner.name}`] : [];
}
