import type { APIService } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { statusRules } from './status-rules.ts';

export const apiService = defineKind<APIService>({
  group: 'apiregistration.k8s.io',
  version: 'v1',
  resource: 'apiservices',
  nameRule: 'path-segment',
  generation: false,
  defaults(object) {
    const { service } = object.spec ?? {};
    return {
      ...object,
      ...(object.spec && service ? { spec: { ...object.spec, service: { ...service, port: service.port ?? 443 } } } : {}),
      status: object.status ?? {},
    };
  },
  ...statusRules<APIService>({}),
  row({ metadata, spec, status }, { age }) {
    const condition = status?.conditions?.find((c) => c.type === 'Available');
    const reason = condition && condition.status !== 'True' && condition.reason ? ` (${condition.reason})` : '';
    return [
      metadata.name ?? '',
      spec?.service ? `${spec.service.namespace}/${spec.service.name}` : 'Local',
      condition ? `${condition.status}${reason}` : 'Unknown',
      age(metadata.creationTimestamp),
    ];
  },
});
