import { Jobs } from '../../api/kinds/resource-types.ts';
import { isStatusError } from '../../api/machinery/status-error.ts';
import { type ControllerDefinition, defineController, splitKey, watchOwn } from './define-controller.ts';
import type { Job } from './objects.ts';

export const ttlAfterFinished: ControllerDefinition = defineController({
  name: 'ttl-after-finished-controller',
  watches: [watchOwn(Jobs)],
  reconcile: async (key, { api, clock, informers, requeueAfter }) => {
    const [namespace, name] = splitKey(key);
    const job = informers.for(Jobs).get(namespace, name);
    const finished = job && finishedAt(job);
    if (!job || job.metadata.deletionTimestamp || job.spec?.ttlSecondsAfterFinished === undefined || finished === undefined) return;
    const left = finished + job.spec.ttlSecondsAfterFinished * 1000 - clock.now();
    if (left > 0) {
      requeueAfter(key, left);
      return;
    }
    try {
      await api.delete(Jobs, namespace, name, { propagationPolicy: 'Foreground', preconditions: { uid: job.metadata.uid ?? '' } });
    } catch (error) {
      if (!isStatusError(error, 'NotFound')) throw error;
    }
  },
});

function finishedAt({ status }: Job): number | undefined {
  const condition = status?.conditions?.find(({ type, status: value }) => (type === 'Complete' || type === 'Failed') && value === 'True');
  return condition?.lastTransitionTime ? Date.parse(condition.lastTransitionTime) : undefined;
}
