import { addQuantities, compareQuantities, formatQuantity } from '../../api/machinery/quantity.ts';
import type { Container, PodSpec } from '../../api/schema/generated/types.ts';

/** Amounts by resource name. */
export type ResourceList = Readonly<Record<string, string>>;

export const addLists = (a: ResourceList, b: ResourceList | undefined): ResourceList => combine(a, b, (x, y) => formatQuantity(addQuantities(x, y)));
export const maxLists = (a: ResourceList, b: ResourceList | undefined): ResourceList =>
  combine(a, b, (x, y) => (compareQuantities(x, y) >= 0 ? x : y));

function combine(a: ResourceList, b: ResourceList | undefined, join: (x: string, y: string) => string): ResourceList {
  const result: Record<string, string> = { ...a };
  for (const [name, amount] of Object.entries(b ?? {})) {
    const known = result[name];
    result[name] = known === undefined ? amount : join(known, amount);
  }
  return result;
}

/** What the pod as a whole asks for: the sum of its containers, but never less than an init container needs. */
export function podResources(spec: PodSpec, which: 'requests' | 'limits'): ResourceList {
  const of = (container: Container): ResourceList => (container.resources?.[which] ?? {}) as ResourceList;
  let total = spec.containers.reduce<ResourceList>((sum, c) => addLists(sum, of(c)), {});
  let sidecars: ResourceList = {};
  let highest: ResourceList = {};
  for (const container of spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') {
      total = addLists(total, of(container));
      sidecars = addLists(sidecars, of(container));
      highest = maxLists(highest, sidecars);
    } else highest = maxLists(highest, addLists(of(container), sidecars));
  }
  const own = (spec.resources?.[which] ?? {}) as ResourceList;
  return { ...maxLists(total, highest), ...own };
}
