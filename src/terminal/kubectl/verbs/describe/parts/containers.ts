import { quantityMilli, quantityValue } from '../../../../../api/machinery/quantity.ts';
import type {
  Container,
  ContainerState,
  ContainerStatus,
  EnvVar,
  Pod,
  Probe,
  ResourceRequirements,
} from '../../../../../api/schema/generated/types.ts';
import type { Writer } from '../writer.ts';
import { goBool, goList, longTime, sortedEntries } from './metadata.ts';

export interface ContainersOptions {
  readonly label: string;
  readonly containers: readonly Container[];
  readonly statuses?: readonly ContainerStatus[] | undefined;
  /** The pod, where fields can be resolved. */
  readonly pod?: Pod | undefined;
  readonly space?: string;
}

export function describeContainers(w: Writer, { label, containers, statuses = [], pod, space = '' }: ContainersOptions): void {
  w.line(0, `${space}${label}:${containers.length === 0 ? ' <none>' : ''}`);
  for (const container of containers) {
    const status = statuses.find(({ name }) => name === container.name);
    basics(w, container, status, space ? ' ' : '');
    words(w, 'Command', container.command);
    words(w, 'Args', container.args);
    if (status) {
      describeState(w, 'State', status.state);
      if (status.lastState?.terminated) describeState(w, 'Last State', status.lastState);
      w.line(2, 'Ready:', goBool(status.ready));
      w.line(2, 'Restart Count:', status.restartCount ?? 0);
    }
    describeResources(w, container.resources, 2);
    probes(w, container);
    environmentFrom(w, container);
    environment(w, container, pod);
    mounts(w, container);
  }
}

function basics(w: Writer, container: Container, status: ContainerStatus | undefined, indent: string): void {
  w.line(1, `${indent}${container.name}:`);
  if (status) w.line(2, 'Container ID:', status.containerID);
  w.line(2, 'Image:', container.image);
  if (status) w.line(2, 'Image ID:', status.imageID);
  ports(w, 'Port', container, (port) => port.containerPort);
  ports(w, 'Host Port', container, (port) => port.hostPort ?? 0);
  const seccomp = container.securityContext?.seccompProfile;
  if (!seccomp) return;
  w.line(2, 'SeccompProfile:', seccomp.type);
  if (seccomp.type === 'Localhost') w.line(3, 'LocalhostProfile:', seccomp.localhostProfile);
}

type Port = NonNullable<Container['ports']>[number];

function ports(w: Writer, label: string, container: Container, number: (port: Port) => number | undefined): void {
  const shown = (container.ports ?? []).map((port) => `${number(port)}/${port.protocol ?? ''}${port.name ? ` (${port.name})` : ''}`);
  if (shown.length > 1) w.line(2, `${label}s:`, shown.join(', '));
  else w.line(2, `${label}:`, shown[0] ?? '<none>');
}

function words(w: Writer, label: string, list: readonly string[] | undefined): void {
  if (!list?.length) return;
  w.line(2, `${label}:`);
  for (const line of list.flatMap((word) => word.split('\n'))) w.line(3, line);
}

function describeState(w: Writer, label: string, state: ContainerState | undefined): void {
  if (state?.running) {
    w.line(2, `${label}:`, 'Running');
    w.line(3, 'Started:', longTime(state.running.startedAt));
  } else if (state?.terminated) {
    const { reason, message, exitCode, signal, startedAt, finishedAt } = state.terminated;
    w.line(2, `${label}:`, 'Terminated');
    if (reason) w.line(3, 'Reason:', reason);
    if (message) w.line(3, 'Message:', message);
    w.line(3, 'Exit Code:', exitCode ?? 0);
    if (signal) w.line(3, 'Signal:', signal);
    w.line(3, 'Started:', longTime(startedAt));
    w.line(3, 'Finished:', longTime(finishedAt));
  } else {
    w.line(2, `${label}:`, 'Waiting');
    if (state?.waiting?.reason) w.line(3, 'Reason:', state.waiting.reason);
  }
}

export function describeResources(w: Writer, resources: ResourceRequirements | undefined, level: number): void {
  for (const [label, list] of [
    ['Limits', resources?.limits],
    ['Requests', resources?.requests],
  ] as const) {
    const entries = sortedEntries(list);
    if (entries.length > 0) w.line(level, `${label}:`);
    for (const [name, quantity] of entries) w.line(level + 1, `${name}:`, String(quantity));
  }
}

function probes(w: Writer, container: Container): void {
  if (container.livenessProbe) w.line(2, 'Liveness:', probeText(container.livenessProbe));
  if (container.readinessProbe) w.line(2, 'Readiness:', probeText(container.readinessProbe));
  if (container.startupProbe) w.line(2, 'Startup:', probeText(container.startupProbe));
}

function probeText(probe: Probe): string {
  const numbers = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 0}s period=${probe.periodSeconds ?? 0}s #success=${probe.successThreshold ?? 0} #failure=${probe.failureThreshold ?? 0}`;
  if (probe.exec) return `exec ${goList(probe.exec.command)} ${numbers}`;
  if (probe.httpGet) {
    const { scheme, host, port, path } = probe.httpGet;
    return `http-get ${(scheme ?? '').toLowerCase()}://${host ?? ''}:${port}${path ?? ''} ${numbers}`;
  }
  if (probe.tcpSocket) return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port} ${numbers}`;
  if (probe.grpc) return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ''} ${numbers}`;
  return `unknown ${numbers}`;
}

function environmentFrom(w: Writer, container: Container): void {
  if (!container.envFrom?.length) return;
  w.line(2, 'Environment Variables from:');
  for (const { configMapRef, secretRef, prefix } of container.envFrom) {
    const from = configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : '';
    const reference = configMapRef ?? secretRef;
    w.line(3, reference?.name ?? '', prefix ? `${from} with prefix '${prefix}'` : from, `Optional: ${reference?.optional ?? false}`);
  }
}

function environment(w: Writer, container: Container, pod: Pod | undefined): void {
  if (!container.env?.length) {
    w.line(2, 'Environment:', '<none>');
    return;
  }
  w.line(2, 'Environment:');
  for (const variable of container.env) {
    const { name, value = '', valueFrom } = variable;
    if (!valueFrom) for (const [i, line] of value.split('\n').entries()) w.line(3, i === 0 ? `${name}:` : '', line);
    else referredVariable(w, variable, container, pod);
  }
}

function referredVariable(w: Writer, { name, valueFrom }: EnvVar, container: Container, pod: Pod | undefined): void {
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom ?? {};
  if (fieldRef) w.line(3, `${name}:`, `${pod ? fieldValue(pod, fieldRef.fieldPath ?? '') : ''} (${fieldRef.apiVersion}:${fieldRef.fieldPath})`);
  else if (resourceFieldRef) {
    const value = resourceValue(container, resourceFieldRef.resource ?? '', String(resourceFieldRef.divisor ?? '1'));
    const limit = ['limits.cpu', 'limits.memory'].includes(resourceFieldRef.resource ?? '');
    w.line(3, `${name}:`, `${value === '0' && limit ? 'node allocatable' : value} (${resourceFieldRef.resource})`);
  } else if (secretKeyRef) {
    w.line(3, `${name}:`, `<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name}'>`, `Optional: ${secretKeyRef.optional ?? false}`);
  } else if (configMapKeyRef) {
    w.line(
      3,
      `${name}:`,
      `<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name}'>`,
      `Optional: ${configMapKeyRef.optional ?? false}`,
    );
  }
}

function fieldValue({ metadata }: Pod, path: string): string {
  const key = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (key) return metadata?.[key[1] as 'labels' | 'annotations']?.[key[2] ?? ''] ?? '';
  if (path === 'metadata.name') return metadata?.name ?? '';
  if (path === 'metadata.namespace') return metadata?.namespace ?? '';
  return path === 'metadata.uid' ? (metadata?.uid ?? '') : '';
}

function resourceValue(container: Container, resource: string, divisor: string): string {
  const [where, name = ''] = resource.split(/\.(.*)/s);
  const quantity = (where === 'limits' ? container.resources?.limits : container.resources?.requests)?.[name] ?? '0';
  const by = divisor === '0' ? '1' : divisor;
  return name === 'cpu'
    ? String(Math.ceil(quantityMilli(String(quantity)) / quantityMilli(by)))
    : String(Math.ceil(quantityValue(String(quantity)) / quantityValue(by)));
}

function mounts(w: Writer, container: Container): void {
  const list = [...(container.volumeMounts ?? [])].sort((a, b) => ((a.mountPath ?? '') < (b.mountPath ?? '') ? -1 : 1));
  w.line(2, ...(list.length === 0 ? ['Mounts:', '<none>'] : ['Mounts:']));
  for (const { mountPath, name, readOnly, subPath } of list) {
    w.line(3, `${mountPath} from ${name} (${[readOnly ? 'ro' : 'rw', ...(subPath ? [`path=${JSON.stringify(subPath)}`] : [])].join(',')})`);
  }
  if (!container.volumeDevices?.length) return;
  w.line(2, ...(list.length === 0 ? ['Devices:', '<none>'] : ['Devices:']));
  for (const { devicePath, name } of container.volumeDevices) w.line(3, `${devicePath} from ${name}`);
}
