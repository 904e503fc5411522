import { duplicate, type FieldError, type FieldPath, forbiddenField, invalidValue, required, tooLong } from '../../../machinery/field-error.ts';
import { inclusiveRangeError, isDns1123Subdomain } from '../../../machinery/names.ts';
import type { ObjectMeta, Pod, PodSpec, PodTemplateSpec } from '../../../schema/generated/types.ts';
import { dnsLabel, dnsSubdomain, findings, ipAddress, labels, oneOf, qualifiedName, requiredOneOf, root } from '../../field-checks.ts';
import { internalForm, invalidStruct } from '../../internal-form.ts';
import { validateAnnotations } from '../../object-meta.ts';
import { imageWhitespace, validateContainers, validateEphemeralContainers, validateInitContainers } from './containers.ts';
import { validateDnsConfig } from './dns.ts';
import { validateContainerResources, validatePodResources } from './resources.ts';
import type { PodRules } from './rules.ts';
import { validateAffinity, validateSpreadConstraints, validateTolerations } from './scheduling.ts';
import { validatePodSecurity } from './security.ts';
import { validateVolumes } from './volumes.ts';

const MAX_INT32 = 2147483647;
const POD: PodRules = { resourceIsPod: true };
const TEMPLATE: PodRules = { resourceIsPod: false };

export function validatePodCreate(pod: Pod): FieldError[] {
  const spec = pod.spec;
  const path = root('spec');
  const errors = validatePodContent(pod);
  if (spec?.ephemeralContainers?.length) errors.push(forbiddenField(path.child('ephemeralContainers'), 'cannot be set on create'));
  if (spec?.nodeName && spec.schedulingGates?.length)
    errors.push(forbiddenField(path.child('nodeName'), 'cannot be set until all schedulingGates have been cleared'));
  return errors;
}

/** What holds for a pod at any time. */
export function validatePodContent({ metadata, spec }: Pod): FieldError[] {
  const path = root('spec');
  if (!spec) return validatePodSpec({ containers: [] }, metadata, path, POD);
  const tokens = spec.serviceAccountName ? [] : projectedTokens(spec, path);
  return [
    ...podAnnotations(metadata.annotations, spec, root('metadata').child('annotations')),
    ...validatePodSpec(spec, metadata, path, POD),
    ...tokens,
    ...(spec.containers ?? []).flatMap((c, i) => imageWhitespace(c, path.child('containers').index(i))),
    ...(spec.initContainers ?? []).flatMap((c, i) => imageWhitespace(c, path.child('initContainers').index(i))),
  ];
}

export function validatePodTemplate(template: PodTemplateSpec, path: FieldPath): FieldError[] {
  const { metadata, spec = { containers: [] } } = template;
  return [
    ...labels(path.child('labels'), metadata?.labels),
    ...validateAnnotations(metadata?.annotations, path.child('annotations')),
    ...podAnnotations(metadata?.annotations, spec, path.child('annotations')),
    ...validatePodSpec(spec, undefined, path.child('spec'), TEMPLATE),
    ...(spec.ephemeralContainers?.length
      ? [forbiddenField(path.child('spec', 'ephemeralContainers'), 'ephemeral containers not allowed in pod template')]
      : []),
  ];
}

function podAnnotations(annotations: Readonly<Record<string, string>> | undefined, spec: PodSpec, path: FieldPath): FieldError[] {
  const mirror = annotations?.['kubernetes.io/config.mirror'];
  const cost = annotations?.['controller.kubernetes.io/pod-deletion-cost'];
  const isCost = cost === undefined || (/^(-?[1-9]\d*|0)$/.test(cost) && Math.abs(Number(cost)) <= MAX_INT32);
  return [
    ...(mirror !== undefined && !spec.nodeName
      ? [invalidValue(path.key('kubernetes.io/config.mirror'), mirror, 'must set spec.nodeName if mirror pod annotation is set')]
      : []),
    ...(isCost ? [] : [invalidValue(path.key('controller.kubernetes.io/pod-deletion-cost'), cost, 'must be a 32bit integer')]),
  ];
}

const projectedTokens = (spec: PodSpec, path: FieldPath): FieldError[] =>
  (spec.volumes ?? []).flatMap((volume, i) =>
    (volume.projected?.sources ?? []).flatMap((source, j) =>
      source.serviceAccountToken
        ? [
            forbiddenField(
              path.child('volumes').index(i).child('projected', 'sources').index(j).child('serviceAccountToken'),
              'must not be specified when serviceAccountName is not set',
            ),
          ]
        : [],
    ),
  );

export function validatePodSpec(spec: PodSpec, meta: ObjectMeta | undefined, path: FieldPath, rules: PodRules): FieldError[] {
  const { errors: volumeErrors, volumes } = validateVolumes(spec.volumes ?? [], meta, path.child('volumes'), rules);
  const around = { spec, volumes };
  return [
    ...volumeErrors,
    ...resourceClaims(spec, path.child('resourceClaims')),
    ...validateContainers(spec.containers ?? [], path.child('containers'), around),
    ...validateInitContainers(spec.initContainers ?? [], path.child('initContainers'), around),
    ...validateEphemeralContainers(spec.ephemeralContainers ?? [], path.child('ephemeralContainers'), around),
    ...validatePodResources(spec, path.child('resources')),
    ...hostNetworkPorts(spec, path.child('containers'), rules),
    ...requiredOneOf(path.child('restartPolicy'), spec.restartPolicy, ['Always', 'OnFailure', 'Never']),
    ...requiredOneOf(path.child('dnsPolicy'), spec.dnsPolicy, ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']),
    ...labels(path.child('nodeSelector'), spec.nodeSelector),
    ...validatePodSecurity(spec, path.child('securityContext')),
    ...validateAffinity(spec.affinity, path.child('affinity')),
    ...validateDnsConfig(spec.dnsConfig, spec.dnsPolicy, path.child('dnsConfig')),
    ...gates(spec, path),
    ...validateSpreadConstraints(spec.topologySpreadConstraints ?? [], path.child('topologySpreadConstraints')),
    ...userNamespaces(spec, path),
    ...hostNames(spec, path),
    ...references(spec, path),
  ];
}

function gates({ readinessGates = [], schedulingGates = [] }: PodSpec, path: FieldPath): FieldError[] {
  const at = path.child('schedulingGates');
  return [
    ...readinessGates.flatMap(({ conditionType }, i) => qualifiedName(path.child('readinessGates').index(i).child('conditionType'), conditionType)),
    ...schedulingGates.flatMap(({ name }, i) => [
      ...qualifiedName(at.index(i), name),
      ...(schedulingGates.findIndex((gate) => gate.name === name) < i ? [duplicate(at.index(i), name)] : []),
    ]),
  ];
}

function hostNetworkPorts({ hostNetwork, containers = [] }: PodSpec, path: FieldPath, rules: PodRules): FieldError[] {
  if (!hostNetwork) return [];
  return containers.flatMap(({ ports = [] }, i) =>
    ports.flatMap(({ hostPort = 0, containerPort }, j) =>
      (rules.resourceIsPod || hostPort !== 0) && hostPort !== containerPort
        ? [invalidValue(path.index(i).child('ports').index(j).child('hostPort'), hostPort, 'must match `containerPort` when `hostNetwork` is true')]
        : [],
    ),
  );
}

function userNamespaces({ hostUsers, hostNetwork, hostPID, hostIPC }: PodSpec, path: FieldPath): FieldError[] {
  if (hostUsers !== false) return [];
  const why = 'when `hostUsers` is false';
  return [
    ...(hostNetwork ? [forbiddenField(path.child('hostNetwork'), why)] : []),
    ...(hostPID ? [forbiddenField(path.child('HostPID'), why)] : []),
    ...(hostIPC ? [forbiddenField(path.child('HostIPC'), why)] : []),
  ];
}

function hostNames({ hostnameOverride, setHostnameAsFQDN, hostNetwork }: PodSpec, path: FieldPath): FieldError[] {
  if (hostnameOverride === undefined) return [];
  const at = path.child('hostnameOverride');
  return [
    ...(setHostnameAsFQDN ? [forbiddenField(at, 'may not be specified when setHostnameAsFQDN is true')] : []),
    ...(hostNetwork ? [forbiddenField(at, 'may not be specified when hostNetwork is true')] : []),
    ...(hostnameOverride.length > 64 ? [tooLong(at, 64)] : []),
    ...dnsSubdomain(at, hostnameOverride),
  ];
}

function references(spec: PodSpec, path: FieldPath): FieldError[] {
  const { activeDeadlineSeconds: deadline, hostname, subdomain, hostAliases = [], preemptionPolicy, overhead, os } = spec;
  const named = (field: 'serviceAccountName' | 'nodeName' | 'priorityClassName' | 'runtimeClassName') => {
    const name = spec[field];
    return name ? findings(path.child(field), name, isDns1123Subdomain(name)) : [];
  };
  return [
    ...named('serviceAccountName'),
    ...named('nodeName'),
    ...(deadline !== undefined && (deadline < 1 || deadline > MAX_INT32)
      ? [invalidValue(path.child('activeDeadlineSeconds'), deadline, inclusiveRangeError(1, MAX_INT32))]
      : []),
    ...(hostname ? dnsLabel(path.child('hostname'), hostname) : []),
    ...(subdomain ? dnsLabel(path.child('subdomain'), subdomain) : []),
    ...validateTolerations(spec.tolerations ?? [], path.child('tolerations')),
    ...hostAliases.flatMap(({ ip, hostnames = [] }, i) => [
      ...ipAddress(path.child('hostAliases').index(i).child('ip'), ip ?? ''),
      ...hostnames.flatMap((name, j) => dnsSubdomain(path.child('hostAliases').index(i).child('hostnames').index(j), name)),
    ]),
    ...named('priorityClassName'),
    ...named('runtimeClassName'),
    ...(preemptionPolicy === undefined ? [] : requiredOneOf(path.child('preemptionPolicy'), preemptionPolicy, ['PreemptLowerPriority', 'Never'])),
    ...(overhead ? validateContainerResources({ limits: overhead }, path.child('overhead'), []) : []),
    ...(os ? (os.name ? oneOf(path.child('os'), os.name, ['linux', 'windows']) : [required(path.child('os', 'name'))]) : []),
  ];
}

function resourceClaims({ resourceClaims: claims = [] }: PodSpec, path: FieldPath): FieldError[] {
  return claims.flatMap((claim, i) => {
    const at = path.index(i);
    const { name, resourceClaimName: direct, resourceClaimTemplateName: template } = claim;
    const shown = internalForm('PodResourceClaim', claim);
    const isRepeated = claims.findIndex((other) => other.name === name) < i;
    return [
      ...(name ? (isRepeated ? [duplicate(at.child('name'), name)] : dnsLabel(at.child('name'), name)) : [required(at.child('name'))]),
      ...(direct !== undefined && template !== undefined
        ? [invalidStruct(at, shown, 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified')]
        : []),
      ...(direct === undefined && template === undefined
        ? [invalidStruct(at, shown, 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`')]
        : []),
      ...(direct === undefined ? [] : dnsSubdomain(at.child('resourceClaimName'), direct)),
      ...(template === undefined ? [] : dnsSubdomain(at.child('resourceClaimTemplateName'), template)),
    ];
  });
}
