import { isIPv6 } from '../../machinery/addresses.ts';
import { duplicate, type FieldError, type FieldPath, forbiddenField, invalidValue, required } from '../../machinery/field-error.ts';
import { isValidPortNumber } from '../../machinery/names.ts';
import type { Service, ServicePort, ServiceSpec } from '../../schema/generated/types.ts';
import { endpointAddress } from '../endpoint-address.ts';
import {
  cidrBlock,
  dnsLabel,
  dnsSubdomain,
  findings,
  ipAddress,
  labels,
  oneOf,
  portNumberOrName,
  qualifiedName,
  requiredOneOf,
  root,
} from '../field-checks.ts';
import { duplicateStruct, internalForm } from '../internal-form.ts';
import { isExternallyAccessible } from './defaults.ts';

const SPEC = root('spec');
const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const CHANGED = 'may not change once set';

export function validateService({ spec = {} }: Service): FieldError[] {
  return [
    ...typeFindings(spec),
    ...portFindings(spec),
    ...labels(SPEC.child('selector'), spec.selector),
    ...affinityFindings(spec),
    ...addressFindings(spec),
    ...(spec.externalIPs ?? []).flatMap((ip, i) => {
      const at = SPEC.child('externalIPs').index(i);
      const wrong = ipAddress(at, ip);
      return wrong.length > 0 ? wrong : endpointAddress(at, ip);
    }),
    ...requiredOneOf(SPEC.child('type'), spec.type, TYPES),
    ...repeatedPorts(spec),
    ...balancerFindings(spec),
    ...externalPolicy(spec),
    ...(spec.internalTrafficPolicy === undefined ? [] : oneOf(SPEC.child('internalTrafficPolicy'), spec.internalTrafficPolicy, ['Cluster', 'Local'])),
    ...(spec.trafficDistribution === undefined
      ? []
      : oneOf(SPEC.child('trafficDistribution'), spec.trafficDistribution, ['PreferClose', 'PreferSameZone', 'PreferSameNode'])),
  ];
}

export function validateServiceUpdate(service: Service, old: Service): FieldError[] {
  const [now, then] = [service.spec ?? {}, old.spec ?? {}];
  return [...clusterIpUpdate(now, then), ...classUpdate(now, then), ...validateService(service)];
}

export const isHeadless = ({ clusterIPs }: ServiceSpec): boolean => clusterIPs?.length === 1 && clusterIPs[0] === 'None';

function typeFindings(spec: ServiceSpec): FieldError[] {
  const { type, ports = [], externalName = '' } = spec;
  const headless = isHeadless(spec);
  const errors = ports.length === 0 && !headless && type !== 'ExternalName' ? [required(SPEC.child('ports'))] : [];
  if ((type === 'LoadBalancer' || type === 'NodePort') && headless)
    errors.push(invalidValue(SPEC.child('clusterIPs').index(0), 'None', `may not be set to 'None' for ${type} services`));
  if (type !== 'ExternalName') return errors;
  const unset = 'may not be set for ExternalName services';
  if (spec.clusterIPs?.length) errors.push(forbiddenField(SPEC.child('clusterIPs'), unset));
  if (spec.ipFamilies?.length) errors.push(forbiddenField(SPEC.child('ipFamilies'), unset));
  if (spec.ipFamilyPolicy !== undefined) errors.push(forbiddenField(SPEC.child('ipFamilyPolicy'), unset));
  const name = externalName.replace(/\.$/, '');
  return [...errors, ...(name ? dnsSubdomain(SPEC.child('externalName'), name) : [required(SPEC.child('externalName'))])];
}

function portFindings({ ports = [] }: ServiceSpec): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, i) => {
    const at = SPEC.child('ports').index(i);
    return [
      ...portName(port, at.child('name'), ports.length > 1, names),
      ...findings(at.child('port'), port.port ?? 0, isValidPortNumber(port.port ?? 0)),
      ...requiredOneOf(at.child('protocol'), port.protocol, ['SCTP', 'TCP', 'UDP']),
      ...portNumberOrName(at.child('targetPort'), port.targetPort),
      ...(port.appProtocol === undefined ? [] : qualifiedName(at.child('appProtocol'), port.appProtocol)),
    ];
  });
}

function portName({ name }: ServicePort, at: FieldPath, isNeeded: boolean, names: Set<string>): FieldError[] {
  if (!name) return isNeeded ? [required(at)] : [];
  const repeated = names.has(name);
  names.add(name);
  return [...dnsLabel(at, name), ...(repeated ? [duplicate(at, name)] : [])];
}

function affinityFindings({ sessionAffinity, sessionAffinityConfig: config }: ServiceSpec): FieldError[] {
  const errors = requiredOneOf(SPEC.child('sessionAffinity'), sessionAffinity, ['ClientIP', 'None']);
  const at = SPEC.child('sessionAffinityConfig');
  if (sessionAffinity === 'None') return config ? [...errors, forbiddenField(at, 'must not be set when session affinity is None')] : errors;
  if (sessionAffinity !== 'ClientIP') return errors;
  const seconds = config?.clientIP?.timeoutSeconds;
  const timeout = at.child('clientIP', 'timeoutSeconds');
  if (seconds === undefined) return [...errors, required(at, 'must be set when session affinity is ClientIP')];
  return seconds > 0 && seconds <= 86400 ? errors : [...errors, invalidValue(timeout, seconds, 'must be greater than 0 and less than 86400')];
}

function addressFindings(spec: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName') return [];
  const { clusterIP = '', clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec;
  const at = SPEC.child('clusterIPs');
  const families = SPEC.child('ipFamilies');
  const errors: FieldError[] = [];
  if (clusterIP && clusterIPs.length === 0) errors.push(required(at));
  else if (clusterIP && clusterIPs[0] !== clusterIP) errors.push(invalidValue(at, clusterIPs, 'first value must match `clusterIP`'));
  else if (!clusterIP && clusterIPs.length > 0) errors.push(invalidValue(at, clusterIPs, 'must be empty when `clusterIP` is not specified'));
  for (const [i, family] of ipFamilies.entries()) {
    errors.push(...oneOf(families.index(i), family, ['IPv4', 'IPv6']));
    if (ipFamilies.indexOf(family) < i) errors.push(duplicate(families.index(i), family));
  }
  if (ipFamilyPolicy !== undefined)
    errors.push(...oneOf(SPEC.child('ipFamilyPolicy'), ipFamilyPolicy, ['PreferDualStack', 'RequireDualStack', 'SingleStack']));
  return [...errors, ...clusterIpFindings(clusterIPs, ipFamilies, at)];
}

function clusterIpFindings(ips: readonly string[], families: readonly string[], at: FieldPath): FieldError[] {
  if (ips[0] === 'None') return ips.length > 1 ? [invalidValue(at, ips, "'None' must be the first and only value")] : [];
  const wrong = ips.flatMap((ip, i) => ipAddress(at.index(i), ip));
  const errors = [...wrong, ...(ips.length > 2 ? [invalidValue(at, ips, 'may only hold up to 2 values')] : [])];
  if (wrong.length > 0) return errors;
  const [first = '', second = ''] = ips;
  if (ips.length > 1 && isIPv6(first) === isIPv6(second)) errors.push(invalidValue(at, ips, 'may specify no more than one IP for each IP family'));
  for (const [i, ip] of ips.entries()) {
    const family = families[i];
    if (family !== undefined && (family === 'IPv6') !== isIPv6(ip))
      errors.push(invalidValue(at.index(i), ip, `expected an ${family} value as indicated by \`ipFamilies[${i}]\``));
  }
  return errors;
}

function repeatedPorts({ type, ports = [] }: ServiceSpec): FieldError[] {
  const at = SPEC.child('ports');
  const firstWith = (same: (port: ServicePort) => boolean) => ports.findIndex(same);
  return [
    ...ports.flatMap(({ nodePort }, i) =>
      type === 'ClusterIP' && nodePort ? [forbiddenField(at.index(i).child('nodePort'), "may not be used when `type` is 'ClusterIP'")] : [],
    ),
    ...ports.flatMap(({ nodePort, protocol }, i) =>
      nodePort && firstWith((p) => p.nodePort === nodePort && p.protocol === protocol) < i
        ? [duplicate(at.index(i).child('nodePort'), nodePort)]
        : [],
    ),
    ...ports.flatMap(({ port, protocol }, i) =>
      firstWith((p) => p.port === port && p.protocol === protocol) < i
        ? [duplicateStruct(at.index(i), internalForm('ServicePort', { port, protocol }))]
        : [],
    ),
  ];
}

function balancerFindings(spec: ServiceSpec): FieldError[] {
  const isBalanced = spec.type === 'LoadBalancer';
  const only = "may only be used when `type` is 'LoadBalancer'";
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const at = SPEC.child('LoadBalancerSourceRanges');
  return [
    ...(ranges.length > 0 && !isBalanced ? [forbiddenField(at, only)] : []),
    ...ranges.flatMap((range, i) => cidrBlock(at.index(i), range.trim())),
    ...(spec.allocateLoadBalancerNodePorts !== undefined && !isBalanced ? [forbiddenField(SPEC.child('allocateLoadBalancerNodePorts'), only)] : []),
    ...(spec.loadBalancerClass !== undefined && !isBalanced
      ? [forbiddenField(SPEC.child('loadBalancerClass'), "may only be used when `type` is 'LoadBalancer'")]
      : []),
    ...(spec.loadBalancerClass !== undefined && isBalanced ? qualifiedName(SPEC.child('loadBalancerClass'), spec.loadBalancerClass) : []),
  ];
}

function externalPolicy(spec: ServiceSpec): FieldError[] {
  const { externalTrafficPolicy: policy, healthCheckNodePort: port = 0 } = spec;
  const at = SPEC.child('externalTrafficPolicy');
  const errors = isExternallyAccessible(spec)
    ? requiredOneOf(at, policy, ['Cluster', 'Local'])
    : policy
      ? [invalidValue(at, policy, 'may only be set for externally-accessible services')]
      : [];
  const isChecked = spec.type === 'LoadBalancer' && policy === 'Local';
  if (!isChecked && port !== 0)
    errors.push(
      invalidValue(SPEC.child('healthCheckNodePort'), port, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"),
    );
  if (isChecked && port !== 0) errors.push(...findings(SPEC.child('healthCheckNodePort'), port, isValidPortNumber(port)));
  return errors;
}

function clusterIpUpdate(now: ServiceSpec, then: ServiceSpec): FieldError[] {
  if (now.type === 'ExternalName' || then.type === 'ExternalName' || (isHeadless(now) && isHeadless(then))) return [];
  const [ips, before] = [now.clusterIPs ?? [], then.clusterIPs ?? []];
  const at = SPEC.child('clusterIPs');
  if (ips.length === before.length) return before.flatMap((ip, i) => (ip === ips[i] ? [] : [invalidValue(at.index(i), ips, CHANGED)]));
  if (ips.length === 0) return [invalidValue(at.index(0), now.clusterIPs ?? null, 'primary clusterIP can not be unset')];
  const errors = before.length > 0 && ips[0] !== before[0] ? [invalidValue(at.index(0), ips, CHANGED)] : [];
  if (ips.length === 1 && before.length > 1 && now.ipFamilyPolicy !== 'SingleStack')
    errors.push(
      invalidValue(SPEC.child('ipFamilyPolicy'), now.ipFamilyPolicy, "must be set to 'SingleStack' when releasing the secondary clusterIP"),
    );
  return errors;
}

function classUpdate(now: ServiceSpec, then: ServiceSpec): FieldError[] {
  if (now.type !== 'LoadBalancer' || then.type !== 'LoadBalancer' || now.loadBalancerClass === then.loadBalancerClass) return [];
  return [invalidValue(SPEC.child('loadBalancerClass'), now.loadBalancerClass, 'may not change once set')];
}
