import { type FieldError, type FieldPath, forbiddenField, invalidValue, required } from '../../../machinery/field-error.ts';
import type { ProjectedVolumeSource, ServiceAccountTokenProjection, VolumeProjection } from '../../../schema/generated/types.ts';
import { downwardFile, localNonReservedPath, mode } from './paths.ts';
import { keyToPath } from './volumes.ts';

export function projectedSource({ defaultMode, sources = [] }: ProjectedVolumeSource, at: FieldPath): FieldError[] {
  const taken = new Set<string>();
  return [...mode(at.child('defaultMode'), defaultMode), ...sources.flatMap((source, i) => oneSource(source, at, i, taken))];
}

function oneSource(source: VolumeProjection, at: FieldPath, i: number, taken: Set<string>): FieldError[] {
  const here = at.child('sources').index(i);
  const { secret, configMap, downwardAPI, serviceAccountToken: token, clusterTrustBundle: bundle } = source;
  const claim = (path: string | undefined, shown: string): FieldError[] => {
    if (!path) return [];
    if (taken.has(path)) return [invalidValue(at, shown, 'conflicting duplicate paths')];
    taken.add(path);
    return [];
  };
  const keyed = (projection: NonNullable<typeof secret | typeof configMap>, path: FieldPath) => [
    ...(projection.name ? [] : [required(path.child('name'))]),
    ...(projection.items ?? []).flatMap((item, j) => [...keyToPath(item, path.child('items').index(j)), ...claim(item.path, projection.name ?? '')]),
  ];
  const count = Object.values(source).filter((value) => value !== undefined).length;
  return [
    ...(secret ? keyed(secret, here.child('secret')) : []),
    ...(configMap ? keyed(configMap, here.child('configMap')) : []),
    ...(downwardAPI?.items ?? []).flatMap((file) => [...downwardFile(file, here.child('downwardAPI')), ...claim(file.path, file.path)]),
    ...(token ? tokenSource(token, at, here.child('serviceAccountToken')) : []),
    ...(bundle && !bundle.path ? [required(here.child('clusterTrustBundle', 'path'))] : []),
    ...(count > 1 ? [forbiddenField(here, 'may not specify more than 1 volume type per source')] : []),
  ];
}

function tokenSource({ expirationSeconds = 3600, path }: ServiceAccountTokenProjection, at: FieldPath, here: FieldPath): FieldError[] {
  const seconds = here.child('expirationSeconds');
  return [
    ...(expirationSeconds < 600 ? [invalidValue(seconds, expirationSeconds, 'may not specify a duration less than 10 minutes')] : []),
    ...(expirationSeconds > 2 ** 32 ? [invalidValue(seconds, expirationSeconds, 'may not specify a duration larger than 2^32 seconds')] : []),
    ...(path ? localNonReservedPath(at.child('path'), path) : [required(at.child('path'))]),
  ];
}
