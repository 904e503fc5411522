import type { Informers } from '../../api/client/informer.ts';
import { PersistentVolumeClaims, PersistentVolumes } from '../../api/kinds/resource-types.ts';
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../controllers/objects.ts';

export interface ClaimUse {
  readonly name: string;
  readonly claim: PersistentVolumeClaim | undefined;
}

/** The claims a pod mounts, generic ephemeral volumes by the name their claim will have. */
export function claimsOf({ metadata, spec }: Pod, informers: Informers): readonly ClaimUse[] {
  const namespace = metadata.namespace ?? '';
  const uses: ClaimUse[] = [];
  for (const { name, persistentVolumeClaim, ephemeral } of spec?.volumes ?? []) {
    const claimName = persistentVolumeClaim?.claimName ?? (ephemeral ? `${metadata.name ?? ''}-${name}` : undefined);
    if (claimName) uses.push({ name: claimName, claim: informers.for(PersistentVolumeClaims).get(namespace, claimName) });
  }
  return uses;
}

export const volumeOf = (claim: PersistentVolumeClaim, informers: Informers): PersistentVolume | undefined =>
  claim.spec?.volumeName ? informers.for(PersistentVolumes).get('', claim.spec.volumeName) : undefined;

/** Bound both ways, as the binder marks it when it is done. */
export const isBound = ({ metadata, spec }: PersistentVolumeClaim): boolean =>
  Boolean(spec?.volumeName && metadata.annotations?.['pv.kubernetes.io/bind-completed']);
