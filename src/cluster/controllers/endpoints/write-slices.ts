import { EndpointSlices } from '../../../api/kinds/resource-types.ts';
import { deepEqual } from '../../../api/machinery/deep-equal.ts';
import type { KubeObject } from '../../../api/machinery/object.ts';
import { isStatusError } from '../../../api/machinery/status-error.ts';
import type { DiscoveryV1EndpointPort, Endpoint, OwnerReference } from '../../../api/schema/generated/types.ts';
import type { ControllerContext } from '../define-controller.ts';
import type { EndpointSlice } from '../objects.ts';
import { isNamespaceTerminating } from '../workload/pod-control.ts';

export const SERVICE = 'kubernetes.io/service-name';
export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const MAX_ENDPOINTS = 100;

/** A slice's content: one family of addresses and one set of ports. */
export interface SliceGroup {
  readonly addressType: 'IPv4' | 'IPv6';
  readonly ports: readonly DiscoveryV1EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

/** What all slices of one owner have in common. */
export interface SliceSet {
  readonly namespace: string;
  /** The Service's name. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly owner: OwnerReference;
  readonly groups: readonly SliceGroup[];
  /** Annotations of a slice to be written, given the one it replaces. */
  annotations(existing: EndpointSlice | undefined): Readonly<Record<string, string>>;
}

export const inChunks = ({ endpoints, ...group }: SliceGroup): SliceGroup[] =>
  Array.from({ length: Math.ceil(endpoints.length / MAX_ENDPOINTS) }, (_, i) => ({
    ...group,
    endpoints: endpoints.slice(i * MAX_ENDPOINTS, (i + 1) * MAX_ENDPOINTS),
  }));

/** Makes the slices of one owner what they should be with as few writes as possible. */
export async function writeSlices(context: ControllerContext, set: SliceSet, existing: readonly EndpointSlice[]): Promise<void> {
  const unused = [...existing];
  try {
    for (const group of set.groups) await write(context, set, group, unused);
    for (const { metadata } of unused) await context.api.delete(EndpointSlices, set.namespace, metadata.name ?? '');
  } catch (error) {
    if (!isStatusError(error, 'NotFound') && !isNamespaceTerminating(error)) throw error;
  }
}

async function write(context: ControllerContext, set: SliceSet, group: SliceGroup, unused: EndpointSlice[]): Promise<void> {
  const at = unused.findIndex((slice) => slice.addressType === group.addressType && samePorts(slice, group));
  const fallback = at >= 0 ? at : unused.findIndex((slice) => slice.addressType === group.addressType);
  const [existing] = fallback >= 0 ? unused.splice(fallback, 1) : [];
  if (!existing) {
    await context.api.create(EndpointSlices, sliceOf(set, group));
    return;
  }
  const isSame =
    deepEqual(existing.endpoints ?? [], group.endpoints) && samePorts(existing, group) && deepEqual(existing.metadata.labels, set.labels);
  if (isSame) return;
  const wanted = sliceOf(set, group, existing);
  await context.api.update(EndpointSlices, wanted);
}

const samePorts = (slice: EndpointSlice, { ports }: SliceGroup) => deepEqual(slice.ports ?? [], ports);

function sliceOf(set: SliceSet, { addressType, ports, endpoints }: SliceGroup, existing?: EndpointSlice): EndpointSlice {
  const { namespace, name, labels, owner } = set;
  const fresh = { generateName: `${name}-`, namespace, ownerReferences: [owner] };
  const { annotations: _, ...kept }: KubeObject['metadata'] = existing?.metadata ?? fresh;
  const annotations = set.annotations(existing);
  const metadata = { ...kept, labels, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) };
  return { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, addressType, endpoints, ports };
}
