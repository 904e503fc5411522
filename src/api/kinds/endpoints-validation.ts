import { type FieldError, type FieldPath, required } from '../machinery/field-error.ts';
import { isDns1123Subdomain, isValidPortNumber } from '../machinery/names.ts';
import type { Endpoints } from '../schema/generated/types.ts';
import { endpointAddress } from './endpoint-address.ts';
import { dnsLabel, findings, ipAddress, qualifiedName, requiredOneOf, root } from './field-checks.ts';

type Subset = NonNullable<Endpoints['subsets']>[number];
type Address = NonNullable<Subset['addresses']>[number];

export const validateSubsets = ({ subsets = [] }: Endpoints): FieldError[] =>
  subsets.flatMap((subset, i) => subsetFindings(subset, root('subsets').index(i)));

function subsetFindings({ addresses = [], notReadyAddresses = [], ports = [] }: Subset, at: FieldPath): FieldError[] {
  return [
    ...(addresses.length + notReadyAddresses.length > 0 ? [] : [required(at, 'must specify `addresses` or `notReadyAddresses`')]),
    ...addresses.flatMap((address, i) => addressFindings(address, at.child('addresses').index(i))),
    ...notReadyAddresses.flatMap((address, i) => addressFindings(address, at.child('notReadyAddresses').index(i))),
    ...ports.flatMap(({ name, port, protocol, appProtocol }, i) => {
      const here = at.child('ports').index(i);
      return [
        ...(name ? dnsLabel(here.child('name'), name) : ports.length > 1 ? [required(here.child('name'))] : []),
        ...findings(here.child('port'), port ?? 0, isValidPortNumber(port ?? 0)),
        ...requiredOneOf(here.child('protocol'), protocol, ['SCTP', 'TCP', 'UDP']),
        ...(appProtocol === undefined ? [] : qualifiedName(here.child('appProtocol'), appProtocol)),
      ];
    }),
  ];
}

function addressFindings({ ip, hostname, nodeName }: Address, at: FieldPath): FieldError[] {
  const wrong = ipAddress(at.child('ip'), ip ?? '');
  return [
    ...wrong,
    ...(hostname ? dnsLabel(at.child('hostname'), hostname) : []),
    ...(nodeName === undefined ? [] : findings(at.child('nodeName'), nodeName, isDns1123Subdomain(nodeName))),
    ...(wrong.length > 0 ? [] : endpointAddress(at.child('ip'), ip)),
  ];
}
