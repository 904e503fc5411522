import { selects } from '../../../api/machinery/labels.ts';
import { compareQuantities } from '../../../api/machinery/quantity.ts';
import { matchesAnyTerm } from '../../scheduler/node-selector.ts';
import type { Node, PersistentVolume, PersistentVolumeClaim } from '../objects.ts';

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

export const storageClassOf = ({ metadata, spec }: PersistentVolumeClaim): string =>
  metadata.annotations?.[BETA_CLASS] ?? spec?.storageClassName ?? '';

/** Whether the claim says which class it wants; '' wants none. */
export const hasClass = ({ metadata, spec }: PersistentVolumeClaim): boolean =>
  metadata.annotations?.[BETA_CLASS] !== undefined || spec?.storageClassName !== undefined;

export const isClaimedBy = ({ spec }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean =>
  spec?.claimRef?.name === metadata.name &&
  spec?.claimRef?.namespace === metadata.namespace &&
  (!spec?.claimRef?.uid || spec.claimRef.uid === metadata.uid);

/** Whether a node can reach a volume. */
export function reaches(node: Pick<Node, 'metadata'>, { spec }: PersistentVolume): boolean {
  const terms = spec?.nodeAffinity?.required?.nodeSelectorTerms;
  return !terms || matchesAnyTerm(terms, node);
}

/** The volume a claim would get: the one set aside for it, else the smallest that satisfies it. */
export function findMatchingVolume(
  claim: PersistentVolumeClaim,
  volumes: readonly PersistentVolume[],
  { node, taken }: { node?: Pick<Node, 'metadata'>; taken?: ReadonlySet<string> } = {},
): PersistentVolume | undefined {
  let smallest: PersistentVolume | undefined;
  for (const volume of volumes) {
    if (taken?.has(volume.metadata.name ?? '') || !isUsable(claim, volume) || (node && !reaches(node, volume))) continue;
    if (isClaimedBy(volume, claim)) return volume;
    if (volume.spec?.claimRef || volume.status?.phase !== 'Available' || !isWanted(claim, volume)) continue;
    if (!smallest || compareQuantities(capacity(volume), capacity(smallest)) < 0) smallest = volume;
  }
  return smallest;
}

const capacity = ({ spec }: PersistentVolume) => spec?.capacity?.storage ?? '0';

/** Asked even of a volume set aside for the claim. */
function isUsable({ spec }: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  if (volume.metadata.deletionTimestamp) return false;
  if ((spec?.volumeMode ?? 'Filesystem') !== (volume.spec?.volumeMode ?? 'Filesystem')) return false;
  if ((spec?.volumeAttributesClassName ?? '') !== (volume.spec?.volumeAttributesClassName ?? '')) return false;
  return compareQuantities(capacity(volume), spec?.resources?.requests?.storage ?? '0') >= 0;
}

function isWanted(claim: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  if ((volume.spec?.storageClassName ?? '') !== storageClassOf(claim)) return false;
  if (claim.spec?.selector && !selects(claim.spec.selector, volume.metadata.labels)) return false;
  return hasModes(claim, volume);
}

export const hasModes = ({ spec }: PersistentVolumeClaim, volume: PersistentVolume): boolean =>
  (spec?.accessModes ?? []).every((mode) => volume.spec?.accessModes?.includes(mode));
