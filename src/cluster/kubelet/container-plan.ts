import { Nodes } from '../../api/kinds/resource-types.ts';
import type { Pod, PodSecurityContext, SecurityContext } from '../../api/schema/generated/types.ts';
import type { Credentials, Machine } from '../../machine/index.ts';
import { DEFAULT_PATH } from '../../machine/processes/lookup.ts';
import type { Image } from '../images/registry.ts';
import type { NetNamespace } from '../network/net-namespace.ts';
import { WorldPort } from '../network/port.ts';
import type { MountedVolume } from '../storage/volumes.ts';
import type { ContainerMount, ContainerPlan } from './container-run.ts';
import type { ContainerSlot } from './container-slot.ts';
import { ConfigError, environmentOf, expand } from './environment.ts';
import type { PodHost } from './pod-host.ts';
import { hostsFile, resolvConf } from './pod-network-files.ts';
import { amountOf } from './resource-field.ts';

export interface PlanSources {
  readonly host: PodHost;
  readonly pod: Pod;
  readonly slot: ContainerSlot;
  readonly image: Image;
  readonly namespace: NetNamespace;
  readonly volumes: ReadonlyMap<string, MountedVolume>;
  readonly hostname: string;
}

/** Decides everything about a container that is about to start. Throws ConfigError where the spec cannot be satisfied. */
export function planContainer(sources: PlanSources): ContainerPlan {
  const { host, pod, slot, image, namespace, hostname } = sources;
  const { spec } = slot;
  const environment = environmentOf({
    informers: host.informers,
    pod,
    container: spec,
    node: host.informers.for(Nodes).get('', host.nodeName),
    podIP: namespace.address,
    hostIP: host.nodeAddress,
  });
  const definition = image.definition;
  const env = new Map<string, string>([['PATH', DEFAULT_PATH], ['HOSTNAME', hostname], ...Object.entries(definition.env ?? {}), ...environment]);
  refuseRoot(pod, slot, image);
  const limit = spec.resources?.limits?.memory;
  return {
    id: host.random.hex(64),
    hostname,
    image,
    tree: host.trees.of(definition),
    port: new WorldPort(host.network, namespace, hostname),
    mounts: mountsOf(sources, env),
    etcHosts: hostsFile(pod, hostname, namespace.address, host),
    resolvConf: resolvConf(pod, host),
    argv: argvOf(sources, env),
    env: spec.tty ? new Map([['TERM', 'xterm'], ...env]) : env,
    cwd: spec.workingDir ?? definition.workingDir ?? '/',
    credentials: (machine) => credentialsOf(machine, pod, slot, image),
    readOnlyRoot: spec.securityContext?.readOnlyRootFilesystem ?? false,
    stdin: spec.stdin ?? false,
    ...(spec.tty && host.createTerminal ? { createTerminal: host.createTerminal } : {}),
    memoryLimit: limit === undefined ? undefined : amountOf(limit),
    facilities: new Map([...host.facilities, ['node-address', host.nodeAddress]]),
  };
}

function argvOf({ slot, image }: PlanSources, env: ReadonlyMap<string, string>): string[] {
  const lookUp = (name: string) => env.get(name);
  const given = (words: readonly string[] | undefined) => words?.map((word) => expand(word, lookUp));
  const command = given(slot.spec.command);
  const args = given(slot.spec.args);
  if (command?.length) return [...command, ...(args ?? [])];
  return [...(image.definition.entrypoint ?? []), ...(args?.length ? args : (image.definition.cmd ?? []))];
}

function mountsOf({ slot, volumes }: PlanSources, env: ReadonlyMap<string, string>): ContainerMount[] {
  return (slot.spec.volumeMounts ?? []).map((mount) => {
    const volume = volumes.get(mount.name);
    if (!volume) throw new ConfigError(`cannot find volume "${mount.name}" to mount into container "${slot.name}"`);
    const sub = mount.subPathExpr ? expand(mount.subPathExpr, (name) => env.get(name)) : mount.subPath;
    const from = sub ? subPath(volume, sub) : volume.from;
    return {
      path: mount.mountPath.replace(/(?<=.)\/+$/, ''),
      tree: volume.tree,
      from,
      readOnly: volume.readOnly || (mount.readOnly ?? false),
      source: volume.source,
    };
  });
}

/** Bound once, at the container's start: later updates of the volume do not show. */
function subPath({ tree, from }: MountedVolume, sub: string): string {
  const path = `${from}/${sub}`;
  if (!tree.exists(path)) tree.mkdir(path, { recursive: true, mode: 0o750 });
  return tree.realpath(path);
}

type Security = SecurityContext & PodSecurityContext;

const securityOf = (pod: Pod, slot: ContainerSlot): Security => ({ ...pod.spec?.securityContext, ...slot.spec.securityContext }) as Security;

function credentialsOf(machine: Machine, pod: Pod, slot: ContainerSlot, image: Image): Credentials {
  const security = securityOf(pod, slot);
  const [name = '0', group] = (image.definition.user ?? '0').split(':');
  const wanted = security.runAsUser ?? (/^\d+$/.test(name) ? Number(name) : name);
  const known = machine.users.find(wanted);
  const uid = known?.uid ?? (typeof wanted === 'number' ? wanted : 0);
  const gid = security.runAsGroup ?? (group && /^\d+$/.test(group) ? Number(group) : (known?.gid ?? 0));
  const extra = [...(security.fsGroup === undefined ? [] : [security.fsGroup]), ...(security.supplementalGroups ?? [])];
  return { uid, gid, groups: [...(known?.groups ?? []), ...extra], user: known?.user ?? String(uid), home: known?.home ?? '/' };
}

function refuseRoot(pod: Pod, slot: ContainerSlot, image: Image): void {
  const { runAsNonRoot, runAsUser } = securityOf(pod, slot);
  if (!runAsNonRoot) return;
  const where = `(pod: "${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})", container: ${slot.name})`;
  if (runAsUser === 0) throw new ConfigError(`container's runAsUser breaks non-root policy ${where}`);
  if (runAsUser !== undefined) return;
  const user = (image.definition.user ?? '0').split(':')[0] ?? '0';
  if (!/^\d+$/.test(user)) {
    throw new ConfigError(`container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root ${where}`);
  }
  if (Number(user) === 0) throw new ConfigError(`container has runAsNonRoot and image will run as root ${where}`);
}
