import { semanticEqual } from '../machinery/deep-equal.ts';
import { type FieldError, type FieldPath, forbiddenField, invalidValue, notSupported, required } from '../machinery/field-error.ts';
import { isDns1123Subdomain } from '../machinery/names.ts';
import { canonicalQuantity, compareQuantities } from '../machinery/quantity.ts';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec, PersistentVolumeClaimTemplate } from '../schema/generated/types.ts';
import { findings, immutable, labelSelector, labels, oneOf, root } from './field-checks.ts';
import { internalForm } from './internal-form.ts';
import { validateAnnotations } from './object-meta.ts';
import { jsonDiff } from './unified-diff.ts';
import { orEmpty } from './zero-values.ts';

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';
const IMMUTABLE_SPEC = 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

export function accessModes(modes: readonly string[], path: FieldPath): FieldError[] {
  const known = modes.filter((mode) => ACCESS_MODES.includes(mode));
  const mixed = known.includes('ReadWriteOncePod') && known.some((mode) => mode !== 'ReadWriteOncePod');
  return [
    ...modes.filter((mode) => !ACCESS_MODES.includes(mode)).map((mode) => notSupported(path, mode, ACCESS_MODES)),
    ...(mixed ? [forbiddenField(path, 'may not use ReadWriteOncePod with other access modes')] : []),
  ];
}

export const positiveQuantity = (path: FieldPath, value: string): FieldError[] =>
  compareQuantities(value, '0') > 0 ? [] : [invalidValue(path, canonicalQuantity(value), 'must be greater than zero')];

export function validateClaimSpec(spec: PersistentVolumeClaimSpec, path: FieldPath): FieldError[] {
  const { accessModes: modes = [], storageClassName: className, volumeMode, dataSource, dataSourceRef } = spec;
  const storage = spec.resources?.requests?.storage;
  const sizePath = path.child('resources').key('storage');
  const mismatch = dataSource && dataSourceRef && !dataSourceRef.namespace && !semanticEqual(dataSource, dataSourceRef);
  return [
    ...(modes.length > 0 ? [] : [required(path.child('accessModes'), 'at least 1 access mode is required')]),
    ...labelSelector(path.child('selector'), spec.selector),
    ...accessModes(modes, path.child('accessModes')),
    ...(storage === undefined ? [required(sizePath)] : positiveQuantity(sizePath, storage)),
    ...(className ? findings(path.child('storageClassName'), className, isDns1123Subdomain(className)) : []),
    ...(volumeMode === undefined ? [] : oneOf(path.child('volumeMode'), volumeMode, ['Block', 'Filesystem'])),
    ...(dataSource ? sourceFindings(dataSource, path.child('dataSource')) : []),
    ...(dataSourceRef ? sourceFindings(dataSourceRef, path.child('dataSourceRef')) : []),
    ...(mismatch ? [invalidValue(path, path.child('dataSource').toString(), 'must match dataSourceRef')] : []),
    ...(spec.volumeAttributesClassName
      ? findings(path.child('volumeAttributesClassName'), spec.volumeAttributesClassName, isDns1123Subdomain(spec.volumeAttributesClassName))
      : []),
  ];
}

function sourceFindings(source: { readonly kind: string; readonly name: string; readonly apiGroup?: string }, path: FieldPath): FieldError[] {
  return [
    ...(source.name ? [] : [required(path.child('name'))]),
    ...(source.kind ? [] : [required(path.child('kind'))]),
    ...(!source.apiGroup && source.kind !== 'PersistentVolumeClaim'
      ? [invalidValue(path, source.kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup")]
      : []),
  ];
}

export function validateClaimTemplate({ metadata, spec }: PersistentVolumeClaimTemplate, path: FieldPath): FieldError[] {
  const meta = path.child('metadata');
  return [
    ...validateAnnotations(metadata?.annotations, meta.child('annotations')),
    ...labels(meta.child('labels'), metadata?.labels),
    ...validateClaimSpec(orEmpty(spec), path.child('spec')),
  ];
}

export function validateClaimUpdate(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const path = root('spec');
  const [spec, before] = [orEmpty(claim.spec), orEmpty(old.spec)];
  const [now, then] = comparable(claim, old);
  const size = (amounts: PersistentVolumeClaimSpec) => amounts.resources?.requests?.storage ?? '0';
  const shrinks = compareQuantities(size(spec), size(before)) < 0;
  const tooSmall = shrinks && compareQuantities(size(spec), old.status?.capacity?.storage ?? '0') <= 0;
  const difference = semanticEqual(now, then) ? '' : jsonDiff(shown(then), shown(now));
  return [
    ...validateClaimSpec(spec, path),
    ...immutable(
      root('metadata').child('annotations').key(BETA_CLASS),
      claim.metadata.annotations?.[BETA_CLASS] ?? '',
      old.metadata.annotations?.[BETA_CLASS] ?? '',
    ),
    ...(difference ? [forbiddenField(path, `${IMMUTABLE_SPEC}\n${difference}`)] : []),
    ...(tooSmall ? [forbiddenField(path.child('resources', 'requests', 'storage'), 'field can not be less than status.capacity')] : []),
    ...immutable(root('volumeMode'), spec.volumeMode, before.volumeMode),
  ];
}

const shown = (spec: PersistentVolumeClaimSpec): unknown => internalForm('PersistentVolumeClaimSpec', spec);

/** Both specs with what may change made equal: the binding, a class where there was none, and for bound claims the size and the attributes. */
function comparable(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): [PersistentVolumeClaimSpec, PersistentVolumeClaimSpec] {
  let now: PersistentVolumeClaimSpec = orEmpty(claim.spec);
  let then: PersistentVolumeClaimSpec = orEmpty(old.spec);
  if (!then.volumeName && now.volumeName) then = { ...then, volumeName: now.volumeName };
  if (then.storageClassName === undefined && now.storageClassName !== undefined && !old.metadata.annotations?.[BETA_CLASS]) {
    const { storageClassName: _, ...rest } = now;
    now = rest;
  }
  if (claim.status?.phase !== 'Bound') return [now, then];
  const storage = then.resources?.requests?.storage;
  const { volumeAttributesClassName: _, ...rest } = now;
  return [
    {
      ...rest,
      ...(then.volumeAttributesClassName === undefined ? {} : { volumeAttributesClassName: then.volumeAttributesClassName }),
      resources: { ...now.resources, ...(storage === undefined ? {} : { requests: { ...now.resources?.requests, storage } }) },
    },
    then,
  ];
}
