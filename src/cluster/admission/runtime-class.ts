import { deepEqual } from '../../api/machinery/deep-equal.ts';
import type { RuntimeClass, Toleration } from '../../api/schema/generated/types.ts';
import { type AdmissionRequest, type AdmissionView, defineAdmission } from './admission-plugin.ts';
import { asPod, type PodObject, withSpec } from './pod-object.ts';
import { refuse } from './refuse.ts';

export const runtimeClass = defineAdmission({
  name: 'RuntimeClass',
  operations: ['CREATE'],
  resources: ['pods'],
  mutate: (object, request, view) => {
    const pod = asPod(object);
    const found = classOf(pod, request, view);
    return found ? scheduled(withOverhead(pod, found, request), found, request) : pod;
  },
  validate: (request, view) => {
    if (!request.object) return;
    const pod = asPod(request.object);
    if (pod.spec.overhead && !classOf(pod, request, view)?.overhead) {
      throw refuse(request, 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead');
    }
  },
});

function classOf({ spec }: PodObject, request: AdmissionRequest, view: AdmissionView): RuntimeClass | undefined {
  const { runtimeClassName } = spec;
  if (!runtimeClassName) return undefined;
  const found = view.get('node.k8s.io', 'runtimeclasses', '', runtimeClassName);
  if (!found) throw refuse(request, `pod rejected: RuntimeClass ${JSON.stringify(runtimeClassName)} not found`);
  return found as unknown as RuntimeClass;
}

function withOverhead(pod: PodObject, { overhead }: RuntimeClass, request: AdmissionRequest): PodObject {
  const fixed = overhead?.podFixed;
  if (!fixed) return pod;
  if (pod.spec.overhead && !deepEqual(pod.spec.overhead, fixed)) {
    throw refuse(request, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
  }
  return withSpec(pod, { overhead: fixed });
}

function scheduled(pod: PodObject, { scheduling }: RuntimeClass, request: AdmissionRequest): PodObject {
  if (!scheduling) return pod;
  const own = pod.spec.nodeSelector ?? {};
  for (const [key, value] of Object.entries(scheduling.nodeSelector ?? {})) {
    const given = own[key];
    if (given === undefined || given === value) continue;
    throw refuse(request, `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${given}`);
  }
  const nodeSelector = { ...own, ...scheduling.nodeSelector };
  const present = pod.spec.tolerations ?? [];
  const added = (scheduling.tolerations ?? []).filter((t: Toleration) => !present.some((p) => deepEqual(p, t)));
  return withSpec(pod, {
    ...(Object.keys(nodeSelector).length > 0 ? { nodeSelector } : {}),
    ...(added.length > 0 ? { tolerations: [...present, ...added] } : {}),
  });
}
