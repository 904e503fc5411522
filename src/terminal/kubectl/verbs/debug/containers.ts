import type { Container, EphemeralContainer, Pod } from '../../../../api/schema/generated/types.ts';

/** The pod with one of its containers, of whatever list, changed. */
export function changeContainer(pod: Pod, name: string, change: (container: Container) => Container): Pod {
  const changed = <T extends Container | EphemeralContainer>(list: readonly T[] | undefined) =>
    list?.map((one) => (one.name === name ? { ...one, ...change(one) } : one));
  const { containers, initContainers, ephemeralContainers } = pod.spec ?? {};
  return {
    ...pod,
    spec: {
      ...pod.spec,
      containers: changed(containers) ?? [],
      ...(initContainers ? { initContainers: changed(initContainers) } : {}),
      ...(ephemeralContainers ? { ephemeralContainers: changed(ephemeralContainers) } : {}),
    },
  };
}
