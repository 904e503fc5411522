import { addQuantities, compareQuantities, formatQuantity } from '../../machinery/quantity.ts';
import type { Container, PodSpec } from '../../schema/generated/types.ts';

export type Amounts = Readonly<Record<string, string>>;

/** A container that names a limit and no request asks for its limit. */
export function requestsFromLimits(container: Container): Container {
  const { limits, requests } = container.resources ?? {};
  if (!limits) return container;
  return { ...container, resources: { ...container.resources, requests: { ...limits, ...requests } } };
}

/** Fills in requests and limits of the pod as a whole where these are partly given. */
export function defaultPodResources(spec: PodSpec): PodSpec {
  const { resources } = spec;
  if (!resources) return spec;
  const hasAny = Object.keys(resources.limits ?? {}).length + Object.keys(resources.requests ?? {}).length > 0;
  const hugePages = entriesOf(hasAny ? effectiveAmounts(spec, 'limits') : {}).filter(([name]) => isHugePage(name) && !resources.requests?.[name]);
  const limits = { ...Object.fromEntries(hugePages), ...resources.limits };
  const sized = Object.keys(limits).length > 0 ? { ...resources, limits } : resources;
  if (!sized.limits || Object.keys(sized.limits).length === 0) return { ...spec, resources: sized };
  const asked = entriesOf(effectiveAmounts(spec, 'requests')).filter(([name]) => isPodLevel(name) && !isHugePage(name));
  const capped = entriesOf(sized.limits).filter(([name]) => isPodLevel(name));
  const requests = { ...Object.fromEntries(capped), ...Object.fromEntries(asked), ...sized.requests };
  return { ...spec, resources: { ...sized, requests } };
}

/** The sum over the containers, or the most that an init container needs while the side-cars before it run. */
export function effectiveAmounts(spec: PodSpec, which: 'requests' | 'limits'): Amounts {
  let sum: Amounts = {};
  for (const container of spec.containers ?? []) sum = add(sum, container.resources?.[which]);
  let sidecars: Amounts = {};
  let peak: Amounts = {};
  for (const container of spec.initContainers ?? []) {
    const own = container.resources?.[which];
    if (container.restartPolicy === 'Always') {
      sum = add(sum, own);
      sidecars = add(sidecars, own);
      peak = most(peak, sidecars);
    } else peak = most(peak, add(sidecars, own));
  }
  return most(sum, peak);
}

const entriesOf = (amounts: Amounts): [string, string][] => Object.entries(amounts);
const isHugePage = (name: string) => name.startsWith('hugepages-');
const isPodLevel = (name: string) => name === 'cpu' || name === 'memory' || isHugePage(name);

function add(a: Amounts, b: Amounts | undefined): Amounts {
  const sum = { ...a };
  for (const [name, value] of Object.entries(b ?? {})) sum[name] = formatQuantity(addQuantities(sum[name] ?? '0', value));
  return sum;
}

function most(a: Amounts, b: Amounts): Amounts {
  const result = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const present = result[name];
    if (present === undefined || compareQuantities(value, present) > 0) result[name] = value;
  }
  return result;
}
