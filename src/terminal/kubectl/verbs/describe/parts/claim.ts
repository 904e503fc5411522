import { humanDuration } from '../../../../../api/machinery/duration.ts';
import type { PersistentVolumeClaim } from '../../../../../api/schema/generated/types.ts';
import type { Writer } from '../writer.ts';
import { annotationsMultiline, goList, labelsMultiline } from './metadata.ts';

const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

export const classOf = ({
  metadata,
  spec,
}: {
  metadata?: PersistentVolumeClaim['metadata'];
  spec?: { readonly storageClassName?: string };
}): string => metadata?.annotations?.[classAnnotation] ?? spec?.storageClassName ?? '';

const shortModes: Readonly<Record<string, string>> = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };
const modeOrder = Object.keys(shortModes);

export const accessModes = (modes: readonly string[] | undefined): string =>
  modeOrder
    .filter((mode) => modes?.includes(mode))
    .map((mode) => shortModes[mode])
    .join(',');

export const lastsFor = (time: string, now: number): string => `Terminating (lasts ${humanDuration(now - Date.parse(time))})`;

interface ClaimOptions {
  /** False for the template of an ephemeral volume. */
  readonly full: boolean;
  readonly level: number;
  readonly now: number;
}

export function describeClaim(w: Writer, claim: Partial<PersistentVolumeClaim>, { full, level, now }: ClaimOptions): void {
  const { metadata, spec, status } = claim;
  if (full) {
    w.line(level, 'Name:', metadata?.name);
    w.line(level, 'Namespace:', metadata?.namespace);
  }
  w.line(level, 'StorageClass:', classOf(claim));
  if (full) w.line(level, 'Status:', metadata?.deletionTimestamp ? lastsFor(metadata.deletionTimestamp, now) : status?.phase);
  w.line(level, 'Volume:', spec?.volumeName);
  labelsMultiline(w, 'Labels', metadata?.labels, '  '.repeat(level));
  annotationsMultiline(w, 'Annotations', metadata?.annotations, level);
  if (full) w.line(level, 'Finalizers:', goList(metadata?.finalizers));
  w.line(level, 'Capacity:', spec?.volumeName ? String(status?.capacity?.storage ?? '0') : '');
  w.line(level, 'Access Modes:', spec?.volumeName ? accessModes(status?.accessModes) : '');
  if (spec?.volumeMode) w.line(level, 'VolumeMode:', spec.volumeMode);
  if (!spec?.dataSource) return;
  w.line(level, 'DataSource:');
  if (spec.dataSource.apiGroup) w.line(level + 1, 'APIGroup:', spec.dataSource.apiGroup);
  w.line(level + 1, 'Kind:', spec.dataSource.kind);
  w.line(level + 1, 'Name:', spec.dataSource.name);
}
