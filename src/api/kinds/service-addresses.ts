import type { IPAddress, ServiceCIDR } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { statusRules } from './status-rules.ts';
import { NONE } from './table-cells.ts';

const GROUP = 'networking.k8s.io';

export const ipAddress = defineKind<IPAddress>({
  group: GROUP,
  version: 'v1',
  resource: 'ipaddresses',
  nameRule: 'dns-subdomain',
  generation: false,
  row: ({ metadata, spec }) => [metadata.name ?? '', parentCell(spec)],
});

export const serviceCidr = defineKind<ServiceCIDR>({
  group: GROUP,
  version: 'v1',
  resource: 'servicecidrs',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults: (object) => ({ ...object, spec: object.spec ?? {}, status: object.status ?? {} }),
  ...statusRules<ServiceCIDR>({}),
  row: ({ metadata, spec }, { age }) => [metadata.name ?? '', spec?.cidrs?.join(',') ?? '', age(metadata.creationTimestamp)],
});

function parentCell(spec: IPAddress['spec'] | undefined): string {
  const parent = spec?.parentRef;
  if (!parent) return NONE;
  const resource = (parent.group ? `${parent.resource}.${parent.group}` : parent.resource).toLowerCase();
  return [resource, ...(parent.namespace ? [parent.namespace] : []), parent.name].join('/');
}
