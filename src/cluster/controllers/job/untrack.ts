import { Pods } from '../../../api/kinds/resource-types.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { ControllerContext } from '../define-controller.ts';
import type { Pod } from '../objects.ts';
import { isTracked, TRACKING } from './pods.ts';

/** Takes the job controller's finalizer off pods that are counted. */
export async function untrack({ api, informers }: ControllerContext, pods: readonly Pod[]): Promise<void> {
  for (const { metadata } of pods) {
    const current = informers.for(Pods).get(metadata.namespace ?? '', metadata.name ?? '');
    if (!current || current.metadata.uid !== metadata.uid || !isTracked(current)) continue;
    const finalizers = (current.metadata.finalizers ?? []).filter((finalizer) => finalizer !== TRACKING);
    try {
      await api.patch(Pods, metadata.namespace ?? '', metadata.name ?? '', 'merge', { metadata: { uid: metadata.uid, finalizers } });
    } catch (error) {
      if (!isStatusError(error, 'NotFound')) throw error;
    }
  }
}
