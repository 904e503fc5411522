import type { PersistentVolumeClaim, PersistentVolumeSpec, Volume } from '../../../../../api/schema/generated/types.ts';
import type { Writer } from '../writer.ts';
import { describeClaim } from './claim.ts';
import { goList, sortedEntries } from './metadata.ts';

type Fields = readonly (readonly [string, unknown])[];
type Source = Readonly<Record<string, never>> & Record<string, unknown>;

export function describeVolumes(w: Writer, volumes: readonly Volume[] | undefined, space = ''): void {
  if (!volumes?.length) {
    w.line(0, `${space}Volumes:`, '<none>');
    return;
  }
  w.line(0, `${space}Volumes:`);
  for (const volume of volumes) {
    w.line(1, `${space ? ' ' : ''}${volume.name}:`);
    if (!describeSource(w, volume)) w.line(1, '<unknown>');
  }
}

/** A volume of a pod or a PersistentVolume; false for kinds that kubectl does not know. */
export function describeSource(w: Writer, volume: Volume | PersistentVolumeSpec): boolean {
  const sources = volume as unknown as Readonly<Record<string, Source | undefined>>;
  const found = Object.entries(simpleSources).find(([field]) => sources[field]);
  if (found) {
    const source = sources[found[0]] ?? {};
    const [title, fields] = found[1](source);
    w.line(2, 'Type:', title);
    for (const [label, value] of fields) w.line(2, `${label}:`, value === undefined || value === null ? '' : String(value));
    if (found[0] === 'csi') attributes(w, source.volumeAttributes as Readonly<Record<string, string>> | undefined);
    return true;
  }
  return compoundSource(w, volume as Volume);
}

function attributes(w: Writer, map: Readonly<Record<string, string>> | undefined): void {
  const lines = sortedEntries(map).map(([key, value]) => `${key}=${value}`);
  if (lines.length === 0) w.line(2, 'VolumeAttributes:', '<none>');
  for (const [i, line] of lines.entries()) w.write(2, i === 0 ? `VolumeAttributes:\t${line}\n` : `    \t${line}\n`);
}

function compoundSource(w: Writer, { projected, downwardAPI, ephemeral }: Volume): boolean {
  if (projected) {
    w.line(2, 'Type:', 'Projected (a volume that contains injected data from multiple sources)');
    for (const { secret, downwardAPI: own, configMap, serviceAccountToken } of projected.sources ?? []) {
      if (secret) optionalReference(w, 'SecretName', secret);
      else if (own) w.line(2, 'DownwardAPI:', 'true');
      else if (configMap) optionalReference(w, 'ConfigMapName', configMap);
      else if (serviceAccountToken) w.line(2, 'TokenExpirationSeconds:', serviceAccountToken.expirationSeconds);
    }
  } else if (downwardAPI) {
    w.line(2, 'Type:', 'DownwardAPI (a volume populated by information about the pod)');
    w.line(2, 'Items:');
    for (const { fieldRef, resourceFieldRef, path } of downwardAPI.items ?? [])
      w.line(3, `${fieldRef?.fieldPath ?? resourceFieldRef?.resource} -> ${path}`);
  } else if (ephemeral) {
    w.line(2, 'Type:', 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)');
    if (ephemeral.volumeClaimTemplate)
      describeClaim(w, ephemeral.volumeClaimTemplate as Partial<PersistentVolumeClaim>, { full: false, level: 2, now: 0 });
  } else return false;
  return true;
}

function optionalReference(w: Writer, label: string, { name, optional }: { readonly name?: string; readonly optional?: boolean }): void {
  w.line(2, `${label}:`, name);
  w.line(2, 'Optional:', String(optional ?? false));
}

const simpleSources: Readonly<Record<string, (source: Record<string, unknown>) => readonly [string, Fields]>> = {
  hostPath: (s) => [
    'HostPath (bare host directory volume)',
    [
      ['Path', s.path],
      ['HostPathType', s.type ?? '<none>'],
    ],
  ],
  emptyDir: (s) => [
    "EmptyDir (a temporary directory that shares a pod's lifetime)",
    [
      ['Medium', s.medium ?? ''],
      ['SizeLimit', s.sizeLimit && s.sizeLimit !== '0' ? s.sizeLimit : '<unset>'],
    ],
  ],
  secret: (s) => [
    'Secret (a volume populated by a Secret)',
    [
      ['SecretName', s.secretName],
      ['Optional', s.optional ?? false],
    ],
  ],
  configMap: (s) => [
    'ConfigMap (a volume populated by a ConfigMap)',
    [
      ['Name', s.name],
      ['Optional', s.optional ?? false],
    ],
  ],
  nfs: (s) => [
    'NFS (an NFS mount that lasts the lifetime of a pod)',
    [
      ['Server', s.server],
      ['Path', s.path],
      ['ReadOnly', s.readOnly ?? false],
    ],
  ],
  local: (s) => ['LocalVolume (a persistent volume backed by local storage on a node)', [['Path', s.path]]],
  persistentVolumeClaim: (s) => [
    'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    [
      ['ClaimName', s.claimName],
      ['ReadOnly', s.readOnly ?? false],
    ],
  ],
  csi: (s) => [
    'CSI (a Container Storage Interface (CSI) volume source)',
    [
      ['Driver', s.driver],
      ['FSType', s.fsType],
      ...(s.volumeHandle === undefined ? [] : [['VolumeHandle', s.volumeHandle] as const]),
      ['ReadOnly', s.readOnly ?? false],
    ],
  ],
  image: (s) => [
    'Image (a container image or OCI artifact)',
    [
      ['Reference', s.reference],
      ['PullPolicy', s.pullPolicy],
    ],
  ],
  gitRepo: (s) => [
    'GitRepo (a volume that is pulled from git when the pod is created)',
    [
      ['Repository', s.repository],
      ['Revision', s.revision],
    ],
  ],
  gcePersistentDisk: (s) => [
    'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    [
      ['PDName', s.pdName],
      ['FSType', s.fsType],
      ['Partition', s.partition ?? 0],
      ['ReadOnly', s.readOnly ?? false],
    ],
  ],
  awsElasticBlockStore: (s) => [
    'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    [
      ['VolumeID', s.volumeID],
      ['FSType', s.fsType],
      ['Partition', s.partition ?? 0],
      ['ReadOnly', s.readOnly ?? false],
    ],
  ],
  fc: (s) => [
    'FC (a Fibre Channel disk)',
    [
      ['TargetWWNs', ((s.targetWWNs ?? []) as string[]).join(', ')],
      ['LUN', s.lun ?? '<none>'],
      ['FSType', s.fsType],
      ['ReadOnly', s.readOnly ?? false],
    ],
  ],
  iscsi: (s) => [
    "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
    [
      ['TargetPortal', s.targetPortal],
      ['IQN', s.iqn],
      ['Lun', s.lun ?? 0],
      ['FSType', s.fsType],
      ['ReadOnly', s.readOnly ?? false],
      ['Portals', goList(s.portals as string[] | undefined)],
    ],
  ],
};
