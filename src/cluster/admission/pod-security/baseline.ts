import type { LifecycleHandler, Probe, SELinuxOptions } from '../../../api/schema/generated/types.ts';
import {
  type Check,
  type CheckedPod,
  containersOf,
  containersText,
  hasOwnUsers,
  namesWhere,
  plural,
  quoted,
  settersText,
  sorted,
  type Violation,
} from './check.ts';

const DEFAULT_CAPABILITIES = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(' '),
);

const SYSCTLS: readonly (readonly [number, string])[] = [
  [0, 'kernel.shm_rmid_forced'],
  [0, 'net.ipv4.ip_local_port_range'],
  [0, 'net.ipv4.tcp_syncookies'],
  [0, 'net.ipv4.ping_group_range'],
  [0, 'net.ipv4.ip_unprivileged_port_start'],
  [27, 'net.ipv4.ip_local_reserved_ports'],
  [29, 'net.ipv4.tcp_keepalive_time'],
  [29, 'net.ipv4.tcp_fin_timeout'],
  [29, 'net.ipv4.tcp_keepalive_intvl'],
  [29, 'net.ipv4.tcp_keepalive_probes'],
  [32, 'net.ipv4.tcp_rmem'],
  [32, 'net.ipv4.tcp_wmem'],
];

const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];

function capabilities({ spec }: CheckedPod): Violation | undefined {
  const added = (c: ReturnType<typeof containersOf>[number]) =>
    (c.securityContext?.capabilities?.add ?? []).filter((name) => !DEFAULT_CAPABILITIES.has(name));
  const names = namesWhere(spec, (c) => added(c).length > 0);
  if (names.length === 0) return undefined;
  const all = quoted(sorted(containersOf(spec).flatMap(added)));
  return { reason: 'non-default capabilities', detail: `${containersText(names)} must not include ${all} in securityContext.capabilities.add` };
}

function hostNamespaces({ spec }: CheckedPod): Violation | undefined {
  const set = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field]);
  return set.length > 0 ? { reason: 'host namespaces', detail: set.map((field) => `${field}=true`).join(', ') } : undefined;
}

function hostPathVolumes({ spec }: CheckedPod): Violation | undefined {
  const names = (spec.volumes ?? []).filter(({ hostPath }) => hostPath).map(({ name }) => name);
  return names.length > 0 ? { reason: 'hostPath volumes', detail: `${plural('volume', 'volumes', names.length)} ${quoted(names)}` } : undefined;
}

function hostPorts({ spec }: CheckedPod): Violation | undefined {
  const portsOf = (c: ReturnType<typeof containersOf>[number]) => (c.ports ?? []).flatMap(({ hostPort }) => (hostPort ? [String(hostPort)] : []));
  const names = namesWhere(spec, (c) => portsOf(c).length > 0);
  if (names.length === 0) return undefined;
  const ports = sorted(containersOf(spec).flatMap(portsOf));
  const uses = `${plural('uses', 'use', names.length)} ${plural('hostPort', 'hostPorts', ports.length)}`;
  return { reason: 'hostPort', detail: `${containersText(names)} ${uses} ${ports.join(', ')}` };
}

function hostProbes({ spec }: CheckedPod): Violation | undefined {
  const hostOf = (handler: Probe | LifecycleHandler | undefined) =>
    [handler?.httpGet?.host, handler?.tcpSocket?.host].filter((h): h is string => Boolean(h));
  const hosts = (c: ReturnType<typeof containersOf>[number]) =>
    [c.livenessProbe, c.readinessProbe, c.startupProbe, c.lifecycle?.postStart, c.lifecycle?.preStop].flatMap(hostOf);
  const names = sorted(namesWhere(spec, (c) => hosts(c).length > 0));
  if (names.length === 0) return undefined;
  const all = sorted(containersOf(spec).flatMap(hosts));
  const what = plural('probe or lifecycle host', 'probe or lifecycle hosts', all.length);
  return { reason: 'probe or lifecycle host', detail: `${containersText(names)} ${plural('uses', 'use', names.length)} ${what} ${quoted(all)}` };
}

function privileged({ spec }: CheckedPod): Violation | undefined {
  const names = namesWhere(spec, (c) => c.securityContext?.privileged === true);
  return names.length > 0 ? { reason: 'privileged', detail: `${containersText(names)} must not set securityContext.privileged=true` } : undefined;
}

function procMount({ spec }: CheckedPod, minor: number): Violation | undefined {
  if (minor >= 35 && hasOwnUsers(spec)) return undefined;
  const bad = (c: ReturnType<typeof containersOf>[number]) => (c.securityContext?.procMount ?? 'Default') !== 'Default';
  const names = namesWhere(spec, bad);
  if (names.length === 0) return undefined;
  const types = sorted(
    containersOf(spec)
      .filter(bad)
      .map((c) => c.securityContext?.procMount ?? ''),
  );
  return { reason: 'procMount', detail: `${containersText(names)} must not set securityContext.procMount to ${quoted(types)}` };
}

function seLinux({ spec }: CheckedPod, minor: number): Violation | undefined {
  const types = minor >= 31 ? [...SELINUX_TYPES, 'container_engine_t'] : SELINUX_TYPES;
  const bad = (options: SELinuxOptions | undefined) =>
    options !== undefined && (!types.includes(options.type ?? '') || Boolean(options.user) || Boolean(options.role));
  const names = namesWhere(spec, (c) => bad(c.securityContext?.seLinuxOptions));
  const ofPod = spec.securityContext?.seLinuxOptions;
  if (names.length === 0 && !bad(ofPod)) return undefined;
  const all = [ofPod, ...containersOf(spec).map((c) => c.securityContext?.seLinuxOptions)].filter((o) => o !== undefined);
  const badTypes = sorted(all.map(({ type }) => type ?? '').filter((type) => !types.includes(type)));
  const data = [
    ...(badTypes.length > 0 ? [`${plural('type', 'types', badTypes.length)} ${quoted(badTypes)}`] : []),
    ...(all.some(({ user }) => user) ? ['user may not be set'] : []),
    ...(all.some(({ role }) => role) ? ['role may not be set'] : []),
  ];
  return { reason: 'seLinuxOptions', detail: `${settersText(bad(ofPod), names)} set forbidden securityContext.seLinuxOptions: ${data.join('; ')}` };
}

function appArmor({ spec }: CheckedPod): Violation | undefined {
  const bad = (type: string | undefined) => type !== undefined && type !== 'RuntimeDefault' && type !== 'Localhost';
  const ofPod = spec.securityContext?.appArmorProfile?.type;
  const names = namesWhere(spec, (c) => bad(c.securityContext?.appArmorProfile?.type));
  if (names.length === 0 && !bad(ofPod)) return undefined;
  const values = sorted([ofPod, ...containersOf(spec).map((c) => c.securityContext?.appArmorProfile?.type)].filter((t): t is string => bad(t)));
  const reason = plural('forbidden AppArmor profile', 'forbidden AppArmor profiles', values.length);
  return { reason, detail: `${settersText(bad(ofPod), names)} must not set AppArmor profile type to ${quoted(values)}` };
}

function seccomp({ spec }: CheckedPod): Violation | undefined {
  const bad = (type: string | undefined) => type !== undefined && type !== 'RuntimeDefault' && type !== 'Localhost';
  const ofPod = spec.securityContext?.seccompProfile?.type;
  const names = namesWhere(spec, (c) => bad(c.securityContext?.seccompProfile?.type));
  if (names.length === 0 && !bad(ofPod)) return undefined;
  const values = sorted([ofPod, ...containersOf(spec).map((c) => c.securityContext?.seccompProfile?.type)].filter((t): t is string => bad(t)));
  return {
    reason: 'seccompProfile',
    detail: `${settersText(bad(ofPod), names)} must not set securityContext.seccompProfile.type to ${quoted(values)}`,
  };
}

function sysctls({ spec }: CheckedPod, minor: number): Violation | undefined {
  const allowed = new Set(SYSCTLS.filter(([since]) => minor >= since).map(([, name]) => name));
  const names = (spec.securityContext?.sysctls ?? []).map(({ name }) => name).filter((name) => !allowed.has(name));
  return names.length > 0 ? { reason: 'forbidden sysctls', detail: names.join(', ') } : undefined;
}

function hostProcess({ spec }: CheckedPod): Violation | undefined {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess === true;
  const names = namesWhere(spec, (c) => c.securityContext?.windowsOptions?.hostProcess === true);
  if (names.length === 0 && !ofPod) return undefined;
  return { reason: 'hostProcess', detail: `${settersText(ofPod, names)} must not set securityContext.windowsOptions.hostProcess=true` };
}

/** In the order in which upstream runs them: by id. */
export const baselineChecks: readonly Check[] = (
  [
    ['appArmorProfile', appArmor],
    ['capabilities_baseline', capabilities],
    ['hostNamespaces', hostNamespaces],
    ['hostPathVolumes', hostPathVolumes],
    ['hostPorts', hostPorts],
    ['hostProbesAndHostLifecycle', hostProbes, 34],
    ['privileged', privileged],
    ['procMount', procMount],
    ['seLinuxOptions', seLinux],
    ['seccompProfile_baseline', seccomp],
    ['sysctls', sysctls],
    ['windowsHostProcess', hostProcess],
  ] as const
).map(([id, run, since]) => ({ level: 'baseline', id, run, ...(since ? { since } : {}) }));
