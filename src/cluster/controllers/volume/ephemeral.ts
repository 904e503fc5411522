import { PersistentVolumeClaims, Pods } from '../../../api/kinds/resource-types.ts';
import { type ControllerDefinition, defineController, keyOf, splitKey, watch } from '../define-controller.ts';
import { controllerRef } from '../workload/owner.ts';

/** Makes the claims that pods carry in their own volumes. */
export const ephemeralVolume: ControllerDefinition = defineController({
  name: 'ephemeral-volume-controller',
  eventSource: 'ephemeral_volume',
  watches: [watch(Pods, (pod, old) => (!old && pod.spec?.volumes?.some(({ ephemeral }) => ephemeral) ? [keyOf(pod)] : []))],
  reconcile: async (key, { api, informers }) => {
    const [namespace, podName] = splitKey(key);
    const pod = informers.for(Pods).get(namespace, podName);
    if (!pod || pod.metadata.deletionTimestamp) return;
    for (const { name: volume, ephemeral } of pod.spec?.volumes ?? []) {
      const template = ephemeral?.volumeClaimTemplate;
      const name = `${podName}-${volume}`;
      if (!template || informers.for(PersistentVolumeClaims).get(namespace, name)) continue;
      const { labels, annotations } = template.metadata ?? {};
      const own = { ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) };
      const ownerReferences = [controllerRef({ ...pod, apiVersion: 'v1', kind: 'Pod' })];
      await api.create(PersistentVolumeClaims, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { ...own, name, namespace, ownerReferences },
        spec: template.spec,
      });
    }
  },
});
