import type { Informers } from '../../../api/client/informer.ts';
import { PersistentVolumeClaims, PersistentVolumes, StorageClasses } from '../../../api/kinds/resource-types.ts';
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '../../controllers/objects.ts';
import { findMatchingVolume, reaches, storageClassOf } from '../../controllers/volume/match-volume.ts';
import { awaitBound } from '../await-bound.ts';
import type { NodeInfo } from '../node-info.ts';
import { type Cycle, definePlugin, type Rejection } from '../plugin.ts';
import { claimsOf, isBound, volumeOf } from '../pod-volumes.ts';

const NAME = 'VolumeBinding';
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** What would become of a pod's unbound claims on one node. */
interface Plan {
  readonly bind: readonly { claim: PersistentVolumeClaim; volume: PersistentVolume }[];
  readonly provision: readonly PersistentVolumeClaim[];
}

export const volumeBinding = definePlugin({
  name: NAME,
  helpedBy: ['volume', 'node'],
  begin: ({ pod }, { informers }) => {
    const problem = findProblem(pod, informers);
    if (problem) return { rejectAll: { plugin: NAME, reasons: [problem], unresolvable: true } };
    const claims = claimsOf(pod, informers).flatMap(({ claim }) => (claim ? [claim] : []));
    return claims.length > 0 ? bindingCycle(claims, informers) : {};
  },
});

function findProblem(pod: Pod, informers: Informers): string | undefined {
  for (const { name, claim } of claimsOf(pod, informers)) {
    const isEphemeral = !pod.spec?.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === name);
    if (!claim) {
      return isEphemeral
        ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`
        : `persistentvolumeclaim "${name}" not found`;
    }
    if (claim.status?.phase === 'Lost')
      return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec?.volumeName ?? ''}"`;
    if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${name}" is being deleted`;
  }
  const waiting = claimsOf(pod, informers).some(({ claim }) => claim && !isBound(claim) && !isDelayed(claim, informers));
  return waiting ? 'pod has unbound immediate PersistentVolumeClaims' : undefined;
}

const isDelayed = (claim: PersistentVolumeClaim, informers: Informers): boolean =>
  !claim.spec?.volumeName && informers.for(StorageClasses).get('', storageClassOf(claim))?.volumeBindingMode === 'WaitForFirstConsumer';

function bindingCycle(claims: readonly PersistentVolumeClaim[], informers: Informers): Cycle {
  const bound = claims.filter(isBound);
  const unbound = claims.filter((claim) => !isBound(claim));
  return {
    filter: (node) => {
      for (const claim of bound) {
        const volume = volumeOf(claim, informers);
        if (!volume) return reject('node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)');
        if (!reaches(node.node, volume)) return reject("node(s) didn't match PersistentVolume's node affinity");
      }
      return plan(unbound, node, informers) ? undefined : reject("node(s) didn't find available persistent volumes to bind");
    },
    ...(unbound.length > 0
      ? {
          beforeBinding: async (node, { api, clock }) => {
            const { bind, provision } = plan(unbound, node, informers) ?? { bind: [], provision: [] };
            for (const { claim, volume } of bind) await api.update(PersistentVolumes, setAside(volume, claim));
            for (const claim of provision) {
              if (claim.metadata.annotations?.[SELECTED_NODE]) continue;
              await api.patch(PersistentVolumeClaims, claim.metadata.namespace ?? '', claim.metadata.name ?? '', 'merge', {
                metadata: { annotations: { [SELECTED_NODE]: node.name } },
              });
            }
            await awaitBound(unbound, informers, clock);
          },
        }
      : {}),
  };
}

function plan(claims: readonly PersistentVolumeClaim[], node: NodeInfo, informers: Informers): Plan | undefined {
  const bind: { claim: PersistentVolumeClaim; volume: PersistentVolume }[] = [];
  const provision: PersistentVolumeClaim[] = [];
  const taken = new Set<string>();
  for (const claim of claims) {
    const selected = claim.metadata.annotations?.[SELECTED_NODE];
    if (selected && selected !== node.name) return undefined;
    const volume = selected ? undefined : findMatchingVolume(claim, informers.for(PersistentVolumes).list(), { node: node.node, taken });
    if (volume) {
      taken.add(volume.metadata.name ?? '');
      bind.push({ claim, volume });
    } else if (canProvision(claim, node, informers)) provision.push(claim);
    else return undefined;
  }
  return { bind, provision };
}

function canProvision(claim: PersistentVolumeClaim, { labels }: NodeInfo, informers: Informers): boolean {
  const storageClass = informers.for(StorageClasses).get('', storageClassOf(claim));
  if (!storageClass?.provisioner || storageClass.provisioner === NO_PROVISIONER) return false;
  const terms = storageClass.allowedTopologies ?? [];
  return (
    terms.length === 0 ||
    terms.some(({ matchLabelExpressions = [] }) => matchLabelExpressions.every(({ key, values }) => values.includes(labels[key] ?? '')))
  );
}

const setAside = (volume: PersistentVolume, { metadata }: PersistentVolumeClaim): PersistentVolume => ({
  ...volume,
  metadata: { ...volume.metadata, annotations: { ...volume.metadata.annotations, 'pv.kubernetes.io/bound-by-controller': 'yes' } },
  spec: {
    ...volume.spec,
    claimRef: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace: metadata.namespace ?? '',
      name: metadata.name ?? '',
      uid: metadata.uid ?? '',
      resourceVersion: metadata.resourceVersion ?? '',
    },
  },
});

const reject = (reason: string): Rejection => ({ plugin: NAME, reasons: [reason], unresolvable: true });
