import { cidrContains, formatIp, parseCidr } from '../machinery/addresses.ts';
import { type FieldError, type FieldPath, forbiddenField, invalidValue, required } from '../machinery/field-error.ts';
import { isValidPortName, isValidPortNumber } from '../machinery/names.ts';
import type { NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from '../schema/generated/types.ts';
import { cidrBlock, findings, labelSelector, oneOf } from './field-checks.ts';

type IPBlock = NonNullable<NetworkPolicyPeer['ipBlock']>;

export function validatePolicySpec(spec: NetworkPolicySpec, path: FieldPath): FieldError[] {
  const types = spec.policyTypes ?? [];
  const typesPath = path.child('policyTypes');
  return [
    ...labelSelector(path.child('podSelector'), spec.podSelector),
    ...(spec.ingress ?? []).flatMap(({ ports = [], from = [] }, i) => ruleFindings(ports, from, path.child('ingress').index(i), 'from')),
    ...(spec.egress ?? []).flatMap(({ ports = [], to = [] }, i) => ruleFindings(ports, to, path.child('egress').index(i), 'to')),
    ...(types.length > 2
      ? [invalidValue(typesPath, types, 'may not specify more than two policyTypes')]
      : types.flatMap((type, i) => oneOf(typesPath.index(i), type, ['Ingress', 'Egress']))),
  ];
}

const ruleFindings = (
  ports: readonly NetworkPolicyPort[],
  peers: readonly NetworkPolicyPeer[],
  path: FieldPath,
  direction: 'from' | 'to',
): FieldError[] => [
  ...ports.flatMap((port, i) => portFindings(port, path.child('ports').index(i))),
  ...peers.flatMap((peer, i) => peerFindings(peer, path.child(direction).index(i))),
];

function portFindings({ protocol, port, endPort }: NetworkPolicyPort, path: FieldPath): FieldError[] {
  const end = path.child('endPort');
  const errors = protocol === undefined ? [] : oneOf(path.child('protocol'), protocol, ['TCP', 'UDP', 'SCTP']);
  if (port === undefined)
    return endPort === undefined ? errors : [...errors, invalidValue(end, endPort, 'may not be specified when `port` is not specified')];
  if (typeof port === 'string')
    return [
      ...errors,
      ...(endPort === undefined ? [] : [invalidValue(end, endPort, 'may not be specified when `port` is non-numeric')]),
      ...findings(path.child('port'), port, isValidPortName(port)),
    ];
  return [
    ...errors,
    ...findings(path.child('port'), port, isValidPortNumber(port)),
    ...(endPort !== undefined && endPort < port ? [invalidValue(end, port, 'must be greater than or equal to `port`')] : []),
    ...(endPort === undefined ? [] : findings(end, endPort, isValidPortNumber(endPort))),
  ];
}

function peerFindings({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer, path: FieldPath): FieldError[] {
  const count = [podSelector, namespaceSelector, ipBlock].filter((peer) => peer !== undefined).length;
  return [
    ...labelSelector(path.child('podSelector'), podSelector),
    ...labelSelector(path.child('namespaceSelector'), namespaceSelector),
    ...(ipBlock ? blockFindings(ipBlock, path.child('ipBlock')) : []),
    ...(count === 0 ? [required(path, 'must specify a peer')] : []),
    ...(count > 1 && ipBlock ? [forbiddenField(path, 'may not specify both ipBlock and another peer')] : []),
  ];
}

function blockFindings({ cidr, except = [] }: IPBlock, path: FieldPath): FieldError[] {
  if (!cidr) return [required(path.child('cidr'))];
  const whole = parseCidr(cidr);
  if (!whole) return cidrBlock(path.child('cidr'), cidr);
  return except.flatMap((text, i) => {
    const at = path.child('except').index(i);
    const part = parseCidr(text);
    if (!part) return cidrBlock(at, text);
    const isInside = cidrContains(whole, formatIp(part.address)) && part.prefix > whole.prefix;
    return isInside ? [] : [invalidValue(at, text, 'must be a strict subset of `cidr`')];
  });
}
