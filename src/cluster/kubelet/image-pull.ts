import { parseImage } from '../images/reference.ts';
import type { Image } from '../images/registry.ts';
import { goMillis } from './backoff.ts';
import type { ContainerSlot } from './container-slot.ts';
import type { PodHost } from './pod-host.ts';

export type PullOutcome = { readonly image: Image } | { readonly retryIn: number };

type Note = (type: 'Normal' | 'Warning', reason: string, message: string) => void;

/** Sees to it that the container's image is on the node, as its policy has it; leaves a failure in the slot's state. */
export async function ensureImage(host: PodHost, slot: ContainerSlot, note: Note): Promise<PullOutcome> {
  const name = slot.spec.image ?? '';
  const reference = parseImage(name);
  if (!reference) {
    const message = `Failed to apply default image tag "${name}": couldn't parse image name "${name}": invalid reference format`;
    note('Warning', 'InspectFailed', message);
    note('Warning', 'Failed', 'Error: InvalidImageName');
    slot.wait('InvalidImageName', message);
    return { retryIn: 15_000 };
  }
  const policy = slot.spec.imagePullPolicy ?? (reference.tag === 'latest' && !reference.digest ? 'Always' : 'IfNotPresent');
  const result = host.registry.pull(name);
  const present = !('error' in result) && host.presentImages.has(result.name);
  if (present && policy !== 'Always') {
    note('Normal', 'Pulled', `Container image "${name}" already present on machine and can be accessed by the pod`);
    return { image: result };
  }
  if (policy === 'Never') {
    const message = `Container image "${name}" is not present with pull policy of Never`;
    note('Warning', 'ErrImageNeverPull', message);
    note('Warning', 'Failed', 'Error: ErrImageNeverPull');
    slot.wait('ErrImageNeverPull', message);
    return { retryIn: 12_000 };
  }
  note('Normal', 'Pulling', `Pulling image "${name}"`);
  if ('error' in result) {
    await pause(host, 400);
    return refused(host, slot, name, result.error, note);
  }
  const took = present ? host.pace.pull(0) : host.pace.pull(result.size);
  await pause(host, took);
  host.presentImages.add(result.name);
  const time = goMillis(took);
  note('Normal', 'Pulled', `Successfully pulled image "${name}" in ${time} (${time} including waiting). Image size: ${result.size} bytes.`);
  slot.pulls.reset();
  return { image: result };
}

const pause = async (host: PodHost, ms: number) => {
  if (ms > 0 && !host.pace.abrupt) await host.clock.sleep(ms);
};

function refused(host: PodHost, slot: ContainerSlot, name: string, error: string, note: Note): PullOutcome {
  note('Warning', 'Failed', `Failed to pull image "${name}": ${error}`);
  note('Warning', 'Failed', 'Error: ErrImagePull');
  slot.wait('ErrImagePull', error);
  slot.pullError = error;
  return { retryIn: slot.pulls.next(host.clock.now()) };
}

/** Between two pulls: what the pod says while it waits. */
export function announcePullBackOff(slot: ContainerSlot, note: Note): void {
  const name = slot.spec.image ?? '';
  note('Normal', 'BackOff', `Back-off pulling image "${name}"`);
  note('Warning', 'Failed', 'Error: ImagePullBackOff');
  slot.wait('ImagePullBackOff', `Back-off pulling image "${name}": ErrImagePull: ${slot.pullError}`);
}
