import type { LabelSelector } from '../../../api/machinery/object.ts';
import type { Volume } from '../../../api/schema/generated/types.ts';
import type { PersistentVolumeClaim, Pod, StatefulSet } from '../objects.ts';
import { controllerRef } from '../workload/owner.ts';
import { podFromTemplate } from '../workload/pod-control.ts';

export const HASH = 'controller-revision-hash';
const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';

export const podName = ({ metadata }: StatefulSet, ordinal: number): string => `${metadata.name ?? ''}-${ordinal}`;

export function ordinalOf({ metadata }: StatefulSet, pod: Pod): number | undefined {
  const prefix = `${metadata.name ?? ''}-`;
  const rest = pod.metadata.name?.startsWith(prefix) ? pod.metadata.name.slice(prefix.length) : '';
  return /^\d+$/.test(rest) ? Number(rest) : undefined;
}

export const firstOrdinal = ({ spec }: StatefulSet): number => spec?.ordinals?.start ?? 0;

/** The pod of an ordinal with its stable name, host name and claims, from the template of a revision. */
export function statefulPod(set: StatefulSet, ordinal: number, template: NonNullable<StatefulSet['spec']>['template'], revision: string): Pod {
  const name = podName(set, ordinal);
  const pod = podFromTemplate(template, set, name);
  const claims = set.spec?.volumeClaimTemplates ?? [];
  const own: readonly Volume[] = claims.map(({ metadata }) => ({
    name: metadata.name ?? '',
    persistentVolumeClaim: { claimName: claimName(metadata.name ?? '', name) },
  }));
  const others = (pod.spec?.volumes ?? []).filter((volume) => !own.some((claim) => claim.name === volume.name));
  const volumes = [...own, ...others];
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      labels: { ...pod.metadata.labels, [HASH]: revision, [POD_INDEX]: String(ordinal), [POD_NAME]: name },
    },
    spec: {
      ...pod.spec,
      containers: pod.spec?.containers ?? [],
      hostname: name,
      ...(set.spec?.serviceName ? { subdomain: set.spec.serviceName } : {}),
      ...(volumes.length > 0 ? { volumes } : {}),
    },
  };
}

export const claimName = (template: string, pod: string): string => `${template}-${pod}`;

export function claimsFor(set: StatefulSet, ordinal: number): readonly PersistentVolumeClaim[] {
  const selector: LabelSelector = set.spec?.selector ?? {};
  const { whenDeleted } = set.spec?.persistentVolumeClaimRetentionPolicy ?? {};
  return (set.spec?.volumeClaimTemplates ?? []).map((template) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...(template.metadata.annotations ? { annotations: template.metadata.annotations } : {}),
      name: claimName(template.metadata.name ?? '', podName(set, ordinal)),
      namespace: set.metadata.namespace ?? '',
      labels: { ...template.metadata.labels, ...selector.matchLabels },
      ...(whenDeleted === 'Delete' ? { ownerReferences: [controllerRef(set)] } : {}),
    },
    ...(template.spec ? { spec: template.spec } : {}),
  }));
}
