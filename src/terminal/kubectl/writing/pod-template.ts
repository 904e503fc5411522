import type { KubeObject } from '../../../api/machinery/object.ts';
import type { Container, PodSpec } from '../../../api/schema/generated/types.ts';

const templated = ['ReplicationController', 'Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet', 'Job'];

type Members = Readonly<Record<string, unknown>>;

/** The object with another pod spec; throws when it has none. */
export function withPodSpec(object: KubeObject, change: (spec: PodSpec) => PodSpec): KubeObject {
  const path = pathOf(object);
  return replaced(object, path, (spec) => change((spec ?? {}) as PodSpec)) as KubeObject;
}

function pathOf({ apiVersion, kind }: KubeObject): readonly string[] {
  if (kind === 'Pod') return ['spec'];
  if (kind === 'CronJob') return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
  if (templated.includes(kind)) return ['spec', 'template', 'spec'];
  throw new Error(`the object is not a pod or does not have a pod template: *${apiVersion.split('/').at(-1)}.${kind}`);
}

/** A copy in which only what stands at the end of the path differs. */
export function replaced(value: unknown, [first, ...rest]: readonly string[], change: (value: unknown) => unknown): unknown {
  if (first === undefined) return change(value);
  const members = (value ?? {}) as Members;
  return { ...members, [first]: replaced(members[first], rest, change) };
}

/** Containers whose names fit a pattern with stars are changed, the others stay. */
export function mapContainers(spec: PodSpec, change: (container: Container) => Container): PodSpec {
  const { initContainers, containers } = spec;
  return { ...spec, ...(initContainers ? { initContainers: initContainers.map(change) } : {}), containers: (containers ?? []).map(change) };
}

export function containerFits(name: string, pattern: string): boolean {
  if (!pattern.includes('*')) return name === pattern;
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`).test(name);
}
