import { asV1, asV2 } from '../../api/kinds/horizontal-pod-autoscaler/convert.ts';
import type { KubeObject } from '../../api/machinery/object.ts';
import { apiVersionOf } from '../../api/machinery/object.ts';
import type { AutoscalingV1HorizontalPodAutoscaler, HorizontalPodAutoscaler } from '../../api/schema/generated/types.ts';
import { eventFromEventsV1, eventToEventsV1 } from './event-conversion.ts';
import type { ServedResource } from './served-resource.ts';

type Convert = (object: KubeObject) => KubeObject;

/** How a stored object reads in a version that is not the stored one, and back. Where nothing is named, only apiVersion differs. */
const READ: Readonly<Record<string, Convert>> = {
  'autoscaling/v1/horizontalpodautoscalers': (object) => asV1(object as unknown as HorizontalPodAutoscaler) as unknown as KubeObject,
  'events.k8s.io/v1/events': eventToEventsV1,
};
const WRITE: Readonly<Record<string, Convert>> = {
  'autoscaling/v1/horizontalpodautoscalers': (object) => asV2(object as unknown as AutoscalingV1HorizontalPodAutoscaler) as unknown as KubeObject,
  'events.k8s.io/v1/events': eventFromEventsV1,
};

const key = ({ group, version, resource }: ServedResource) => `${group}/${version}/${resource}`;

/** From the store's form to the form of the version asked for. */
export function fromStorage(object: KubeObject, resource: ServedResource): KubeObject {
  const apiVersion = apiVersionOf(resource);
  if (object.apiVersion === apiVersion) return object;
  const converted = READ[key(resource)]?.(object) ?? object;
  return { ...converted, apiVersion, kind: resource.kind };
}

export function toStorage(object: KubeObject, resource: ServedResource): KubeObject {
  return WRITE[key(resource)]?.(object) ?? object;
}
