import type {
  CSINode,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StorageClass,
  TopologySelectorTerm,
  VolumeAttributesClass,
  VolumeNodeAffinity,
} from '../../../../api/schema/generated/types.ts';
import { defineDescriber } from './describer.ts';
import { accessModes, describeClaim, lastsFor } from './parts/claim.ts';
import { goList, labelsAndAnnotations, labelsInline, longTime } from './parts/metadata.ts';
import { describeSource } from './parts/volumes.ts';
import { multiline, type Writer } from './writer.ts';

export const persistentVolume = defineDescriber<PersistentVolume>({
  kind: 'PersistentVolume',
  group: '',
  describe(w, { metadata, spec, status }, look) {
    w.line(0, 'Name:', metadata?.name);
    labelsAndAnnotations(w, metadata);
    w.line(0, 'Finalizers:', goList(metadata?.finalizers));
    w.line(0, 'StorageClass:', metadata?.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec?.storageClassName);
    w.line(0, 'Status:', metadata?.deletionTimestamp ? lastsFor(metadata.deletionTimestamp, look.now) : status?.phase);
    w.line(0, 'Claim:', spec?.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '');
    w.line(0, 'Reclaim Policy:', spec?.persistentVolumeReclaimPolicy);
    w.line(0, 'Access Modes:', accessModes(spec?.accessModes));
    if (spec?.volumeMode) w.line(0, 'VolumeMode:', spec.volumeMode);
    w.line(0, 'Capacity:', String(spec?.capacity?.storage ?? '0'));
    nodeAffinity(w, spec?.nodeAffinity);
    w.line(0, 'Message:', status?.message);
    w.line(0, 'Source:');
    if (!spec || !describeSource(w, spec)) w.line(1, '<unknown>');
  },
});

function nodeAffinity(w: Writer, affinity: VolumeNodeAffinity | undefined): void {
  if (!affinity?.required) {
    w.line(0, 'Node Affinity:', '<none>');
    return;
  }
  w.line(0, 'Node Affinity:', '');
  const terms = affinity.required.nodeSelectorTerms ?? [];
  w.line(1, 'Required Terms:', terms.length === 0 ? '<none>' : '');
  for (const [i, { matchExpressions }] of terms.entries()) {
    const lines = (matchExpressions ?? []).map(
      ({ key, operator, values }) => `${key} ${(operator ?? '').toLowerCase()}${values?.length ? ` [${values.join(', ')}]` : ''}`,
    );
    multiline(w, `Term ${i}`, lines, 2);
  }
}

export const persistentVolumeClaim = defineDescriber<PersistentVolumeClaim>({
  kind: 'PersistentVolumeClaim',
  group: '',
  async describe(w, claim, look) {
    describeClaim(w, claim, { full: true, level: 0, now: look.now });
    const list = await look.kubectl.api.get(`/api/v1/namespaces/${claim.metadata?.namespace}/pods`);
    const owners = new Set(claim.metadata?.ownerReferences?.filter(({ kind }) => kind === 'Pod').map(({ uid }) => uid));
    const users = (list.items as unknown as readonly Pod[]).filter(
      ({ metadata, spec }) =>
        spec?.volumes?.some(({ persistentVolumeClaim: used }) => used?.claimName === claim.metadata?.name) || owners.has(metadata?.uid ?? ''),
    );
    multiline(w, 'Used By', users.map(({ metadata }) => metadata?.name ?? '').sort());
    const conditions = claim.status?.conditions ?? [];
    if (conditions.length === 0) return;
    w.line(0, 'Conditions:');
    w.line(1, 'Type', 'Status', 'LastProbeTime', 'LastTransitionTime', 'Reason', 'Message');
    w.line(1, '----', '------', '-----------------', '------------------', '------', '-------');
    for (const c of conditions)
      w.line(1, `${c.type} `, `${c.status} `, `${longTime(c.lastProbeTime)} `, `${longTime(c.lastTransitionTime)} `, `${c.reason ?? ''} `, c.message);
  },
});

export const storageClass = defineDescriber<StorageClass>({
  kind: 'StorageClass',
  group: 'storage.k8s.io',
  describe(w, { metadata, provisioner, parameters, allowVolumeExpansion, mountOptions, reclaimPolicy, volumeBindingMode, allowedTopologies }) {
    const annotations = metadata?.annotations ?? {};
    const isDefault = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'].some(
      (key) => annotations[key] === 'true',
    );
    w.line(0, 'Name:', metadata?.name);
    w.line(0, 'IsDefaultClass:', isDefault ? 'Yes' : 'No');
    w.line(0, 'Annotations:', labelsInline(metadata?.annotations));
    w.line(0, 'Provisioner:', provisioner);
    w.line(0, 'Parameters:', labelsInline(parameters));
    w.line(0, 'AllowVolumeExpansion:', allowVolumeExpansion === undefined ? '<unset>' : allowVolumeExpansion ? 'True' : 'False');
    w.line(0, ...(mountOptions?.length ? ['MountOptions:'] : ['MountOptions:', '<none>']));
    for (const option of mountOptions ?? []) w.line(1, option);
    if (reclaimPolicy) w.line(0, 'ReclaimPolicy:', reclaimPolicy);
    if (volumeBindingMode) w.line(0, 'VolumeBindingMode:', volumeBindingMode);
    if (allowedTopologies) topologies(w, allowedTopologies);
  },
});

function topologies(w: Writer, terms: readonly TopologySelectorTerm[]): void {
  w.line(0, 'AllowedTopologies:', terms.length === 0 ? '<none>' : '');
  for (const [i, { matchLabelExpressions }] of terms.entries()) {
    multiline(
      w,
      `Term ${i}`,
      (matchLabelExpressions ?? []).map(({ key, values }) => `${key} in${values?.length ? ` [${values.join(', ')}]` : ''}`),
      1,
    );
  }
}

export const volumeAttributesClass = defineDescriber<VolumeAttributesClass>({
  kind: 'VolumeAttributesClass',
  group: 'storage.k8s.io',
  describe(w, { metadata, driverName, parameters }) {
    w.line(0, 'Name:', metadata?.name);
    w.line(0, 'Annotations:', labelsInline(metadata?.annotations));
    w.line(0, 'DriverName:', driverName);
    w.line(0, 'Parameters:', labelsInline(parameters));
  },
});

export const csiNode = defineDescriber<CSINode>({
  kind: 'CSINode',
  group: 'storage.k8s.io',
  describe(w, { metadata, spec }) {
    w.line(0, 'Name:', metadata?.name);
    labelsAndAnnotations(w, metadata);
    w.line(0, 'CreationTimestamp:', longTime(metadata?.creationTimestamp));
    w.line(0, 'Spec:');
    if (spec?.drivers) w.line(1, 'Drivers:');
    for (const { name, nodeID, allocatable, topologyKeys } of spec?.drivers ?? []) {
      w.line(2, `${name}:`);
      w.line(3, 'Node ID:', nodeID);
      if (allocatable?.count !== undefined) {
        w.line(3, 'Allocatables:');
        w.line(4, 'Count:', allocatable.count);
      }
      if (topologyKeys) w.line(3, 'Topology Keys:', goList(topologyKeys));
    }
  },
});
