import { FieldPath } from '../../machinery/field-error.ts';
import { quantityMilli } from '../../machinery/quantity.ts';
import type { Container, ObjectMeta, PodAntiAffinity, PodSpec } from '../../schema/generated/types.ts';

const NODE_LABELS: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
};
const VOLUMES: Readonly<Record<string, string>> = {
  photonPersistentDisk: 'deprecated in v1.11, non-functional in v1.16+',
  gitRepo: 'deprecated in v1.11, and disabled by default in v1.33+',
  scaleIO: 'deprecated in v1.16, non-functional in v1.22+',
  flocker: 'deprecated in v1.22, non-functional in v1.25+',
  storageos: 'deprecated in v1.22, non-functional in v1.25+',
  quobyte: 'deprecated in v1.22, non-functional in v1.25+',
  glusterfs: 'deprecated in v1.25, non-functional in v1.26+',
  cephfs: 'deprecated in v1.28, non-functional in v1.31+',
  rbd: 'deprecated in v1.28, non-functional in v1.31+',
};
const NULL_SELECTOR = 'a null labelSelector results in matching no pod';

/** What upstream remarks on a pod, or on a template at `path`, without refusing it. */
export function podWarnings(spec: PodSpec | undefined, metadata: ObjectMeta | undefined, path = new FieldPath()): string[] {
  if (!spec) return [];
  const at = path.child('spec');
  const containers = visited(spec, at);
  return [
    ...nodeLabelWarnings(spec, at),
    ...volumeWarnings(spec, at),
    ...repeatedNames(spec, at),
    ...containers.flatMap(([container, here]) => [...fractionalBytes(container, here), ...hiddenVariables(container, here)]),
    ...portWarnings(containers),
    ...((spec.terminationGracePeriodSeconds ?? 0) < 0
      ? [`${at.child('terminationGracePeriodSeconds')}: must be >= 0; negative values are invalid and will be treated as 1`]
      : []),
    ...affinityWarnings(spec.affinity?.podAffinity, at.child('affinity', 'podAffinity')),
    ...affinityWarnings(spec.affinity?.podAntiAffinity, at.child('affinity', 'podAntiAffinity')),
    ...(metadata?.annotations?.['seccomp.security.alpha.kubernetes.io/pod'] && !spec.securityContext?.seccompProfile
      ? [
          `${path.child('metadata', 'annotations').key('seccomp.security.alpha.kubernetes.io/pod')}: non-functional in v1.27+; use the "seccompProfile" field instead`,
        ]
      : []),
  ];
}

type Visited = readonly (readonly [Container, FieldPath])[];

const visited = (spec: PodSpec, at: FieldPath): Visited => [
  ...(spec.initContainers ?? []).map((container, i) => [container, at.child('initContainers').index(i)] as const),
  ...(spec.containers ?? []).map((container, i) => [container, at.child('containers').index(i)] as const),
];

function nodeLabelWarnings(spec: PodSpec, at: FieldPath): string[] {
  const spread = at.child('topologySpreadConstraints');
  return [
    ...Object.keys(spec.nodeSelector ?? {}).flatMap((key) => (NODE_LABELS[key] ? [`${at.child('nodeSelector').key(key)}: ${NODE_LABELS[key]}`] : [])),
    ...(spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey, labelSelector }, i) => [
      ...(NODE_LABELS[topologyKey] ? [`${spread.index(i).child('topologyKey')}: ${topologyKey} is ${NODE_LABELS[topologyKey]}`] : []),
      ...(labelSelector ? [] : [`${spread.index(i).child('labelSelector')}: ${NULL_SELECTOR}`]),
    ]),
  ];
}

const volumeWarnings = ({ volumes = [] }: PodSpec, at: FieldPath): string[] =>
  volumes.flatMap((volume, i) =>
    Object.keys(volume).flatMap((field) => (VOLUMES[field] ? [`${at.child('volumes').index(i).child(field)}: ${VOLUMES[field]}`] : [])),
  );

function repeatedNames({ hostAliases = [], imagePullSecrets = [] }: PodSpec, at: FieldPath): string[] {
  const aliases = at.child('hostAliases');
  const secrets = at.child('imagePullSecrets');
  return [
    ...hostAliases.flatMap(({ ip }, i) =>
      hostAliases.findIndex((alias) => alias.ip === ip) < i ? [`${aliases.index(i).child('ip')}: duplicate ip ${JSON.stringify(ip)}`] : [],
    ),
    ...imagePullSecrets.flatMap(({ name = '' }, i) =>
      imagePullSecrets.findIndex((secret) => secret.name === name) < i
        ? [`${secrets.index(i).child('name')}: duplicate name ${JSON.stringify(name)}`]
        : [],
    ),
    ...imagePullSecrets.flatMap(({ name }, i) => (name ? [] : [`${secrets.index(i).child('name')}: invalid empty name ""`])),
  ];
}

const fractionalBytes = ({ resources = {} }: Container, at: FieldPath): string[] =>
  (['memory', 'ephemeral-storage'] as const).flatMap((name) =>
    (['limits', 'requests'] as const).flatMap((which) => {
      const value = resources[which]?.[name];
      const isWhole = value === undefined || quantityMilli(value) % 1000 === 0;
      return isWhole
        ? []
        : [`${at.child('resources', which).key(name)}: fractional byte value ${JSON.stringify(value)} is invalid, must be an integer`];
    }),
  );

const hiddenVariables = ({ env = [] }: Container, at: FieldPath): string[] =>
  env.flatMap(({ name, value = '', valueFrom }, i) => {
    const isRepeated = env.findIndex((variable) => variable.name === name) < i;
    const extends_ = !valueFrom && value !== `$(${name})` && value.includes(`$(${name})`);
    return isRepeated && !extends_
      ? [`${at.child('env').index(i)}: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`]
      : [];
  });

function portWarnings(containers: Visited): string[] {
  const all = containers.flatMap(([{ ports = [] }, at]) => ports.map((port, i) => ({ port, path: at.child('ports').index(i) })));
  const clashes = all.flatMap(({ port, path }, i) =>
    all.slice(0, i).flatMap(({ port: other, path: otherPath }) => {
      if (port.containerPort !== other.containerPort || port.protocol !== other.protocol) return [];
      const [host, otherHost] = [port.hostPort ?? 0, other.hostPort ?? 0];
      const [ip, otherIp] = [port.hostIP ?? '', other.hostIP ?? ''];
      if (ip === otherIp && host === otherHost) return [`${path}: duplicate port definition with ${otherPath}`];
      if (host === 0 || otherHost === 0) return [`${path}: overlapping port definition with ${otherPath}`];
      return host === otherHost && (ip === '') !== (otherIp === '') ? [`${path}: dangerously ambiguous port definition with ${otherPath}`] : [];
    }),
  );
  const names = all.flatMap(({ port: { name }, path }, i) => {
    const first = all.findIndex(({ port }) => port.name === name);
    const other = all[first];
    return name && first < i && other
      ? [
          `${path}: duplicate port name ${JSON.stringify(name)} with ${other.path}, services and probes that select ports by name will use ${other.path}`,
        ]
      : [];
  });
  return [...clashes, ...names];
}

function affinityWarnings(affinity: PodAntiAffinity | undefined, at: FieldPath): string[] {
  const required = at.child('requiredDuringSchedulingIgnoredDuringExecution');
  const preferred = at.child('preferredDuringSchedulingIgnoredDuringExecution');
  return [
    ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).flatMap(({ labelSelector }, i) =>
      labelSelector ? [] : [`${required.index(i).child('labelSelector')}: ${NULL_SELECTOR}`],
    ),
    ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).flatMap(({ podAffinityTerm }, i) =>
      podAffinityTerm.labelSelector ? [] : [`${preferred.index(i).child('podAffinityTerm', 'labelSelector')}: ${NULL_SELECTOR}`],
    ),
  ];
}
