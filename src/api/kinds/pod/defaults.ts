import { deepEqual } from '../../machinery/deep-equal.ts';
import type {
  Container,
  EphemeralContainer,
  Lifecycle,
  LifecycleHandler,
  Pod,
  PodSpec,
  PodTemplateSpec,
  Probe,
} from '../../schema/generated/types.ts';
import { compact, orEmpty } from '../zero-values.ts';
import { pullPolicyFor } from './pull-policy.ts';
import { defaultPodResources, requestsFromLimits } from './resource-defaults.ts';
import { defaultVolume } from './volume-defaults.ts';

/** What every pod spec gets, be it a pod's own or a template's. */
export function defaultPodSpec(spec: PodSpec | undefined): PodSpec {
  const given = orEmpty(spec);
  const account = given.serviceAccountName || given.serviceAccount;
  return compact({
    ...given,
    ...(account ? { serviceAccountName: account, serviceAccount: account } : {}),
    dnsPolicy: given.dnsPolicy || 'ClusterFirst',
    restartPolicy: given.restartPolicy || 'Always',
    securityContext: given.securityContext ?? {},
    terminationGracePeriodSeconds: given.terminationGracePeriodSeconds ?? 30,
    schedulerName: given.schedulerName || 'default-scheduler',
    containers: given.containers?.map(defaultContainer),
    initContainers: given.initContainers?.map(defaultContainer),
    ephemeralContainers: given.ephemeralContainers?.map(defaultContainer),
    volumes: given.volumes?.map(defaultVolume),
  });
}

export function defaultPodTemplate(template: PodTemplateSpec | undefined): PodTemplateSpec {
  const given = orEmpty(template);
  return { ...given, metadata: given.metadata ?? {}, spec: defaultPodSpec(given.spec) };
}

/** Stored specs to which defaulting has nothing to add. */
const settled = new WeakSet<PodSpec>();

export function defaultPod(pod: Pod): Pod {
  const { spec: given } = pod;
  const status = pod.status ?? {};
  if (given && settled.has(given)) return { ...pod, status };
  const spec = ownSpec(given);
  if (!given || !Object.isFrozen(given) || !deepEqual(spec, given)) return { ...pod, spec, status };
  settled.add(given);
  return { ...pod, status };
}

function ownSpec(given: PodSpec | undefined): PodSpec {
  const spec = defaultPodSpec(given);
  const sized = defaultPodResources({
    ...spec,
    containers: spec.containers?.map(requestsFromLimits),
    ...(spec.initContainers ? { initContainers: spec.initContainers.map(requestsFromLimits) } : {}),
  });
  const own = { ...sized, enableServiceLinks: sized.enableServiceLinks ?? true };
  return own.hostNetwork ? withHostPorts(own) : own;
}

function withHostPorts(spec: PodSpec): PodSpec {
  const open = (container: Container): Container =>
    container.ports
      ? { ...container, ports: container.ports.map((port) => ({ ...port, hostPort: port.hostPort || port.containerPort })) }
      : container;
  return {
    ...spec,
    containers: spec.containers?.map(open),
    ...(spec.initContainers ? { initContainers: spec.initContainers.map(open) } : {}),
  };
}

function defaultContainer<T extends Container | EphemeralContainer>(container: T): T {
  return compact({
    ...container,
    resources: container.resources ?? {},
    imagePullPolicy: container.imagePullPolicy || pullPolicyFor(container.image),
    terminationMessagePath: container.terminationMessagePath || '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy || 'File',
    ports: container.ports?.map((port) => ({ ...port, protocol: port.protocol || 'TCP' })),
    env: container.env?.map((variable) => {
      const field = variable.valueFrom?.fieldRef;
      return field ? { ...variable, valueFrom: { ...variable.valueFrom, fieldRef: { ...field, apiVersion: field.apiVersion || 'v1' } } } : variable;
    }),
    livenessProbe: defaultProbe(container.livenessProbe),
    readinessProbe: defaultProbe(container.readinessProbe),
    startupProbe: defaultProbe(container.startupProbe),
    lifecycle: defaultLifecycle(container.lifecycle),
  });
}

function defaultProbe(probe: Probe | undefined): Probe | undefined {
  if (!probe) return undefined;
  return {
    ...defaultHandler(probe),
    timeoutSeconds: probe.timeoutSeconds || 1,
    periodSeconds: probe.periodSeconds || 10,
    successThreshold: probe.successThreshold || 1,
    failureThreshold: probe.failureThreshold || 3,
  };
}

function defaultLifecycle(lifecycle: Lifecycle | undefined): Lifecycle | undefined {
  if (!lifecycle) return undefined;
  const { postStart, preStop } = lifecycle;
  return { ...lifecycle, ...(postStart ? { postStart: defaultHandler(postStart) } : {}), ...(preStop ? { preStop: defaultHandler(preStop) } : {}) };
}

function defaultHandler<T extends Probe | LifecycleHandler>(handler: T): T {
  const { httpGet } = handler;
  const grpc = 'grpc' in handler ? handler.grpc : undefined;
  return {
    ...handler,
    ...(httpGet ? { httpGet: { ...httpGet, path: httpGet.path || '/', scheme: httpGet.scheme || 'HTTP' } } : {}),
    ...(grpc ? { grpc: { ...grpc, service: grpc.service ?? '' } } : {}),
  };
}
