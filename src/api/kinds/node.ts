import { type FieldError, forbiddenField } from '../machinery/field-error.ts';
import { isValidLabelValue } from '../machinery/names.ts';
import type { Node } from '../schema/generated/types.ts';
import { defineKind } from './define-kind.ts';
import { cidrBlock, findings, qualifiedName, requiredOneOf, root } from './field-checks.ts';
import { internalForm } from './internal-form.ts';
import { TAINT_EFFECTS } from './pod/validation/scheduling.ts';
import { withStatusOf } from './status-rules.ts';
import { NONE } from './table-cells.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';
const UNKNOWN = '<unknown>';

export const node = defineKind<Node>({
  group: '',
  version: 'v1',
  resource: 'nodes',
  nameRule: 'dns-subdomain',
  generation: false,
  selectableFields: { 'spec.unschedulable': ({ spec }) => String(spec?.unschedulable ?? false) },
  defaults(object) {
    const status = object.status ?? {};
    const { capacity, allocatable = capacity } = status;
    return {
      ...object,
      spec: object.spec ?? {},
      status: {
        ...status,
        ...(allocatable ? { allocatable } : {}),
        daemonEndpoints: { ...status.daemonEndpoints, kubeletEndpoint: { Port: 0, ...status.daemonEndpoints?.kubeletEndpoint } },
        nodeInfo: { ...NO_INFO, ...status.nodeInfo },
      },
    };
  },
  prepareForUpdate: (object, old, { subresource }) =>
    subresource === 'status' ? { ...object, ...(old.spec ? { spec: old.spec } : {}) } : withStatusOf(object, old),
  subresources: { status: { prepareForUpdate: (object, old) => ({ ...object, ...(old.spec ? { spec: old.spec } : {}) }), validateUpdate: () => [] } },
  validate: (object) => [
    ...taintFindings(object),
    ...(object.spec?.podCIDRs ?? []).flatMap((cidr, i) => cidrBlock(root('spec').child('podCIDRs').index(i), cidr)),
  ],
  validateUpdate: (object, old) => [...fixedFindings(object, old), ...taintFindings(object)],
  row({ metadata, spec, status = {} }, { age }) {
    const { nodeInfo } = status;
    const architecture = nodeInfo?.architecture ? ` (${nodeInfo.architecture})` : '';
    return [
      metadata.name ?? '',
      readiness({ spec, status }),
      nodeRoles(metadata.labels).join(',') || NONE,
      age(metadata.creationTimestamp),
      nodeInfo?.kubeletVersion ?? '',
      addressOf(status, 'InternalIP'),
      addressOf(status, 'ExternalIP'),
      nodeInfo?.osImage || UNKNOWN,
      `${nodeInfo?.kernelVersion || UNKNOWN}${architecture}`,
      nodeInfo?.containerRuntimeVersion || UNKNOWN,
    ];
  },
});

const NO_INFO = {
  machineID: '',
  systemUUID: '',
  bootID: '',
  kernelVersion: '',
  osImage: '',
  containerRuntimeVersion: '',
  kubeletVersion: '',
  kubeProxyVersion: '',
  operatingSystem: '',
  architecture: '',
};

function readiness({ spec, status }: Pick<Node, 'spec' | 'status'>): string {
  const ready = status?.conditions?.findLast((c) => c.type === 'Ready');
  const word = ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown';
  return spec?.unschedulable ? `${word},SchedulingDisabled` : word;
}

/** From the labels `node-role.kubernetes.io/<role>` and `kubernetes.io/role=<role>`, sorted. */
function nodeRoles(labels: Readonly<Record<string, string>> | undefined): string[] {
  const roles = Object.entries(labels ?? {}).map(([key, value]) => {
    if (key.startsWith(ROLE_PREFIX)) return key.slice(ROLE_PREFIX.length);
    return key === 'kubernetes.io/role' ? value : '';
  });
  return [...new Set(roles.filter(Boolean))].sort();
}

const addressOf = (status: NonNullable<Node['status']>, type: string): string => status.addresses?.find((a) => a.type === type)?.address ?? NONE;

function taintFindings({ spec }: Node): FieldError[] {
  const path = root('metadata').child('taints');
  const taints = spec?.taints ?? [];
  return taints.flatMap((taint, i) => {
    const at = path.index(i);
    const wrong = isValidLabelValue(taint.value ?? '');
    const isRepeated = taints.findIndex((other) => other.key === taint.key && other.effect === taint.effect) < i;
    return [
      ...qualifiedName(at.child('key'), taint.key ?? ''),
      ...(wrong.length > 0 ? findings(at.child('value'), taint.value ?? '', [wrong.join(';')]) : []),
      ...requiredOneOf(at.child('effect'), taint.effect, TAINT_EFFECTS),
      ...(isRepeated ? [repeatedTaint(at.toString(), taint)] : []),
    ];
  });
}

const repeatedTaint = (field: string, taint: object): FieldError => ({
  type: 'FieldValueDuplicate',
  field,
  message: `Duplicate value: ${JSON.stringify(internalForm('Taint', taint))}: taints must be unique by key and effect pair`,
});

function fixedFindings({ spec = {} }: Node, old: Node): FieldError[] {
  const path = root('spec');
  const { podCIDRs: before = [], providerID = '' } = old.spec ?? {};
  const now = spec.podCIDRs ?? [];
  const changed = before.length > 0 && (before.length !== now.length || before.some((cidr, i) => cidr !== now[i]));
  return [
    ...(changed ? [forbiddenField(path.child('podCIDRs'), 'node updates may not change podCIDR except from "" to valid')] : []),
    ...(providerID && providerID !== spec.providerID
      ? [forbiddenField(path.child('providerID'), 'node updates may not change providerID except from "" to valid')]
      : []),
  ];
}
