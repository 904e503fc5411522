import type { Service, ServiceSpec } from '../../schema/generated/types.ts';
import { compact } from '../zero-values.ts';

const CLIENT_IP_SECONDS = 10800;

export function defaultService(service: Service): Service {
  const spec = service.spec ?? {};
  const type = spec.type || 'ClusterIP';
  const isBalanced = type === 'LoadBalancer';
  const ingress = service.status?.loadBalancer?.ingress;
  const sessionAffinity = spec.sessionAffinity || 'None';
  return {
    ...service,
    spec: compact({
      ...spec,
      type,
      sessionAffinity,
      sessionAffinityConfig: affinityConfig(sessionAffinity, spec),
      ports: spec.ports?.map((port) => ({
        ...port,
        protocol: port.protocol || 'TCP',
        targetPort: port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '' ? (port.port ?? 0) : port.targetPort,
      })),
      externalTrafficPolicy: spec.externalTrafficPolicy || (isExternallyAccessible({ ...spec, type }) ? 'Cluster' : undefined),
      internalTrafficPolicy: spec.internalTrafficPolicy ?? (['ClusterIP', 'NodePort', 'LoadBalancer'].includes(type) ? 'Cluster' : undefined),
      allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts ?? (isBalanced ? true : undefined),
    }),
    status: {
      ...service.status,
      loadBalancer: {
        ...service.status?.loadBalancer,
        ...(isBalanced && ingress ? { ingress: ingress.map((i) => (i.ip ? { ...i, ipMode: i.ipMode ?? 'VIP' } : i)) } : {}),
      },
    },
  };
}

function affinityConfig(affinity: string, spec: ServiceSpec): ServiceSpec['sessionAffinityConfig'] {
  if (affinity === 'None') return undefined;
  if (affinity !== 'ClientIP') return spec.sessionAffinityConfig;
  const given = spec.sessionAffinityConfig;
  return given?.clientIP?.timeoutSeconds === undefined ? { clientIP: { timeoutSeconds: CLIENT_IP_SECONDS } } : given;
}

export const isExternallyAccessible = ({ type, externalIPs }: ServiceSpec): boolean =>
  type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && (externalIPs?.length ?? 0) > 0);
