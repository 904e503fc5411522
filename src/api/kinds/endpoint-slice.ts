import { semanticEqual } from '../machinery/deep-equal.ts';
import type { EndpointSlice } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { validateSlice } from './endpoint-slice-validation.ts';
import { immutable, root } from './field-checks.ts';
import { shortened, UNSET } from './table-cells.ts';

export const endpointSlice = defineKind<EndpointSlice>({
  group: 'discovery.k8s.io',
  version: 'v1',
  resource: 'endpointslices',
  nameRule: 'dns-subdomain',
  generation: ({ endpoints, ports, addressType }, old) =>
    !semanticEqual({ endpoints, ports, addressType }, { endpoints: old.endpoints, ports: old.ports, addressType: old.addressType }),
  defaults: (object) => ({
    ...object,
    endpoints: (object.endpoints ?? []).map((endpoint) => ({ ...endpoint, conditions: endpoint.conditions ?? {} })),
    ports: (object.ports ?? []).map((port) => ({ ...port, name: port.name ?? '', protocol: port.protocol ?? 'TCP' })),
  }),
  validate: validateSlice,
  validateUpdate: (object, old) => [...validateSlice(object), ...immutable(root('addressType'), object.addressType, old.addressType)],
  row: ({ metadata, addressType, ports, endpoints }, { age }) => [
    metadata.name ?? '',
    addressType,
    shortened(
      (ports ?? []).map(({ port, name }) => (port === undefined ? (name ?? '*') : String(port))),
      3,
    ) || UNSET,
    shortened(
      (endpoints ?? []).flatMap(({ addresses }) => addresses ?? []),
      3,
    ) || UNSET,
    age(metadata.creationTimestamp),
  ],
});
