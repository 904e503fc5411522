import type { Service, ServicePort, ServiceSpec } from '../../schema/generated/types.ts';
import { defineKind } from '../define-kind.ts';
import { statusRules, withStatusOf } from '../status-rules.ts';
import { labelsCell, loadBalancerCell, NONE } from '../table-cells.ts';
import { keepAddresses } from './addresses.ts';
import { defaultService } from './defaults.ts';
import { validateService, validateServiceUpdate } from './validation.ts';

export const service = defineKind<Service>({
  group: '',
  version: 'v1',
  resource: 'services',
  nameRule: 'dns-label',
  generation: false,
  selectableFields: {
    'spec.clusterIP': ({ spec }) => spec?.clusterIP ?? '',
    'spec.type': ({ spec }) => spec?.type ?? '',
  },
  defaults: defaultService,
  ...statusRules<Service>({ loadBalancer: {} }),
  prepareForCreate: (object) => ({ ...keepAddresses(object, undefined), status: { loadBalancer: {} } }),
  prepareForUpdate: (object, old, { subresource }) =>
    subresource === 'status'
      ? { ...old, metadata: object.metadata, ...(object.status ? { status: object.status } : {}) }
      : withStatusOf(keepAddresses(object, old), old),
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  row: ({ metadata, spec = {}, status }, { age }) => [
    metadata.name ?? '',
    spec.type ?? '',
    spec.clusterIPs?.[0] ?? NONE,
    externalIp(spec, loadBalancerCell(status?.loadBalancer?.ingress)),
    portsCell(spec.ports),
    age(metadata.creationTimestamp),
    labelsCell(spec.selector),
  ],
});

function externalIp({ type, externalIPs = [], externalName }: ServiceSpec, balancer: string): string {
  if (type === 'ExternalName') return externalName ?? '';
  if (type === 'LoadBalancer') return [balancer, ...externalIPs].filter(Boolean).join(',') || '<pending>';
  if (type === 'ClusterIP' || type === 'NodePort') return externalIPs.join(',') || NONE;
  return '<unknown>';
}

const portsCell = (ports: readonly ServicePort[] | undefined): string =>
  (ports ?? []).map(({ port, nodePort, protocol }) => (nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`)).join(',') || NONE;
