import {
  duplicate,
  type FieldError,
  type FieldPath,
  forbiddenField,
  invalidValue,
  notFoundValue,
  notSupported,
  required,
  tooMany,
} from '../../../machinery/field-error.ts';
import { isValidPortName, isValidPortNumber } from '../../../machinery/names.ts';
import type {
  Container,
  ContainerPort,
  ContainerResizePolicy,
  ContainerRestartRule,
  EphemeralContainer,
  PodSpec,
  Volume,
} from '../../../schema/generated/types.ts';
import { dnsLabel, findings, oneOf, requiredOneOf } from '../../field-checks.ts';
import { validateEnv, validateEnvFrom } from './env.ts';
import { validateDevices, validateMounts } from './mounts.ts';
import { validateLifecycle, validateProbe } from './probes.ts';
import { validateContainerResources } from './resources.ts';
import { validateContainerSecurity } from './security.ts';
import { PULL_POLICIES } from './volumes.ts';

/** What containers are judged by, beside themselves. */
export interface ContainerSurroundings {
  readonly spec: PodSpec;
  readonly volumes: ReadonlyMap<string, Volume>;
}

type AnyContainer = Container | EphemeralContainer;

const NOT_IN_INIT = 'may not be set for init containers without restartPolicy=Always';
const NOT_IN_EPHEMERAL = 'cannot be set for an Ephemeral Container';
const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];

export function validateContainers(containers: readonly Container[], path: FieldPath, around: ContainerSurroundings): FieldError[] {
  if (containers.length === 0) return [required(path)];
  const names = new Set<string>();
  const errors = containers.flatMap((container, i) => [
    ...commonFindings(container, path.index(i), around),
    ...uniqueName(container, path.index(i), names),
    ...probesAndHooks(container, path.index(i), around),
    ...restartFindings(container, path.index(i)),
  ]);
  return [...errors, ...hostPortConflicts(containers, path)];
}

export function validateInitContainers(containers: readonly Container[], path: FieldPath, around: ContainerSurroundings): FieldError[] {
  const names = new Set((around.spec.containers ?? []).map(({ name }) => name));
  return containers.flatMap((container, i) => {
    const at = path.index(i);
    const isSidecar = container.restartPolicy === 'Always';
    return [
      ...commonFindings(container, at, around),
      ...restartFindings(container, at),
      ...uniqueName(container, at, names),
      ...hostPortConflicts([container], path),
      ...(isSidecar ? probesAndHooks(container, at, around) : onlyInSidecars(container, at)),
      ...(isSidecar ? [] : resizeOfInit(container, at)),
    ];
  });
}

export function validateEphemeralContainers(containers: readonly EphemeralContainer[], path: FieldPath, around: ContainerSurroundings): FieldError[] {
  const { spec } = around;
  const others = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ name }) => name);
  const names = new Set(others);
  return containers.flatMap((container, i) => {
    const at = path.index(i);
    const { targetContainerName: target } = container;
    return [
      ...commonFindings(container, at, around),
      ...imageWhitespace(container, at),
      ...uniqueName(container, at, names),
      ...(target && !others.includes(target) ? [notFoundValue(at.child('targetContainerName'), target)] : []),
      ...notInEphemeral(container, at),
    ];
  });
}

export const imageWhitespace = ({ image = '' }: AnyContainer, at: FieldPath): FieldError[] =>
  image.trim() === image ? [] : [invalidValue(at.child('image'), image, 'must not have leading or trailing whitespace')];

function commonFindings(container: AnyContainer, at: FieldPath, { spec, volumes }: ContainerSurroundings): FieldError[] {
  const mounts = container.volumeMounts ?? [];
  const devices = container.volumeDevices ?? [];
  return [
    ...(container.name ? dnsLabel(at.child('name'), container.name) : [required(at.child('name'))]),
    ...(container.image ? [] : [required(at.child('image'))]),
    ...requiredOneOf(at.child('terminationMessagePolicy'), container.terminationMessagePolicy, ['File', 'FallbackToLogsOnError']),
    ...validatePorts(container.ports ?? [], at.child('ports')),
    ...validateEnv(container.env ?? [], at.child('env')),
    ...validateEnvFrom(container.envFrom ?? [], at.child('envFrom')),
    ...validateMounts(container, devices, volumes, at.child('volumeMounts')),
    ...validateDevices(devices, mounts, volumes, at.child('volumeDevices')),
    ...requiredOneOf(at.child('imagePullPolicy'), container.imagePullPolicy, PULL_POLICIES),
    ...validateContainerResources(
      container.resources ?? {},
      at.child('resources'),
      (spec.resourceClaims ?? []).map(({ name }) => name),
    ),
    ...resizePolicies(container.resizePolicy ?? [], at.child('resizePolicy'), spec),
    ...validateContainerSecurity(container.securityContext, at.child('securityContext'), spec.hostUsers ?? true),
  ];
}

function uniqueName({ name }: AnyContainer, at: FieldPath, names: Set<string>): FieldError[] {
  if (names.has(name)) return [duplicate(at.child('name'), name)];
  names.add(name);
  return [];
}

function probesAndHooks(container: Container, at: FieldPath, { spec }: ContainerSurroundings): FieldError[] {
  const grace = spec.terminationGracePeriodSeconds;
  return [
    ...validateLifecycle(container.lifecycle, at.child('lifecycle'), grace, spec.os?.name),
    ...validateProbe('liveness', container.livenessProbe, at.child('livenessProbe')),
    ...validateProbe('readiness', container.readinessProbe, at.child('readinessProbe')),
    ...validateProbe('startup', container.startupProbe, at.child('startupProbe')),
  ];
}

const onlyInSidecars = (container: Container, at: FieldPath): FieldError[] =>
  (['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const)
    .filter((field) => container[field])
    .map((field) => forbiddenField(at.child(field), NOT_IN_INIT));

const resizeOfInit = (container: Container, at: FieldPath): FieldError[] =>
  (container.resizePolicy ?? []).flatMap(({ restartPolicy }, i) =>
    restartPolicy === 'RestartContainer'
      ? [
          invalidValue(
            at.child('resizePolicy').index(i).child('restartPolicy'),
            restartPolicy,
            "must not be set to 'RestartContainer' for non-sidecar initContainers",
          ),
        ]
      : [],
  );

function notInEphemeral(container: EphemeralContainer, at: FieldPath): FieldError[] {
  const banned = ['ports', 'resources', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle', 'resizePolicy'] as const;
  const isSet = (value: unknown) => value !== undefined && (typeof value !== 'object' || value === null || Object.keys(value).length > 0);
  return [
    ...banned.filter((field) => isSet(container[field])).map((field) => forbiddenField(at.child(field), NOT_IN_EPHEMERAL)),
    ...(container.volumeMounts ?? []).flatMap((mount, i) =>
      (['subPath', 'subPathExpr'] as const)
        .filter((field) => mount[field])
        .map((field) => forbiddenField(at.child('volumeMounts').index(i).child(field), NOT_IN_EPHEMERAL)),
    ),
  ];
}

function validatePorts(ports: readonly ContainerPort[], path: FieldPath): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, i) => {
    const at = path.index(i);
    const { containerPort = 0, hostPort = 0 } = port;
    return [
      ...(port.name ? portName(port.name, at.child('name'), names) : []),
      ...(containerPort === 0
        ? [required(at.child('containerPort'))]
        : findings(at.child('containerPort'), containerPort, isValidPortNumber(containerPort))),
      ...(hostPort === 0 ? [] : findings(at.child('hostPort'), hostPort, isValidPortNumber(hostPort))),
      ...requiredOneOf(at.child('protocol'), port.protocol, ['SCTP', 'TCP', 'UDP']),
    ];
  });
}

function portName(name: string, at: FieldPath, names: Set<string>): FieldError[] {
  const messages = isValidPortName(name);
  if (messages.length > 0) return findings(at, name, messages);
  if (names.has(name)) return [duplicate(at, name)];
  names.add(name);
  return [];
}

function hostPortConflicts(containers: readonly Container[], path: FieldPath): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap(({ ports = [] }, i) =>
    ports.flatMap(({ protocol, hostIP = '', hostPort = 0 }, j) => {
      const key = `${protocol}/${hostIP}/${hostPort}`;
      if (hostPort === 0) return [];
      if (taken.has(key)) return [duplicate(path.index(i).child('ports').index(j).child('hostPort'), key)];
      taken.add(key);
      return [];
    }),
  );
}

function resizePolicies(policies: readonly ContainerResizePolicy[], path: FieldPath, spec: PodSpec): FieldError[] {
  const seen = new Set<string>();
  return policies.flatMap(({ resourceName, restartPolicy }, i) => {
    const repeated = seen.has(resourceName);
    seen.add(resourceName);
    return [
      ...(repeated ? [duplicate(path.index(i), resourceName)] : []),
      ...requiredOneOf(path, resourceName, ['cpu', 'memory']),
      ...requiredOneOf(path, restartPolicy, ['NotRequired', 'RestartContainer']),
      ...(spec.restartPolicy === 'Never' && restartPolicy !== 'NotRequired'
        ? [invalidValue(path, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'")]
        : []),
    ];
  });
}

function restartFindings({ restartPolicy, restartPolicyRules: rules = [] }: Container, at: FieldPath): FieldError[] {
  const policy = at.child('restartPolicy');
  if (restartPolicy === undefined) return rules.length > 0 ? [required(policy, 'must specify restartPolicy when restart rules are used')] : [];
  const many = rules.length > 20 ? [tooMany(at.child('restartPolicyRules'), rules.length, 20)] : [];
  return [
    ...oneOf(policy, restartPolicy, RESTART_POLICIES),
    ...many,
    ...rules.flatMap((rule, i) => restartRule(rule, at.child('restartPolicyRules').index(i))),
  ];
}

function restartRule({ action, exitCodes }: ContainerRestartRule, at: FieldPath): FieldError[] {
  const errors = oneOf(at.child('action'), action, ['Restart', 'RestartAllContainers']);
  if (!exitCodes) return [...errors, required(at.child('exitCodes'), 'must be specified')];
  const { operator, values = [] } = exitCodes;
  const codes = at.child('exitCodes');
  if (!['In', 'NotIn'].includes(operator)) errors.push(notSupported(codes.child('operator'), operator, ['In', 'NotIn']));
  if (values.length > 255) errors.push(tooMany(codes.child('values'), values.length, 255));
  return errors;
}
