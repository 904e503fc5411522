import type { DownwardAPIVolumeFile, Volume, VolumeProjection } from '../../schema/generated/types.ts';
import { pullPolicyFor } from './pull-policy.ts';

const MODE = 0o644;

/** An empty directory where no source is named, and each source's own defaults. */
export function defaultVolume(volume: Volume): Volume {
  const { name, ...source } = volume;
  if (Object.values(source).every((value) => value === undefined)) return { ...volume, emptyDir: {} };
  return { name, ...defaultSource(source) };
}

function defaultSource(source: Omit<Volume, 'name'>): Omit<Volume, 'name'> {
  const { configMap, secret, downwardAPI, projected, hostPath, iscsi, rbd, azureDisk, scaleIO, image, ephemeral } = source;
  return {
    ...source,
    ...(configMap ? { configMap: { ...configMap, defaultMode: configMap.defaultMode ?? MODE } } : {}),
    ...(secret ? { secret: { ...secret, defaultMode: secret.defaultMode ?? MODE } } : {}),
    ...(downwardAPI
      ? {
          downwardAPI: {
            ...downwardAPI,
            ...(downwardAPI.items ? { items: downwardAPI.items.map(defaultFile) } : {}),
            defaultMode: downwardAPI.defaultMode ?? MODE,
          },
        }
      : {}),
    ...(projected
      ? {
          projected: {
            ...projected,
            ...(projected.sources ? { sources: projected.sources.map(defaultProjection) } : {}),
            defaultMode: projected.defaultMode ?? MODE,
          },
        }
      : {}),
    ...(hostPath ? { hostPath: { ...hostPath, type: hostPath.type ?? '' } } : {}),
    ...(iscsi ? { iscsi: { ...iscsi, iscsiInterface: iscsi.iscsiInterface || 'default' } } : {}),
    ...(rbd ? { rbd: { ...rbd, pool: rbd.pool || 'rbd', user: rbd.user || 'admin', keyring: rbd.keyring || '/etc/ceph/keyring' } } : {}),
    ...(azureDisk
      ? {
          azureDisk: {
            ...azureDisk,
            cachingMode: azureDisk.cachingMode ?? 'ReadWrite',
            kind: azureDisk.kind ?? 'Shared',
            fsType: azureDisk.fsType ?? 'ext4',
            readOnly: azureDisk.readOnly ?? false,
          },
        }
      : {}),
    ...(scaleIO ? { scaleIO: { ...scaleIO, storageMode: scaleIO.storageMode || 'ThinProvisioned', fsType: scaleIO.fsType || 'xfs' } } : {}),
    ...(image ? { image: { ...image, pullPolicy: image.pullPolicy || pullPolicyFor(image.reference) } } : {}),
    ...(ephemeral?.volumeClaimTemplate
      ? {
          ephemeral: {
            ...ephemeral,
            volumeClaimTemplate: {
              ...ephemeral.volumeClaimTemplate,
              metadata: ephemeral.volumeClaimTemplate.metadata ?? {},
              spec: {
                ...ephemeral.volumeClaimTemplate.spec,
                resources: ephemeral.volumeClaimTemplate.spec?.resources ?? {},
                volumeMode: ephemeral.volumeClaimTemplate.spec?.volumeMode ?? 'Filesystem',
              },
            },
          },
        }
      : {}),
  };
}

const defaultFile = (file: DownwardAPIVolumeFile): DownwardAPIVolumeFile =>
  file.fieldRef ? { ...file, fieldRef: { ...file.fieldRef, apiVersion: file.fieldRef.apiVersion || 'v1' } } : file;

function defaultProjection(projection: VolumeProjection): VolumeProjection {
  const { serviceAccountToken: token, downwardAPI } = projection;
  return {
    ...projection,
    ...(token ? { serviceAccountToken: { ...token, expirationSeconds: token.expirationSeconds ?? 3600 } } : {}),
    ...(downwardAPI?.items ? { downwardAPI: { ...downwardAPI, items: downwardAPI.items.map(defaultFile) } } : {}),
  };
}
