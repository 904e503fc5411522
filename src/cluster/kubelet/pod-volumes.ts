import { Nodes } from '../../api/kinds/resource-types.ts';
import type { Volume } from '../../api/schema/generated/types.ts';
import { MountError } from '../storage/mount-error.ts';
import { type MountedVolume, setUpVolume, type VolumeSources } from '../storage/volumes.ts';
import type { PodWorker } from './pod-worker.ts';

const FIRST_RETRY = 500;
const LAST_RETRY = 122_000;
/** After this the kubelet reports volumes it still waits for. */
const PATIENCE = 120_000;

/** Mounts all volumes of a pod; tries again, ever more slowly, while one cannot be. */
export async function mountVolumes(worker: PodWorker): Promise<ReadonlyMap<string, MountedVolume>> {
  const mounted = new Map<string, MountedVolume>();
  const began = worker.host.clock.now();
  let pause = FIRST_RETRY;
  for (;;) {
    const waiting = (worker.pod.spec?.volumes ?? []).filter((volume) => !mounted.has(volume.name));
    const patient = worker.host.clock.now() - began < PATIENCE;
    for (const volume of waiting) tryVolume(worker, volume, mounted, patient);
    if (waiting.every((volume) => mounted.has(volume.name))) return mounted;
    await worker.pause(pause);
    pause = Math.min(LAST_RETRY, pause * 2);
  }
}

/** While `patient`, a claim that is not bound yet is waited for without a word. */
function tryVolume(worker: PodWorker, volume: Volume, mounted: Map<string, MountedVolume>, patient: boolean): void {
  try {
    mounted.set(volume.name, setUpVolume(volume, sourcesOf(worker)));
  } catch (error) {
    if (!(error instanceof MountError)) throw error;
    if (patient && error.sentence?.startsWith('Unable to attach')) return;
    worker.note(undefined, 'Warning', 'FailedMount', error.sentence ?? `MountVolume.SetUp failed for volume "${volume.name}" : ${error.message}`);
  }
}

/** Rewrites what API data the pod's volumes show. */
export function refreshVolumes(worker: PodWorker): void {
  for (const volume of worker.pod.spec?.volumes ?? []) {
    if (!volume.configMap && !volume.secret && !volume.projected && !volume.downwardAPI) continue;
    try {
      setUpVolume(volume, sourcesOf(worker));
    } catch (error) {
      if (!(error instanceof MountError)) throw error;
    }
  }
}

function sourcesOf({ host, pod, namespace }: PodWorker): VolumeSources {
  return {
    informers: host.informers,
    pod,
    node: host.informers.for(Nodes).get('', host.nodeName),
    podIP: namespace?.address ?? '',
    hostIP: host.nodeAddress,
    token: (audience, seconds) => host.token(pod, audience, seconds),
    nodeFiles: host.machine.files,
    sharedFiles: host.sharedFiles,
    now: () => host.clock.now(),
  };
}
