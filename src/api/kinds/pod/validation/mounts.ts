import { type FieldError, type FieldPath, forbiddenField, invalidValue, notFoundValue, required } from '../../../machinery/field-error.ts';
import type { Container, EphemeralContainer, Volume, VolumeDevice, VolumeMount } from '../../../schema/generated/types.ts';
import { oneOf } from '../../field-checks.ts';
import { localDescendingPath, noBacksteps } from './paths.ts';

type AnyContainer = Container | EphemeralContainer;
type Volumes = ReadonlyMap<string, Volume>;

export function validateMounts(container: AnyContainer, devices: readonly VolumeDevice[], volumes: Volumes, path: FieldPath): FieldError[] {
  const taken = new Set<string>();
  return (container.volumeMounts ?? []).flatMap((mount, i) => {
    const at = path.index(i);
    const target = mount.mountPath ?? '';
    const repeated = taken.has(target);
    taken.add(target);
    return [
      ...(mount.name ? [] : [required(at.child('name'))]),
      ...(volumes.has(mount.name) ? [] : [notFoundValue(at.child('name'), mount.name ?? '')]),
      ...(target ? [] : [required(at.child('mountPath'))]),
      ...(repeated ? [invalidValue(at.child('mountPath'), target, 'must be unique')] : []),
      ...(devices.some((d) => d.name === mount.name) ? [invalidValue(at.child('name'), mount.name, 'must not already exist in volumeDevices')] : []),
      ...(devices.some((d) => d.devicePath === target)
        ? [invalidValue(at.child('mountPath'), target, 'must not already exist as a path in volumeDevices')]
        : []),
      ...subPaths(mount, path, at),
      ...propagation(mount, container, path.child('mountPropagation')),
      ...recursiveReadOnly(mount, path.child('recursiveReadOnly')),
    ];
  });
}

function subPaths({ subPath, subPathExpr }: VolumeMount, path: FieldPath, at: FieldPath): FieldError[] {
  return [
    ...(subPath ? localDescendingPath(path.child('subPath'), subPath) : []),
    ...(subPath && subPathExpr ? [invalidValue(at.child('subPathExpr'), subPathExpr, 'subPathExpr and subPath are mutually exclusive')] : []),
    ...(subPathExpr ? localDescendingPath(path.child('subPathExpr'), subPathExpr) : []),
  ];
}

function propagation({ mountPropagation }: VolumeMount, { securityContext }: AnyContainer, path: FieldPath): FieldError[] {
  if (mountPropagation === undefined) return [];
  return [
    ...oneOf(path, mountPropagation, ['Bidirectional', 'HostToContainer', 'None']),
    ...(mountPropagation === 'Bidirectional' && !securityContext?.privileged
      ? [forbiddenField(path, 'Bidirectional mount propagation is available only to privileged containers')]
      : []),
  ];
}

function recursiveReadOnly({ recursiveReadOnly: value, readOnly, mountPropagation }: VolumeMount, path: FieldPath): FieldError[] {
  if (value === undefined || value === 'Disabled') return [];
  if (value !== 'Enabled' && value !== 'IfPossible') return oneOf(path, value, ['Disabled', 'Enabled', 'IfPossible']);
  return [
    ...(readOnly ? [] : [forbiddenField(path, 'may only be specified when readOnly is true')]),
    ...(mountPropagation && mountPropagation !== 'None'
      ? [forbiddenField(path, 'may only be specified when mountPropagation is None or not specified')]
      : []),
  ];
}

export function validateDevices(devices: readonly VolumeDevice[], mounts: readonly VolumeMount[], volumes: Volumes, path: FieldPath): FieldError[] {
  const names = new Set<string>();
  const paths = new Set<string>();
  return devices.flatMap(({ name = '', devicePath = '' }, i) => {
    const at = path.index(i);
    const volume = volumes.get(name);
    const isClaim = volume?.persistentVolumeClaim !== undefined || volume?.ephemeral !== undefined;
    const climbs = noBacksteps(path, devicePath).length > 0;
    const errors = [
      ...(name ? [] : [required(at.child('name'))]),
      ...(names.has(name) ? [invalidValue(at.child('name'), name, 'must be unique')] : []),
      ...(volume && !isClaim
        ? [invalidValue(at.child('name'), name, 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode')]
        : []),
      ...(volume ? [] : [notFoundValue(at.child('name'), name)]),
      ...(devicePath ? [] : [required(at.child('devicePath'))]),
      ...(paths.has(devicePath) ? [invalidValue(at.child('devicePath'), devicePath, 'must be unique')] : []),
      ...(climbs ? [invalidValue(at.child('devicePath'), devicePath, "can not contain backsteps ('..')")] : []),
      ...(mounts.some((m) => m.name === name) ? [invalidValue(at.child('name'), name, 'must not already exist in volumeMounts')] : []),
      ...(mounts.some((m) => m.mountPath === devicePath)
        ? [invalidValue(at.child('devicePath'), devicePath, 'must not already exist as a path in volumeMounts')]
        : []),
    ];
    if (!climbs) paths.add(devicePath);
    if (name) names.add(name);
    return errors;
  });
}
