import type { EndpointSlice } from '../../../../../api/schema/generated/types.ts';
import type { Invocation } from '../../../invocation.ts';

const shownAtMost = 3;

export async function endpointSlicesOf(kubectl: Invocation, namespace: string, service: string): Promise<readonly EndpointSlice[]> {
  const list = await kubectl.api.get(`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, {
    labelSelector: `kubernetes.io/service-name=${service}`,
  });
  return list.items as unknown as readonly EndpointSlice[];
}

/** The ready addresses behind a port of a service, the first three by name. */
export function formatEndpoints(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const all = slices.flatMap(({ ports, endpoints }) => {
    const ready = (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false);
    if (!ports?.length) return ready.map(({ addresses }) => addresses?.[0] ?? '');
    return ports
      .filter(({ name }) => (name ?? '') === portName)
      .flatMap(({ port }) => ready.map(({ addresses }) => hostPort(addresses?.[0] ?? '', port)));
  });
  const shown = all.slice(0, shownAtMost).join(',');
  return all.length > shownAtMost ? `${shown} + ${all.length - shownAtMost} more...` : shown;
}

const hostPort = (host: string, port: number | undefined): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;
