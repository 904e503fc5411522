import { isIPv4, isIPv6 } from '../machinery/addresses.ts';
import { duplicate, type FieldError, type FieldPath, invalidValue, required, tooMany } from '../machinery/field-error.ts';
import { isDns1123Subdomain } from '../machinery/names.ts';
import type { EndpointSlice } from '../schema/generated/types.ts';
import { endpointAddress } from './endpoint-address.ts';
import { dnsLabel, findings, ipAddress, labels, oneOf, qualifiedName, requiredOneOf, root } from './field-checks.ts';

export function validateSlice({ addressType, ports = [], endpoints = [] }: EndpointSlice): FieldError[] {
  return [
    ...requiredOneOf(root('addressType'), addressType, ['FQDN', 'IPv4', 'IPv6']),
    ...(ports.length > 20000 ? [tooMany(root('ports'), ports.length, 20000)] : ports.flatMap((port, i) => portFindings(ports, port, i))),
    ...(endpoints.length > 1000
      ? [tooMany(root('endpoints'), endpoints.length, 1000)]
      : endpoints.flatMap((endpoint, i) => endpointFindings(endpoint, addressType, root('endpoints').index(i)))),
  ];
}

type Port = NonNullable<EndpointSlice['ports']>[number];
type Endpoint = NonNullable<EndpointSlice['endpoints']>[number];

function portFindings(ports: readonly Port[], { name = '', protocol, appProtocol }: Port, i: number): FieldError[] {
  const at = root('ports').index(i);
  return [
    ...(name ? dnsLabel(at.child('name'), name) : []),
    ...(ports.findIndex((port) => (port.name ?? '') === name) < i ? [duplicate(at.child('name'), name)] : []),
    ...oneOf(at.child('protocol'), protocol, ['SCTP', 'TCP', 'UDP']),
    ...(appProtocol === undefined ? [] : qualifiedName(at.child('appProtocol'), appProtocol)),
  ];
}

function endpointFindings({ addresses = [], nodeName, hostname, deprecatedTopology }: Endpoint, type: string, at: FieldPath): FieldError[] {
  const path = at.child('addresses');
  return [
    ...(addresses.length === 0 ? [required(path, 'must contain at least 1 address')] : []),
    ...(addresses.length > 100 ? [tooMany(path, addresses.length, 100)] : []),
    ...addresses.flatMap((address, i) => addressFindings(address, type, path, i)),
    ...(nodeName === undefined ? [] : findings(at.child('nodeName'), nodeName, isDns1123Subdomain(nodeName))),
    ...labels(at.child('deprecatedTopology'), deprecatedTopology),
    ...(hostname === undefined ? [] : dnsLabel(at.child('hostname'), hostname)),
  ];
}

function addressFindings(address: string, type: string, path: FieldPath, i: number): FieldError[] {
  const at = path.index(i);
  if (type === 'FQDN') return findings(at, address, isDns1123Subdomain(address.replace(/\.$/, '')));
  if (type !== 'IPv4' && type !== 'IPv6') return [];
  const wrong = ipAddress(at, address);
  if (wrong.length > 0) return wrong;
  const isRight = type === 'IPv4' ? isIPv4(address) : isIPv6(address);
  return [...(isRight ? [] : [invalidValue(path, address, `must be an ${type} address`)]), ...endpointAddress(at, address)];
}
