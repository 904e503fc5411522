import type { Container, Volume } from '../../../api/schema/generated/types.ts';
import {
  type Check,
  type CheckedPod,
  containersOf,
  containersText,
  hasOwnUsers,
  isWindows,
  namesWhere,
  plural,
  quoted,
  settersText,
  sorted,
  type Violation,
} from './check.ts';

function privilegeEscalation({ spec }: CheckedPod, minor: number): Violation | undefined {
  if (minor >= 25 && isWindows(spec)) return undefined;
  const names = namesWhere(spec, (c) => c.securityContext?.allowPrivilegeEscalation !== false);
  if (names.length === 0) return undefined;
  return { reason: 'allowPrivilegeEscalation != false', detail: `${containersText(names)} must set securityContext.allowPrivilegeEscalation=false` };
}

function capabilities({ spec }: CheckedPod, minor: number): Violation | undefined {
  if (minor >= 25 && isWindows(spec)) return undefined;
  const added = (c: Container) => (c.securityContext?.capabilities?.add ?? []).filter((name) => name !== 'NET_BIND_SERVICE');
  const keeping = namesWhere(spec, (c) => !c.securityContext?.capabilities?.drop?.includes('ALL'));
  const adding = namesWhere(spec, (c) => added(c).length > 0);
  const details = [
    ...(keeping.length > 0 ? [`${containersText(keeping)} must set securityContext.capabilities.drop=["ALL"]`] : []),
    ...(adding.length > 0
      ? [`${containersText(adding)} must not include ${quoted(sorted(containersOf(spec).flatMap(added)))} in securityContext.capabilities.add`]
      : []),
  ];
  return details.length > 0 ? { reason: 'unrestricted capabilities', detail: details.join('; ') } : undefined;
}

const ALLOWED_VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];

function volumeTypes({ spec }: CheckedPod): Violation | undefined {
  const typeOf = (volume: Volume) => Object.keys(volume).find((key) => key !== 'name') ?? 'unknown';
  const bad = (spec.volumes ?? []).filter((volume) => !ALLOWED_VOLUMES.includes(typeOf(volume)));
  if (bad.length === 0) return undefined;
  const types = sorted(bad.map(typeOf));
  const what = plural('restricted volume type', 'restricted volume types', types.length);
  const names = `${plural('volume', 'volumes', bad.length)} ${quoted(bad.map(({ name }) => name))}`;
  return { reason: 'restricted volume types', detail: `${names} ${plural('uses', 'use', bad.length)} ${what} ${quoted(types)}` };
}

function runAsNonRoot({ spec }: CheckedPod, minor: number): Violation | undefined {
  if (minor >= 35 && hasOwnUsers(spec)) return undefined;
  const ofPod = spec.securityContext?.runAsNonRoot;
  const explicit = namesWhere(spec, (c) => c.securityContext?.runAsNonRoot === false);
  const reason = 'runAsNonRoot != true';
  if (ofPod === false || explicit.length > 0) {
    return { reason, detail: `${settersText(ofPod === false, explicit)} must not set securityContext.runAsNonRoot=false` };
  }
  const silent = ofPod ? [] : namesWhere(spec, (c) => c.securityContext?.runAsNonRoot === undefined);
  return silent.length > 0 ? { reason, detail: `pod or ${containersText(silent)} must set securityContext.runAsNonRoot=true` } : undefined;
}

function runAsUser({ spec }: CheckedPod, minor: number): Violation | undefined {
  if (minor >= 35 && hasOwnUsers(spec)) return undefined;
  const ofPod = spec.securityContext?.runAsUser === 0;
  const names = namesWhere(spec, (c) => c.securityContext?.runAsUser === 0);
  return ofPod || names.length > 0 ? { reason: 'runAsUser=0', detail: `${settersText(ofPod, names)} must not set runAsUser=0` } : undefined;
}

function seccomp({ spec }: CheckedPod, minor: number): Violation | undefined {
  if (minor >= 25 && isWindows(spec)) return undefined;
  const good = (type: string | undefined) => type === 'RuntimeDefault' || type === 'Localhost';
  const ofPod = spec.securityContext?.seccompProfile?.type;
  const reason = 'seccompProfile';
  const explicit = namesWhere(spec, (c) => c.securityContext?.seccompProfile !== undefined && !good(c.securityContext.seccompProfile.type));
  const badPod = ofPod !== undefined && !good(ofPod);
  if (badPod || explicit.length > 0) {
    const all = [ofPod, ...containersOf(spec).map((c) => c.securityContext?.seccompProfile?.type)].filter(
      (t): t is string => t !== undefined && !good(t),
    );
    return { reason, detail: `${settersText(badPod, explicit)} must not set securityContext.seccompProfile.type to ${quoted(sorted(all))}` };
  }
  const silent = good(ofPod) ? [] : namesWhere(spec, (c) => c.securityContext?.seccompProfile === undefined);
  if (silent.length === 0) return undefined;
  return { reason, detail: `pod or ${containersText(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"` };
}

/** After the baseline's, by id; some take the place of their baseline form. */
export const restrictedChecks: readonly Check[] = [
  { level: 'restricted', id: 'allowPrivilegeEscalation', since: 8, run: privilegeEscalation },
  { level: 'restricted', id: 'capabilities_restricted', since: 22, replaces: 'capabilities_baseline', run: capabilities },
  { level: 'restricted', id: 'restrictedVolumes', replaces: 'hostPathVolumes', run: volumeTypes },
  { level: 'restricted', id: 'runAsNonRoot', run: runAsNonRoot },
  { level: 'restricted', id: 'runAsUser', since: 23, run: runAsUser },
  { level: 'restricted', id: 'seccompProfile_restricted', since: 19, replaces: 'seccompProfile_baseline', run: seccomp },
];
