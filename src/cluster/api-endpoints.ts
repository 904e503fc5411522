import type { ApiClient } from '../api/client/api-client.ts';
import { EndpointSlices, Endpoints } from '../api/kinds/resource-types.ts';
import { isStatusError } from '../api/machinery/status-error.ts';

/** The endpoints of the service `kubernetes`, which the API server keeps itself. */
export async function publishApiEndpoints(api: ApiClient, address: string): Promise<void> {
  const metadata = { name: 'kubernetes', namespace: 'default' };
  const ports = [{ name: 'https', port: 6443, protocol: 'TCP' }];
  try {
    await api.create(Endpoints, {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { ...metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
      subsets: [{ addresses: [{ ip: address }], ports }],
    });
    await api.create(EndpointSlices, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'kubernetes' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: [address], conditions: { ready: true } }],
      ports,
    });
  } catch (error) {
    if (!isStatusError(error)) throw error;
  }
}
