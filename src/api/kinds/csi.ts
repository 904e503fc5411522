import type { CSIDriver, CSINode, CSIStorageCapacity, VolumeAttachment, VolumeAttributesClass } from '../schema/generated/types.ts';
import { createdAtRow } from './created-at-row.ts';
import { defineKind } from './define-kind.ts';
import { statusRules } from './status-rules.ts';
import { NONE, UNSET } from './table-cells.ts';
import { orEmpty } from './zero-values.ts';

const GROUP = 'storage.k8s.io';

export const csiDriver = defineKind<CSIDriver>({
  group: GROUP,
  version: 'v1',
  resource: 'csidrivers',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults(object) {
    const spec = orEmpty(object.spec);
    return {
      ...object,
      spec: {
        ...spec,
        attachRequired: spec.attachRequired ?? true,
        podInfoOnMount: spec.podInfoOnMount ?? false,
        storageCapacity: spec.storageCapacity ?? false,
        fsGroupPolicy: spec.fsGroupPolicy ?? 'ReadWriteOnceWithFSType',
        volumeLifecycleModes: spec.volumeLifecycleModes?.length ? spec.volumeLifecycleModes : ['Persistent'],
        requiresRepublish: spec.requiresRepublish ?? false,
        seLinuxMount: spec.seLinuxMount ?? false,
      },
    };
  },
  row: ({ metadata, spec }, { age }) => [
    metadata.name ?? '',
    spec.attachRequired ?? true,
    spec.podInfoOnMount ?? false,
    spec.storageCapacity ?? false,
    spec.tokenRequests ? spec.tokenRequests.map(({ audience }) => audience).join(',') : UNSET,
    spec.requiresRepublish ?? false,
    spec.volumeLifecycleModes?.join(',') || NONE,
    age(metadata.creationTimestamp),
  ],
});

export const csiNode = defineKind<CSINode>({
  group: GROUP,
  version: 'v1',
  resource: 'csinodes',
  nameRule: 'dns-subdomain',
  generation: false,
  row: ({ metadata, spec }, { age }) => [metadata.name ?? '', spec.drivers?.length ?? 0, age(metadata.creationTimestamp)],
});

export const csiStorageCapacity = defineKind<CSIStorageCapacity>({
  group: GROUP,
  version: 'v1',
  resource: 'csistoragecapacities',
  nameRule: 'dns-subdomain',
  row: createdAtRow,
});

export const volumeAttachment = defineKind<VolumeAttachment>({
  group: GROUP,
  version: 'v1',
  resource: 'volumeattachments',
  nameRule: 'dns-subdomain',
  generation: false,
  defaults: (object) => ({ ...object, status: { attached: false, ...object.status } }),
  ...statusRules<VolumeAttachment>({ attached: false }),
  row: ({ metadata, spec, status }, { age }) => [
    metadata.name ?? '',
    spec.attacher,
    spec.source?.persistentVolumeName ?? '',
    spec.nodeName,
    status?.attached ?? false,
    age(metadata.creationTimestamp),
  ],
});

export const volumeAttributesClass = defineKind<VolumeAttributesClass>({
  group: GROUP,
  version: 'v1',
  resource: 'volumeattributesclasses',
  nameRule: 'dns-subdomain',
  row: ({ metadata, driverName }, { age }) => [metadata.name ?? '', driverName, age(metadata.creationTimestamp)],
});
