import type { DeviceClass, ResourceClaimTemplate, ResourceSlice, ResourceV1ResourceClaim } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { orEmpty } from './zero-values.ts';

const GROUP = 'resource.k8s.io';

type ClaimSpec = ResourceV1ResourceClaim['spec'];

export const deviceClass = defineKind<DeviceClass>({
  group: GROUP,
  version: 'v1',
  resource: 'deviceclasses',
  nameRule: 'dns-subdomain',
  row: ({ metadata }, { age }) => [metadata.name ?? '', age(metadata.creationTimestamp)],
});

export const resourceClaim = defineKind<ResourceV1ResourceClaim>({
  group: GROUP,
  version: 'v1',
  resource: 'resourceclaims',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults: (object) => ({ ...object, spec: defaultClaimSpec(orEmpty(object.spec)), status: object.status ?? {} }),
  row: ({ metadata, status }, { age }) => [metadata.name ?? '', claimState(metadata.deletionTimestamp, status), age(metadata.creationTimestamp)],
});

export const resourceClaimTemplate = defineKind<ResourceClaimTemplate>({
  group: GROUP,
  version: 'v1',
  resource: 'resourceclaimtemplates',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults(object) {
    const spec = orEmpty(object.spec);
    return { ...object, spec: { ...spec, metadata: spec.metadata ?? {}, spec: defaultClaimSpec(orEmpty(spec.spec)) } };
  },
  row: ({ metadata }, { age }) => [metadata.name ?? '', age(metadata.creationTimestamp)],
});

export const resourceSlice = defineKind<ResourceSlice>({
  group: GROUP,
  version: 'v1',
  resource: 'resourceslices',
  nameRule: 'dns-subdomain',
  selectableFields: { 'spec.nodeName': ({ spec }) => spec.nodeName ?? '', 'spec.driver': ({ spec }) => spec.driver ?? '' },
  row: ({ metadata, spec }, { age }) => [metadata.name ?? '', spec.nodeName ?? '', spec.driver, spec.pool.name, age(metadata.creationTimestamp)],
});

function defaultClaimSpec(spec: ClaimSpec): ClaimSpec {
  const { requests } = spec.devices ?? {};
  if (!requests) return { ...spec, devices: spec.devices ?? {} };
  return {
    ...spec,
    devices: {
      ...spec.devices,
      requests: requests.map((request) => ({
        ...request,
        ...(request.exactly ? { exactly: counted(request.exactly) } : {}),
        ...(request.firstAvailable ? { firstAvailable: request.firstAvailable.map(counted) } : {}),
      })),
    },
  };
}

function counted<T extends { readonly allocationMode?: string; readonly count?: number }>(request: T): T {
  const allocationMode = request.allocationMode || 'ExactCount';
  return { ...request, allocationMode, ...(allocationMode === 'ExactCount' ? { count: request.count || 1 } : {}) };
}

function claimState(deletionTimestamp: string | undefined, status: ResourceV1ResourceClaim['status']): string {
  const allocation = status?.allocation ? ['allocated', ...(status.reservedFor?.length ? ['reserved'] : [])] : deletionTimestamp ? [] : ['pending'];
  return [...(deletionTimestamp ? ['deleted'] : []), ...allocation].join(',');
}
