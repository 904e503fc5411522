import type { Container, Pod, PodSpec, SecurityContext } from '../../../../api/schema/generated/types.ts';
import { changeContainer } from './containers.ts';

/** What the debugging container is put into. */
export type Style = 'ephemeral' | 'copy' | 'node';

/** What a copied pod keeps of the original. */
export interface Kept {
  readonly 'keep-labels': boolean;
  readonly 'keep-annotations': boolean;
  readonly 'keep-liveness': boolean;
  readonly 'keep-readiness': boolean;
  readonly 'keep-startup': boolean;
  readonly 'keep-init-containers': boolean;
}

type Security = SecurityContext | undefined;

interface Profile {
  readonly security: (before: Security, style: Style) => Security;
  readonly hostNamespaces: boolean;
  readonly hostRoot: boolean;
}

const withCapabilities = (before: Security, ...names: string[]): Security => ({
  ...before,
  capabilities: { ...before?.capabilities, add: [...(before?.capabilities?.add ?? []), ...names] },
});

const restricted: Security = {
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  allowPrivilegeEscalation: false,
  seccompProfile: { type: 'RuntimeDefault' },
};

export const profiles: Readonly<Record<string, Profile>> = {
  legacy: { security: (before) => before, hostNamespaces: true, hostRoot: true },
  general: {
    security: (before, style) => (style === 'node' ? undefined : withCapabilities(before, 'SYS_PTRACE')),
    hostNamespaces: true,
    hostRoot: true,
  },
  baseline: { security: () => undefined, hostNamespaces: false, hostRoot: false },
  restricted: { security: () => restricted, hostNamespaces: false, hostRoot: false },
  netadmin: { security: (before) => withCapabilities(before, 'NET_ADMIN', 'NET_RAW'), hostNamespaces: true, hostRoot: false },
  sysadmin: { security: (before) => ({ ...before, privileged: true }), hostNamespaces: true, hostRoot: true },
};

/** The pod with its debugging container equipped as the profile says. */
export function withProfile(pod: Pod, profile: string, { style, container, kept }: { style: Style; container: string; kept: Kept }): Pod {
  const chosen = profiles[profile];
  if (!chosen) return pod;
  const secured = changeContainer(pod, container, (one) => ({ ...one, securityContext: chosen.security(one.securityContext, style) }));
  if (style === 'ephemeral') return secured;
  if (style === 'node') return onHost(secured, container, chosen);
  return profile === 'legacy' ? { ...secured, metadata: { ...secured.metadata, labels: undefined } } : asCopy(secured, kept);
}

function onHost(pod: Pod, container: string, { hostNamespaces, hostRoot }: Profile): Pod {
  const namespaces = hostNamespaces ? { hostNetwork: true, hostPID: true, hostIPC: true } : {};
  const spec: PodSpec = { ...(pod.spec ?? { containers: [] }), ...namespaces };
  if (!hostRoot) return { ...pod, spec };
  const mounted = { ...pod, spec: { ...spec, volumes: [...(spec.volumes ?? []), { name: 'host-root', hostPath: { path: '/' } }] } };
  const mount = { name: 'host-root', mountPath: '/host' };
  return changeContainer(mounted, container, (one) => ({ ...one, volumeMounts: [...(one.volumeMounts ?? []), mount] }));
}

/** Nothing of the copy shall be mistaken for the original: by selectors, or by probes. */
function asCopy({ metadata, spec, ...pod }: Pod, kept: Kept): Pod {
  return {
    ...pod,
    metadata: {
      ...metadata,
      labels: kept['keep-labels'] ? metadata?.labels : undefined,
      annotations: kept['keep-annotations'] ? metadata?.annotations : undefined,
    },
    spec: {
      ...spec,
      ...(kept['keep-init-containers'] ? {} : { initContainers: undefined }),
      containers: (spec?.containers ?? []).map((container) => withoutProbes(container, kept)),
      shareProcessNamespace: spec?.shareProcessNamespace ?? true,
    },
  };
}

const withoutProbes = (container: Container, kept: Kept): Container => ({
  ...container,
  livenessProbe: kept['keep-liveness'] ? container.livenessProbe : undefined,
  readinessProbe: kept['keep-readiness'] ? container.readinessProbe : undefined,
  startupProbe: kept['keep-startup'] ? container.startupProbe : undefined,
});
