import type { Node } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { NONE } from './table-cells.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';
const UNKNOWN = '<unknown>';

export const node = defineKind<Node>({
  group: '',
  version: 'v1',
  resource: 'nodes',
  nameRule: 'dns-subdomain',
  generation: false,
  selectableFields: { 'spec.unschedulable': ({ spec }) => String(spec?.unschedulable ?? false) },
  defaults(object) {
    const status = object.status ?? {};
    const { capacity, allocatable = capacity } = status;
    return {
      ...object,
      spec: object.spec ?? {},
      status: {
        ...status,
        ...(allocatable ? { allocatable } : {}),
        daemonEndpoints: { ...status.daemonEndpoints, kubeletEndpoint: { Port: 0, ...status.daemonEndpoints?.kubeletEndpoint } },
        nodeInfo: { ...NO_INFO, ...status.nodeInfo },
      },
    };
  },
  row({ metadata, spec, status = {} }, { age }) {
    const { nodeInfo } = status;
    const architecture = nodeInfo?.architecture ? ` (${nodeInfo.architecture})` : '';
    return [
      metadata.name ?? '',
      readiness({ spec, status }),
      nodeRoles(metadata.labels).join(',') || NONE,
      age(metadata.creationTimestamp),
      nodeInfo?.kubeletVersion ?? '',
      addressOf(status, 'InternalIP'),
      addressOf(status, 'ExternalIP'),
      nodeInfo?.osImage || UNKNOWN,
      `${nodeInfo?.kernelVersion || UNKNOWN}${architecture}`,
      nodeInfo?.containerRuntimeVersion || UNKNOWN,
    ];
  },
});

const NO_INFO = {
  machineID: '',
  systemUUID: '',
  bootID: '',
  kernelVersion: '',
  osImage: '',
  containerRuntimeVersion: '',
  kubeletVersion: '',
  kubeProxyVersion: '',
  operatingSystem: '',
  architecture: '',
};

function readiness({ spec, status }: Pick<Node, 'spec' | 'status'>): string {
  const ready = status?.conditions?.findLast((c) => c.type === 'Ready');
  const word = ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown';
  return spec?.unschedulable ? `${word},SchedulingDisabled` : word;
}

/** From the labels `node-role.kubernetes.io/<role>` and `kubernetes.io/role=<role>`, sorted. */
export function nodeRoles(labels: Readonly<Record<string, string>> | undefined): string[] {
  const roles = Object.entries(labels ?? {}).map(([key, value]) => {
    if (key.startsWith(ROLE_PREFIX)) return key.slice(ROLE_PREFIX.length);
    return key === 'kubernetes.io/role' ? value : '';
  });
  return [...new Set(roles.filter(Boolean))].sort();
}

const addressOf = (status: NonNullable<Node['status']>, type: string): string => status.addresses?.find((a) => a.type === type)?.address ?? NONE;
