import type { KubeObject } from '../../api/machinery/object.ts';
import type { Container, Pod, PodSpec } from '../../api/schema/generated/types.ts';

/** A pod as admission handles it: typed, yet still a KubeObject. */
export type PodObject = KubeObject & { readonly spec: PodSpec; readonly status?: Pod['status'] };

/** What mutation sees was not validated yet: it may lack its containers. */
export function asPod(object: KubeObject): PodObject {
  const spec = object.spec as Partial<PodSpec> | undefined;
  return (spec?.containers ? object : { ...object, spec: { ...spec, containers: [] } }) as PodObject;
}

export const withSpec = (pod: PodObject, spec: Partial<PodSpec>): PodObject => ({ ...pod, spec: { ...pod.spec, ...spec } });

/** The same change made to every container and init container. */
export function mapContainers(spec: PodSpec, change: (container: Container) => Container): Pick<PodSpec, 'containers' | 'initContainers'> {
  return { containers: spec.containers.map(change), ...(spec.initContainers ? { initContainers: spec.initContainers.map(change) } : {}) };
}

export const isMirror = ({ metadata }: KubeObject): boolean => metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;
