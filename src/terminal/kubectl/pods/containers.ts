import type { Container, Pod } from '../../../api/schema/generated/types.ts';
import { UsageError } from '../errors.ts';
import type { Invocation } from '../invocation.ts';

const annotation = 'kubectl.kubernetes.io/default-container';

export function findContainer({ spec }: Pod, name: string): Container | undefined {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? []), ...(spec?.ephemeralContainers ?? [])].find((one) => one.name === name);
}

/** `web, debug (ephem), setup (init)`. */
export const allContainerNames = ({ spec }: Pod): string =>
  [
    ...(spec?.containers ?? []).map(({ name }) => name),
    ...(spec?.ephemeralContainers ?? []).map(({ name }) => `${name} (ephem)`),
    ...(spec?.initContainers ?? []).map(({ name }) => `${name} (init)`),
  ].join(', ');

const hasSeveral = ({ spec }: Pod): boolean =>
  (spec?.containers?.length ?? 0) > 1 || Boolean(spec?.initContainers?.length || spec?.ephemeralContainers?.length);

/** The named container, the annotated default one, or the first, which is then announced. */
export async function containerOrDefault(kubectl: Invocation, pod: Pod, named: string, quiet = false): Promise<string> {
  const [first] = pod.spec?.containers ?? [];
  if (!first) throw new UsageError(`pod ${pod.metadata?.namespace}/${pod.metadata?.name} does not have any containers`);
  const name = named || (pod.metadata?.annotations?.[annotation] ?? '');
  if (name) {
    if (findContainer(pod, name)) return name;
    throw new UsageError(`container ${name} is not valid for pod ${pod.metadata?.name} out of: ${allContainerNames(pod)}`);
  }
  if (!quiet && hasSeveral(pod)) await kubectl.error(`Defaulted container ${JSON.stringify(first.name)} out of: ${allContainerNames(pod)}\n`);
  return first.name ?? '';
}
