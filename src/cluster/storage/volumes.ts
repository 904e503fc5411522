import { PersistentVolumeClaims, PersistentVolumes } from '../../api/kinds/resource-types.ts';
import type { HostPathVolumeSource, PersistentVolume, Pod, Volume } from '../../api/schema/generated/types.ts';
import type { Files } from '../../machine/index.ts';
import { MountError } from './mount-error.ts';
import { writePayload } from './payload-writer.ts';
import { type PayloadSources, payloadOf } from './volume-payload.ts';

export interface VolumeSources extends PayloadSources {
  readonly nodeFiles: Files;
  /** Storage that any node can reach: NFS exports, network disks. */
  readonly sharedFiles: Files;
  readonly now: () => number;
}

/** A volume ready to be mounted: a place in some tree. */
export interface MountedVolume {
  readonly tree: Files;
  readonly from: string;
  readonly readOnly: boolean;
  readonly source: string;
}

/** Prepares one volume of a pod on its node. Throws MountError while it cannot be. */
export function setUpVolume(volume: Volume, sources: VolumeSources): MountedVolume {
  const { pod, nodeFiles } = sources;
  const payload = payloadOf(volume, sources);
  const home = `/var/lib/kubelet/pods/${pod.metadata.uid}/volumes/kubernetes.io~${pluginOf(volume)}/${volume.name}`;
  if (payload) {
    writePayload(nodeFiles, home, payload, sources.now());
    return { tree: nodeFiles, from: home, readOnly: true, source: 'tmpfs' };
  }
  if (volume.hostPath) return hostPath(nodeFiles, volume.hostPath);
  if (volume.persistentVolumeClaim) return claimed(volume.persistentVolumeClaim, sources);
  if (volume.ephemeral) return claimed({ claimName: `${pod.metadata.name}-${volume.name}` }, sources);
  if (volume.nfs) return shared(sources.sharedFiles, `/nfs/${volume.nfs.server}${volume.nfs.path}`, volume.nfs.readOnly);
  const mode = pod.spec?.securityContext?.fsGroup === undefined ? 0o777 : 0o2777;
  if (!nodeFiles.exists(home)) nodeFiles.mkdir(home, { recursive: true, mode });
  nodeFiles.chmod(home, mode);
  if (pod.spec?.securityContext?.fsGroup !== undefined) nodeFiles.chown(home, 0, pod.spec.securityContext.fsGroup);
  return { tree: nodeFiles, from: home, readOnly: false, source: volume.emptyDir?.medium === 'Memory' ? 'tmpfs' : '/dev/vda1' };
}

/** Removes what the pod had on its node and nobody else has a right to. */
export function tearDownVolumes(pod: Pod, nodeFiles: Files): void {
  nodeFiles.remove(`/var/lib/kubelet/pods/${pod.metadata.uid}`, { recursive: true, force: true });
}

const PLUGINS = { configMap: 'configmap', secret: 'secret', downwardAPI: 'downward-api', projected: 'projected', emptyDir: 'empty-dir' } as const;

function pluginOf(volume: Volume): string {
  for (const [field, plugin] of Object.entries(PLUGINS)) if (field in volume) return plugin;
  return 'empty-dir';
}

function hostPath(files: Files, { path, type = '' }: HostPathVolumeSource): MountedVolume {
  const kind = files.exists(path) ? files.stat(path).type : undefined;
  const refuse = (what: string) => new MountError(`hostPath type check failed: ${path} is not a ${what}`);
  if ((type === '' || type === 'DirectoryOrCreate') && kind === undefined) files.mkdir(path, { recursive: true, mode: 0o755 });
  if (type === 'FileOrCreate' && kind === undefined) files.write(path, '', { mode: 0o644 });
  if (type === 'Directory' && kind !== 'directory') throw refuse('directory');
  if (type === 'DirectoryOrCreate' && kind !== undefined && kind !== 'directory') throw refuse('directory');
  if (type === 'File' && kind !== 'file') throw refuse('file');
  if (type === 'FileOrCreate' && kind !== undefined && kind !== 'file') throw refuse('file');
  if (type === 'Socket' && kind !== 'socket') throw refuse('socket file');
  if (type === 'CharDevice' && kind !== 'device') throw refuse('character device');
  if (type === 'BlockDevice' && kind !== 'device') throw refuse('block device');
  return { tree: files, from: path, readOnly: false, source: '/dev/vda1' };
}

function claimed({ claimName, readOnly = false }: { claimName: string; readOnly?: boolean }, sources: VolumeSources): MountedVolume {
  const { informers, pod } = sources;
  const namespace = pod.metadata.namespace ?? '';
  const claim = informers.for(PersistentVolumeClaims).get(namespace, claimName);
  const wrong = (why: string) => new MountError(why, `Unable to attach or mount volumes: error processing PVC ${namespace}/${claimName}: ${why}`);
  if (!claim) throw wrong(`failed to fetch PVC from API server: persistentvolumeclaims "${claimName}" not found`);
  const volume = claim.spec?.volumeName ? informers.for(PersistentVolumes).get('', claim.spec.volumeName) : undefined;
  if (claim.status?.phase !== 'Bound' || !volume) throw wrong('PVC is not bound');
  const mounted = persistent(volume, sources);
  return readOnly || claim.spec?.accessModes?.every((mode) => mode === 'ReadOnlyMany') ? { ...mounted, readOnly: true } : mounted;
}

function persistent(volume: PersistentVolume, { nodeFiles, sharedFiles }: VolumeSources): MountedVolume {
  const spec = volume.spec;
  if (spec?.hostPath) return hostPath(nodeFiles, spec.hostPath);
  if (spec?.local) {
    const { path } = spec.local;
    if (nodeFiles.exists(path)) return { tree: nodeFiles, from: path, readOnly: false, source: '/dev/vda1' };
    const why = `path "${path}" does not exist`;
    throw new MountError(why, `MountVolume.NewMounter initialization failed for volume "${volume.metadata.name}" : ${why}`);
  }
  if (spec?.nfs) return shared(sharedFiles, `/nfs/${spec.nfs.server}${spec.nfs.path}`, spec.nfs.readOnly);
  return shared(sharedFiles, `/volumes/${volume.metadata.name}`);
}

function shared(tree: Files, from: string, readOnly = false): MountedVolume {
  if (!tree.exists(from)) tree.mkdir(from, { recursive: true, mode: 0o777 });
  return { tree, from, readOnly, source: from };
}
